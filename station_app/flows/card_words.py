"""What is told of a card on its way through a printer: never more than the printing system itself says."""

from pathlib import Path

from printing.printers import JobReport, JobState, PrintingProblem, Reason
from station_app.screens.shell.state import Message, Notice, Trouble
from station_app.words import Phrase

_UNDONE = {JobState.FAILED: Phrase("cards.failed"), JobState.UNKNOWN: Phrase("cards.unknown")}


def not_taken(problem: PrintingProblem) -> Trouble:
    return Trouble(Phrase("cards.failed"), _reason(problem.reason, problem.detail))


def message_for_report(report: JobReport, file: Path | None) -> Message | None:
    """`file`: where the card lies as a PDF. None for a job that is simply under way."""
    if report.state is JobState.PRINTED:
        return Notice(Phrase("cards.printed") if file is None else Phrase("cards.saved", {"file": str(file)}))
    if report.state in _UNDONE:
        return Trouble(_UNDONE[report.state], _reason(report.reason, report.detail))
    if report.reason is not None:
        return Trouble(Phrase("cards.waiting"), _reason(report.reason, report.detail))
    return None


def _reason(reason: Reason | None, detail: str) -> Phrase:
    """The reason in our words; the printer's own where we have none for it."""
    if detail and reason in (None, Reason.OTHER):
        return Phrase("cards.detail", {"detail": detail})
    return Phrase(f"printing.reason.{reason or Reason.OTHER}")
