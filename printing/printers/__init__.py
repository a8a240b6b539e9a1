"""Printers, one file a platform, and job states that tell the truth."""

import sys
from pathlib import Path

from printing.printers.cups import Cups
from printing.printers.every import Discovery, Printers
from printing.printers.folder import PdfFolder
from printing.printers.system import (
    Document,
    Job,
    JobReport,
    JobState,
    Medium,
    Printer,
    PrintingProblem,
    PrintSystem,
    Reason,
)
from printing.printers.windows import WindowsSpooler

__all__ = [
    "Cups",
    "Discovery",
    "Document",
    "Job",
    "JobReport",
    "JobState",
    "Medium",
    "PdfFolder",
    "PrintSystem",
    "Printer",
    "Printers",
    "PrintingProblem",
    "Reason",
    "WindowsSpooler",
    "printers_of_this_machine",
]


def printers_of_this_machine(pdf_folder: Path, spool_folder: Path) -> Printers:
    """The platform's own printers and the PDF folder. `spool_folder` keeps what a Windows PDF program is
    still reading."""
    platform: PrintSystem = WindowsSpooler(spool_folder) if sys.platform == "win32" else Cups()
    return Printers([platform, PdfFolder(pdf_folder)])
