"""Which printer prints cards, and a page to try it."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal

from printing.layout import load_layout
from printing.printers import (
    Discovery,
    Document,
    Job,
    JobReport,
    JobState,
    Medium,
    Printer,
    PrintingProblem,
)
from printing.printers import Printers as PrintSystems
from printing.testpage import TEST_PAGE_LAYOUT, printer_test_pdf
from resources.texts import Language
from station_app.flows.settings.page import SettingsPage
from station_app.flows.troubles import words_for
from station_app.screens.settings.state import Device, Printers, PrintJob
from station_app.station.clock import local_time, now_ms
from station_app.station.settings import PRINTER_SETTING, printer_id
from station_app.station.station import Station
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner

ASK_AGAIN_MS = 1_000
LONGEST_WAIT_ASKS = 120
"""After so many questions it is for a person to look whether paper came out."""
_JOBS = {
    JobState.QUEUED: PrintJob.QUEUED,
    JobState.SENT: PrintJob.SENT,
    JobState.PRINTING: PrintJob.SENT,
    JobState.PRINTED: PrintJob.PRINTED,
    JobState.FAILED: PrintJob.FAILED,
    JobState.UNKNOWN: PrintJob.UNKNOWN,
}


@dataclass(slots=True)
class _Watched:
    job: Job
    asked: int = 0


class PrinterChoice(QObject):
    """Print systems may be slow to answer: all of it is asked in the background."""

    changed = Signal()
    """Another printer is to print cards from now on."""

    def __init__(self, page: SettingsPage, tasks: TaskRunner, systems: PrintSystems) -> None:
        super().__init__(page.screen)
        self._page, self._tasks, self._systems = page, tasks, systems
        self._found: dict[str, Printer] = {}
        self._chosen = ""
        self._watched: _Watched | None = None
        self._asking = QTimer(self, singleShot=True, interval=ASK_AGAIN_MS)
        self._asking.timeout.connect(self._ask)
        page.screen.printer_chosen.connect(self._choose)
        page.screen.printers_wanted.connect(self.search)
        page.screen.test_page_wanted.connect(self._print_test_page)
        tasks.on_store(chosen_printer, self._take_choice)

    def search(self) -> None:
        self._tasks.in_background(self._systems.discover, self._show_found)

    def _take_choice(self, chosen: str) -> None:
        self._chosen = chosen
        self._show(chosen=chosen or None)

    def _show_found(self, discovery: Discovery) -> None:
        self._found = {printer_id(printer): printer for printer in discovery.printers}
        devices = tuple(Device(name, _name(printer)) for name, printer in self._found.items())
        self._show(found=devices, chosen=self._chosen or None, trouble=self._trouble(discovery))

    def _trouble(self, discovery: Discovery) -> Phrase | None:
        """What is wrong with the chosen printer; else, what kept a system from telling of its printers."""
        chosen = self._found.get(self._chosen)
        if chosen is not None and chosen.reasons:
            return Phrase(f"printing.reason.{chosen.reasons[0]}")
        if discovery.problems:
            return Phrase(f"printing.reason.{discovery.problems[0].reason}")
        if self._chosen and chosen is None:
            return Phrase("settings.trouble.printer_gone", {"name": self._chosen.partition("/")[2]})
        return None

    def _choose(self, chosen: str) -> None:
        self._tasks.on_store(lambda station: choose_printer(station, chosen), lambda _: self._chosen_now(chosen))

    def _chosen_now(self, chosen: str) -> None:
        self._chosen = chosen
        self._watched = None
        self._asking.stop()
        self._show(chosen=chosen, trouble=None, test_page=PrintJob.NONE)
        self.changed.emit()

    def _print_test_page(self) -> None:
        printer = self._found.get(self._chosen)
        if printer is None:
            self.search()
            return
        language = self._page.state.language
        self._show(test_page=PrintJob.QUEUED, trouble=None)
        self._tasks.in_background(lambda: self._submit(printer, language), self._watch, self._not_taken)

    def _submit(self, printer: Printer, language: Language) -> Job:
        layout, at = load_layout(TEST_PAGE_LAYOUT), local_time(now_ms())
        pdf = printer_test_pdf(printer.name, at, layout, language)
        medium = Medium(layout.width_mm, layout.height_mm)
        return self._systems.submit(printer, Document(pdf, f"test-page-{at:%Y%m%d-%H%M%S}", medium))

    def _watch(self, job: Job) -> None:
        self._watched = _Watched(job)
        self._ask()

    def _ask(self) -> None:
        if (watched := self._watched) is not None:
            watched.asked += 1
            self._tasks.in_background(
                lambda: self._systems.state(watched.job), lambda report: self._show_report(watched, report)
            )

    def _show_report(self, watched: _Watched, report: JobReport) -> None:
        if watched is not self._watched:
            return
        job = _JOBS[report.state]
        is_over = report.state.is_final or job is PrintJob.UNKNOWN
        if not is_over and watched.asked < LONGEST_WAIT_ASKS:
            self._asking.start()
        elif not is_over:
            job = PrintJob.UNKNOWN
        is_bad = job in (PrintJob.FAILED, PrintJob.UNKNOWN) and report.reason is not None
        self._show(test_page=job, trouble=Phrase(f"printing.reason.{report.reason}") if is_bad else None)

    def _not_taken(self, error: Exception) -> bool:
        self._show(test_page=PrintJob.FAILED if isinstance(error, PrintingProblem) else PrintJob.NONE)
        words = words_for(error)
        if words is not None:
            self._show(trouble=words[1])
        return words is not None

    def _show(self, **changes: object) -> None:
        printers: Printers = replace(self._page.state.printers, **changes)  # type: ignore[arg-type]
        self._page.show(printers=printers)


def chosen_printer(station: Station) -> str:
    """A `printer_id`, or "" where none was chosen."""
    with station.store.reading() as view:
        return view.local.setting(PRINTER_SETTING)


def choose_printer(station: Station, chosen: str) -> None:
    with station.store.writing() as tx:
        tx.local.set_setting(PRINTER_SETTING, chosen)


def _name(printer: Printer) -> str:
    return f"PDF · {printer.description}" if printer.system == "folder" else printer.description or printer.name
