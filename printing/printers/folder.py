"""A folder of PDF files, for stations without a printer: always there."""

import os
import re
from pathlib import Path

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

_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_MOST_OF_ONE_TITLE = 10_000


class PdfFolder(PrintSystem):
    """One printer, `name`, whose jobs are files in `folder`. Nothing is overwritten; a file appears whole or
    not at all."""

    name = "folder"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def discover(self) -> tuple[Printer, ...]:
        return (Printer(self.name, "pdf", str(self._folder)),)

    def submit(self, printer_name: str, document: Document) -> Job:
        """Raises PrintingProblem where the folder cannot be written."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            file = self._write(document)
        except OSError as error:
            raise PrintingProblem(Reason.FOLDER_NOT_WRITABLE, error.strerror or type(error).__name__) from error
        return Job(self.name, printer_name, file.name)

    def state(self, job: Job) -> JobReport:
        if (self._folder / job.job_id).is_file():
            return JobReport(JobState.PRINTED, Reason.SAVED_AS_FILE)
        return JobReport(JobState.UNKNOWN, Reason.FILE_GONE)

    def cancel(self, job: Job) -> None:
        """The file stays: it is as good as paper that came out."""

    def path_of(self, job: Job) -> Path:
        return self._folder / job.job_id

    def _write(self, document: Document) -> Path:
        part = self._folder / f".{os.getpid()}-{id(document):x}.part"
        try:
            with part.open("xb") as out:
                out.write(document.pdf)
                out.flush()
                os.fsync(out.fileno())
            return self._publish(part, _UNSAFE.sub("_", document.title).strip(" .") or "document")
        finally:
            part.unlink(missing_ok=True)

    def _publish(self, part: Path, stem: str) -> Path:
        """Under the first free name: claimed as an empty file, then replaced, which every platform does in
        one step."""
        for number in range(1, _MOST_OF_ONE_TITLE):
            target = self._folder / (f"{stem}.pdf" if number == 1 else f"{stem}-{number}.pdf")
            try:
                target.touch(exist_ok=False)
            except FileExistsError:
                continue
            part.replace(target)
            return target
        raise FileExistsError(f"{_MOST_OF_ONE_TITLE} files of one title")
