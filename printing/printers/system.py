"""What every way of printing answers, whatever the platform."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum

from resources.texts import Language, say


class JobState(StrEnum):
    QUEUED = "queued"
    """Waits on this station; nothing has it yet."""
    SENT = "sent"
    """The print system has it; no printer works on it yet."""
    PRINTING = "printing"
    PRINTED = "printed"
    """The print system itself says that the job was completed."""
    FAILED = "failed"
    UNKNOWN = "unknown"
    """Nobody can say. A person must look at the printer before anything is printed again."""

    @property
    def is_final(self) -> bool:
        return self in (JobState.PRINTED, JobState.FAILED)


class Reason(StrEnum):
    """Why a job or a printer is not simply well. Texts: ``printing.reason.<value>``."""

    SYSTEM_UNREACHABLE = "system_unreachable"
    SYSTEM_MISSING = "system_missing"
    PRINTER_MISSING = "printer_missing"
    PRINTER_OFFLINE = "printer_offline"
    PRINTER_STOPPED = "printer_stopped"
    NOT_ACCEPTING = "not_accepting"
    SIZE_NOT_OFFERED = "size_not_offered"
    OUT_OF_MEDIA = "out_of_media"
    OUT_OF_INK = "out_of_ink"
    JAM = "jam"
    COVER_OPEN = "cover_open"
    JOB_HELD = "job_held"
    JOB_CANCELLED = "job_cancelled"
    JOB_ABORTED = "job_aborted"
    JOB_WITH_ERRORS = "job_with_errors"
    JOB_FORGOTTEN = "job_forgotten"
    JOB_REFUSED = "job_refused"
    NO_ANSWER_TO_SUBMIT = "no_answer_to_submit"
    SAVED_AS_FILE = "saved_as_file"
    FILE_GONE = "file_gone"
    NO_PDF_PROGRAM = "no_pdf_program"
    FOLDER_NOT_WRITABLE = "folder_not_writable"
    STATION_STOPPED = "station_stopped"
    OTHER = "other"

    def in_words(self, language: Language) -> str:
        return say(language, f"printing.reason.{self}")


class PrintingProblem(Exception):
    """The environment keeps us from printing: known, with a remedy in words. `detail` is the system's own
    text, for logs."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail

    def in_words(self, language: Language) -> str:
        return self.reason.in_words(language)


@dataclass(frozen=True, slots=True)
class Medium:
    """What is printed on, in the document's own direction."""

    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class Printer:
    system: str
    """`PrintSystem.name` of the system that it belongs to."""
    name: str
    description: str
    reasons: tuple[Reason, ...] = ()
    """Empty while nothing is known to be wrong with it."""


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    pdf: bytes
    title: str
    """Shown in the system's queue, to anybody: a card's id or a date, never a person's name."""
    medium: Medium


@dataclass(frozen=True, slots=True)
class Job:
    system: str
    printer: str
    job_id: str
    """The system's own name of the job, by which its state can be asked even after a restart of the
    station."""
    title: str = ""
    """The document's; it tells another job that was given the same id later. Empty where it is not known."""


@dataclass(frozen=True, slots=True)
class JobReport:
    state: JobState
    reason: Reason | None = None
    detail: str = ""
    """The system's or the printer's own words, in whatever language they are."""


class PrintSystem(ABC):
    """One way of printing. Every call may block for as long as `timeout_s` of its maker says: never call it
    on a GUI thread."""

    name: str

    @abstractmethod
    def discover(self) -> tuple[Printer, ...]:
        """All printers there are, with what is wrong with each. Raises PrintingProblem where the system does
        not answer: no answer is not the same as no printers."""

    @abstractmethod
    def submit(self, printer_name: str, document: Document) -> Job:
        """Hands the document over, once. Raises PrintingProblem where it was not taken; with the reason
        NO_ANSWER_TO_SUBMIT it may have been taken all the same, so it must not be sent again without a
        person's word."""

    @abstractmethod
    def state(self, job: Job) -> JobReport:
        """What the system says of the job now. Never raises for the environment: that is UNKNOWN with a
        reason."""

    @abstractmethod
    def cancel(self, job: Job) -> None:
        """Nothing more shall come out of it: asked before the same is printed again. A job that is over or
        forgotten is left as it is. Raises PrintingProblem where the system does not answer."""
