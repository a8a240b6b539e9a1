"""Print jobs on disk: a sealed file each, so that a power cut loses none and prints none twice."""

from printing.spool.job import ReprintReason, SpooledJob
from printing.spool.sealed_files import SealedBox, SealedFiles, Unreadable
from printing.spool.spool import Spool

__all__ = ["ReprintReason", "SealedBox", "SealedFiles", "Spool", "SpooledJob", "Unreadable"]
