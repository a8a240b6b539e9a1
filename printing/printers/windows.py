"""Printing through the Windows spooler.

The spooler takes no PDF, so the document goes to the machine's PDF program by its `printto` verb (SumatraPDF
and Adobe's readers have it), and the spooler's list of jobs says what became of it. The paper is the one set
up in the printer's own preferences. Of this file only importing is exercised on other platforms than Windows.
"""

import ctypes
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes
from pathlib import Path
from typing import Any, ClassVar

from printing.printers import windows_status
from printing.printers.system import (
    Document,
    Job,
    JobReport,
    JobState,
    Printer,
    PrintingProblem,
    PrintSystem,
    Reason,
)

_LOCAL_AND_CONNECTED = 0x2 | 0x4
_MOST_JOBS = 1000
_SHELL_SUCCESS_ABOVE = 32
_SHELL_NO_ASSOCIATION = 31
_DELETE_JOB = 5
_KEEP_DOCUMENTS_S = 3600


class _PrinterInfo2(ctypes.Structure):
    _fields_: ClassVar = [
        *((name, wintypes.LPWSTR) for name in ("server", "name", "share", "port", "driver", "comment", "location")),
        ("dev_mode", ctypes.c_void_p),
        *((name, wintypes.LPWSTR) for name in ("separator", "processor", "datatype", "parameters")),
        ("security", ctypes.c_void_p),
        *((name, wintypes.DWORD) for name in ("attributes", "priority", "default_priority", "start", "until")),
        *((name, wintypes.DWORD) for name in ("status", "jobs", "average_ppm")),
    ]


class _JobInfo1(ctypes.Structure):
    _fields_: ClassVar = [
        ("job_id", wintypes.DWORD),
        *((name, wintypes.LPWSTR) for name in ("printer", "machine", "user", "document", "datatype", "status_text")),
        *((name, wintypes.DWORD) for name in ("status", "priority", "position", "total_pages", "pages_printed")),
        ("submitted", wintypes.WORD * 8),
    ]


class WindowsSpooler(PrintSystem):
    """The printers of this Windows machine. Documents wait in `folder` while a PDF program reads them, at
    most an hour longer than until the next one."""

    name = "windows"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def discover(self) -> tuple[Printer, ...]:
        spooler = _library("winspool.drv")
        found = _listed(
            _PrinterInfo2,
            lambda *buffer: spooler.EnumPrintersW(_LOCAL_AND_CONNECTED, None, 2, *buffer),
        )
        return tuple(
            Printer(
                self.name,
                info.name,
                info.comment or info.name,
                windows_status.printer_reasons(info.status, info.attributes),
            )
            for info in found
        )

    def submit(self, printer_name: str, document: Document) -> Job:
        if printer_name not in {printer.name for printer in self.discover()}:
            raise PrintingProblem(Reason.PRINTER_MISSING, printer_name)
        job = Job(self.name, printer_name, secrets.token_hex(8))
        file = self._kept(job, document.pdf)
        shell = _library("shell32")
        shell.ShellExecuteW.restype = ctypes.c_void_p
        answer = shell.ShellExecuteW(None, "printto", str(file), f'"{printer_name}"', None, 0) or 0
        if answer == _SHELL_NO_ASSOCIATION:
            raise PrintingProblem(Reason.NO_PDF_PROGRAM)
        if answer <= _SHELL_SUCCESS_ABOVE:
            raise PrintingProblem(Reason.JOB_REFUSED, f"ShellExecute answered {answer}")
        return job

    def state(self, job: Job) -> JobReport:
        """UNKNOWN while the PDF program has not spooled yet, and again when the spooler has dropped the
        finished job: a job that is gone from the list may have been printed or deleted."""
        try:
            with _open_printer(job.printer) as (spooler, handle):
                jobs = _listed(_JobInfo1, lambda *buffer: spooler.EnumJobsW(handle, 0, _MOST_JOBS, 1, *buffer))
        except PrintingProblem as problem:
            return JobReport(JobState.UNKNOWN, problem.reason, problem.detail)
        ours = next((info for info in jobs if job.job_id in (info.document or "")), None)
        if ours is None:
            return JobReport(JobState.UNKNOWN, Reason.JOB_FORGOTTEN)
        return windows_status.job_report(ours.status, ours.status_text or "")

    def cancel(self, job: Job) -> None:
        with _open_printer(job.printer) as (spooler, handle):
            jobs = _listed(_JobInfo1, lambda *buffer: spooler.EnumJobsW(handle, 0, _MOST_JOBS, 1, *buffer))
            for info in jobs:
                if job.job_id in (info.document or ""):
                    spooler.SetJobW(handle, info.job_id, 0, None, _DELETE_JOB)

    def _kept(self, job: Job, pdf: bytes) -> Path:
        """A file whose name is the job's id, since PDF programs name their spooler job after it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._folder / f"{job.job_id}.pdf"
            file.write_bytes(pdf)
            oldest_s = file.stat().st_mtime - _KEEP_DOCUMENTS_S
            for old in self._folder.glob("*.pdf"):
                if old.stat().st_mtime < oldest_s:
                    old.unlink(missing_ok=True)
        except OSError as error:
            raise PrintingProblem(Reason.FOLDER_NOT_WRITABLE, error.strerror or "") from error
        return file


def _library(name: str) -> Any:
    library: Any = None
    if sys.platform == "win32":
        library = ctypes.WinDLL(name, use_last_error=True)
    if library is None:
        raise PrintingProblem(Reason.SYSTEM_MISSING, "this is not Windows")
    return library


@contextmanager
def _open_printer(name: str) -> Iterator[tuple[Any, wintypes.HANDLE]]:
    spooler, handle = _library("winspool.drv"), wintypes.HANDLE()
    if not spooler.OpenPrinterW(name, ctypes.byref(handle), None):
        raise PrintingProblem(Reason.PRINTER_MISSING, name)
    try:
        yield spooler, handle
    finally:
        spooler.ClosePrinter(handle)


def _listed(kind: type[Any], enumerate_into: Any) -> list[Any]:
    """What an Enum… function of the spooler lists: asked once for the size, then with a buffer of it."""
    needed, count = wintypes.DWORD(), wintypes.DWORD()
    enumerate_into(None, 0, ctypes.byref(needed), ctypes.byref(count))
    buffer = ctypes.create_string_buffer(max(needed.value, 1))
    if not enumerate_into(buffer, needed.value, ctypes.byref(needed), ctypes.byref(count)):
        raise PrintingProblem(Reason.SYSTEM_UNREACHABLE, "the spooler gave no list")
    infos = ctypes.cast(buffer, ctypes.POINTER(kind * count.value)).contents if count.value else ()
    items = list(infos)
    for item in items:
        item.kept_alive_by = buffer
    return items
