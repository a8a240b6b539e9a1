"""The settings put together: a section a file, all on one page."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject

from printing.printers import Printers
from resources.texts import Language
from station_app.flows.broadcast import Broadcast
from station_app.flows.camera_flow import CameraFlow
from station_app.flows.pin_tries import PinTries
from station_app.flows.port_flow import PortFlow
from station_app.flows.print_queue import PrintQueue
from station_app.flows.session import Session
from station_app.flows.settings.backup import BackupKeeping
from station_app.flows.settings.cameras import CameraChoice
from station_app.flows.settings.diagnostics import LookingOver
from station_app.flows.settings.layouts import LayoutChoice
from station_app.flows.settings.page import SettingsPage
from station_app.flows.settings.ports import PortChoice
from station_app.flows.settings.print_jobs import JobKeeping
from station_app.flows.settings.printers import PrinterChoice
from station_app.flows.settings.scanner import ScannerTrial
from station_app.flows.settings.staff import StaffKeeping
from station_app.flows.shell_flow import ShellFlow
from station_app.home.facts import StationFacts
from station_app.scanning.wedge_filter import WedgeFilter
from station_app.screens.settings.screen import SettingsScreen
from station_app.screens.settings.state import SettingsState
from station_app.screens.settings.state import StationFacts as ShownFacts
from station_app.screens.shell.state import Page
from station_app.station.station import Station
from station_app.texts import Speaker
from station_app.version import version
from station_app.workers.tasks import TaskRunner
from station_core.people import regions


@dataclass(frozen=True, slots=True)
class SettingsParts:
    """What the settings can turn at: made by whoever opens the station."""

    home: Path
    facts: StationFacts
    store_key: bytes
    tasks: TaskRunner
    session: Session
    broadcast: Broadcast
    tries: PinTries
    speaker: Speaker
    camera: CameraFlow
    asked_camera: str | None
    wedge: WedgeFilter
    port: PortFlow
    printers: Printers
    queue: PrintQueue
    choose_list: Callable[[], Path | None]
    shell: ShellFlow


class SettingsFlow(QObject):
    def __init__(self, screen: SettingsScreen, parts: SettingsParts) -> None:
        super().__init__(screen)
        self._tasks, self._speaker = parts.tasks, parts.speaker
        home, tasks = parts.home, parts.tasks
        state = SettingsState(_shown_facts(parts), language=parts.speaker.language)
        self._page = page = SettingsPage(screen, state)
        page.show()
        screen.language_chosen.connect(parts.speaker.set_language)
        parts.speaker.language_changed.connect(self._language_changed)
        self.cameras = CameraChoice(page, tasks, parts.camera, parts.asked_camera)
        self.scanner = ScannerTrial(page, parts.wedge, parts.port)
        self.ports = PortChoice(page, tasks, parts.port)
        self.printers = PrinterChoice(page, tasks, parts.printers)
        self.layouts = LayoutChoice(page, home, parts.facts.city_title, tasks)
        self.jobs = JobKeeping(page, parts.queue, tasks, parts.session, parts.broadcast, parts.choose_list)
        self.staff = StaffKeeping(page, home, parts.store_key, tasks, parts.session, parts.broadcast, parts.tries)
        self.backup = BackupKeeping(page, home, parts.store_key, tasks)
        self.diagnostics = LookingOver(page, home, tasks, parts.camera, parts.shell.tell)
        parts.shell.page_shown.connect(self._page_shown)
        parts.session.changed.connect(self.scanner.forget)

    def refresh(self) -> None:
        """Look for everything that may have changed while nobody looked at the page."""
        for section in (self.cameras, self.ports, self.printers):
            section.search()
        for part in (self.layouts, self.jobs, self.staff, self.backup):
            part.refresh()
        self._tasks.on_store(_counts, self._show_counts)

    def _page_shown(self, page: Page) -> None:
        if page is Page.SETTINGS:
            self.refresh()
        else:
            self.scanner.forget()

    def _language_changed(self, language: Language) -> None:
        self._page.show(language=language)

    def _show_counts(self, counts: tuple[int, int]) -> None:
        members, records = counts
        self._page.show(station=replace(self._page.state.station, members=members, records=records))


def _shown_facts(parts: SettingsParts) -> ShownFacts:
    facts = parts.facts
    return ShownFacts(
        name=facts.label,
        district=regions.full_name(facts.district) or facts.district,
        device_id=str(facts.writer_number),
        version=version(),
        store=str(parts.home),
        members=0,
        records=0,
    )


def _counts(station: Station) -> tuple[int, int]:
    """People, and entries of all journals held here."""
    with station.store.reading() as view:
        counts = view.overview.counts()
    return counts.people, counts.entries
