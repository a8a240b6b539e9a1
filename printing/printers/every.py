"""All ways of printing of one station as one."""

from collections.abc import Sequence
from dataclasses import dataclass

from printing.printers.system import Document, Job, JobReport, Printer, PrintingProblem, PrintSystem


@dataclass(frozen=True, slots=True)
class Discovery:
    printers: tuple[Printer, ...]
    problems: tuple[PrintingProblem, ...]
    """Systems that gave no answer. Their printers may exist all the same: say so, and never show an empty
    list as the truth."""


class Printers:
    """Passes each call to the system that the printer or job belongs to."""

    def __init__(self, systems: Sequence[PrintSystem]) -> None:
        self._systems = {system.name: system for system in systems}

    def discover(self) -> Discovery:
        printers: list[Printer] = []
        problems: list[PrintingProblem] = []
        for system in self._systems.values():
            try:
                printers += system.discover()
            except PrintingProblem as problem:
                problems.append(problem)
        return Discovery(tuple(printers), tuple(problems))

    def submit(self, printer: Printer, document: Document) -> Job:
        """Raises PrintingProblem where the document was not taken (see PrintSystem.submit)."""
        return self._systems[printer.system].submit(printer.name, document)

    def state(self, job: Job) -> JobReport:
        return self._systems[job.system].state(job)

    def cancel(self, job: Job) -> None:
        """Raises PrintingProblem (see PrintSystem.cancel)."""
        self._systems[job.system].cancel(job)
