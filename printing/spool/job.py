"""One job as it lies on disk."""

from enum import StrEnum

import msgspec

from printing.printers.system import Document, Job, JobReport, JobState, Medium, Printer, Reason


class ReprintReason(StrEnum):
    """Why the same document goes to a printer once more."""

    DID_NOT_COME_OUT = "did_not_come_out"
    SPOILED = "spoiled"
    """It came out, and cannot be given away: half printed, smeared, cut wrongly."""


class SpooledJob(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`repr` names nobody: a document's title never does."""

    id: str
    at_ms: int
    """When it was ordered; UTC."""
    title: str
    label: str = ""
    """What staff know it by: a member's name. Only here, never in a print system's queue."""
    system: str
    printer: str
    width_mm: float
    height_mm: float
    pdf: bytes | None
    """None once nothing is to be printed of it any more: it holds a person's data."""
    state: JobState = JobState.QUEUED
    reason: Reason | None = None
    detail: str = ""
    system_job: str = ""
    """The print system's name of it. Empty while it is SENT: it was being handed over, nobody knows with what
    success."""
    copies_tried: int = 1
    """How often it was given to a printer, or is to be."""
    reprinted_for: tuple[ReprintReason, ...] = ()
    batch: str = ""
    place: int = 0
    """Which batch it is of, and which of its cards."""
    settled: bool = False
    """Whether a person, or the print system, has said how it ended: nothing is asked of it any more."""

    def __repr__(self) -> str:
        return f"SpooledJob({self.title}, {self.state})"

    @property
    def document(self) -> Document | None:
        if self.pdf is None:
            return None
        return Document(self.pdf, self.title, Medium(self.width_mm, self.height_mm))

    @property
    def to_printer(self) -> Printer:
        return Printer(self.system, self.printer, self.printer)

    @property
    def job(self) -> Job | None:
        """By which the print system is asked; None where it never took it."""
        return Job(self.system, self.printer, self.system_job, self.title) if self.system_job else None

    @property
    def asks(self) -> bool:
        """Whether a person must say what became of it, or whether it is still wanted."""
        return not self.settled and self.state in (JobState.QUEUED, JobState.FAILED, JobState.UNKNOWN)

    def reported(self, report: JobReport) -> "SpooledJob":
        """With what the print system says. What was printed is settled, and its document is let go."""
        job = msgspec.structs.replace(self, state=report.state, reason=report.reason, detail=report.detail)
        return job.closed() if report.state is JobState.PRINTED else job

    def closed(self) -> "SpooledJob":
        return msgspec.structs.replace(self, settled=True, pdf=None)
