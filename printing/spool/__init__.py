"""Print jobs on disk: a sealed file each, so that a power cut loses none and prints none twice."""

from printing.spool.job import ReprintReason, SpooledJob
from printing.spool.spool import SealedBox, Spool, Unreadable

__all__ = ["ReprintReason", "SealedBox", "Spool", "SpooledJob", "Unreadable"]
