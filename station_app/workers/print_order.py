"""What is asked of the print worker, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass

from printing.printers import Document, Job, JobReport, JobState, Printer
from printing.spool import ReprintReason


@dataclass(frozen=True, slots=True)
class PrintNews:
    """A step of one order: what its job's state is now, or why the document was not taken at all (a PrintingProblem,
    or a mistake of ours)."""

    job: Job | None = None
    report: JobReport | None = None
    error: Exception | None = None

    @property
    def is_last(self) -> bool:
        """Nothing more will be told. An unknown state is an end too: a person must look at the printer."""
        return self.report is None or self.report.state.is_final or self.report.state is JobState.UNKNOWN


def _nobody(_news: PrintNews) -> None:
    """Of a job that was ordered before the station's restart."""


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """`tell` is called in the worker's thread, once for each change of the job's state or reason. `again`: why the
    document is printed once more, where a job of its title stands open."""

    printer: Printer
    document: Document
    tell: Callable[[PrintNews], None] = _nobody
    again: ReprintReason = ReprintReason.DID_NOT_COME_OUT
    instead_of: tuple[str, ...] = ()
    """Titles of documents that must not be printed any more: of them nobody is asked again."""
    label: str = ""
    batch: str = ""
    place: int = 0
