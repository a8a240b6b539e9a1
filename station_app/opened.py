"""The open station behind the lock: store, exchange, camera, pages, and who talks to whom."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from printing.printers import printers_of_this_machine
from station_app.flows.approval import Approvals
from station_app.flows.broadcast import LOCAL_TOPICS, Broadcast, Topic
from station_app.flows.bundle_flow import BundleFlow
from station_app.flows.camera_flow import CameraFlow
from station_app.flows.care_flow import CareFlow
from station_app.flows.counter_flow import CounterFlow
from station_app.flows.event_flow import EventFlow
from station_app.flows.port_flow import PortFlow
from station_app.flows.scan_pause import ScanPause
from station_app.flows.scanner_light import ScannerLight
from station_app.flows.settings.flow import SettingsFlow, SettingsParts
from station_app.flows.shell_flow import ShellFlow
from station_app.flows.sync_flow import SyncFlow
from station_app.home.facts import StationFacts
from station_app.neighbours import Neighbours
from station_app.people_pages import PeoplePages
from station_app.scanning.readings import Reading
from station_app.scanning.scan_worker import SourceState, StateReport
from station_app.scanning.wedge_filter import WedgeFilter
from station_app.screens.counter.screen import CounterScreen
from station_app.screens.counter.state import Camera as CameraState
from station_app.screens.event.screen import EventScreen
from station_app.screens.settings.screen import SettingsScreen
from station_app.screens.shell.messages import SOUNDS
from station_app.screens.shell.screen import ShellScreen
from station_app.screens.shell.state import Message, Page, Trouble
from station_app.screens.sync.screen import SyncScreen
from station_app.widgets.beeper import beeper
from station_app.widgets.choosing import choose_bundle, choose_folder, choose_list
from station_app.words import Phrase
from station_app.workers.store_thread import StoreThread
from station_app.workers.sync_worker import SyncNews, SyncWorker

if TYPE_CHECKING:
    from station_app.composition import Kiosk

_CAMERA_STATES = {
    SourceState.OPENING: CameraState.STARTING,
    SourceState.LIVE: CameraState.LIVE,
    SourceState.LOST: CameraState.MISSING,
    SourceState.ENDED: CameraState.OFF,
    SourceState.STOPPED: CameraState.OFF,
}


class OpenedStation(QObject):
    """Made once, at the first unlocking, and kept while others lock and unlock."""

    lock_wanted = Signal()

    def __init__(
        self,
        kiosk: "Kiosk",
        home: Path,
        facts: StationFacts,
        store: StoreThread,
        store_key: bytes,
        camera: str | None,
    ) -> None:
        """`store` is open. `camera` is what was asked for on the command line."""
        super().__init__(kiosk)
        self._kiosk = kiosk
        self.store = store
        kiosk.tasks.use_store(store)
        self.broadcast = Broadcast(self)
        self.camera = CameraFlow(kiosk.tasks, self)
        self._home = home
        self._sync: SyncWorker | None = None
        self.neighbours: Neighbours | None = None
        self.shell = ShellScreen(kiosk.speaker.language)
        self._beeper = beeper(self)
        self.counter_screen = CounterScreen(kiosk.speaker.language, play=self._beeper.play)
        self.event_screen = EventScreen(kiosk.speaker.language)
        self.sync_screen = SyncScreen(kiosk.speaker.language)
        self.settings_screen = SettingsScreen(kiosk.speaker.language)
        self.put(Page.COUNTER, self.counter_screen)
        self.put(Page.EVENT, self.event_screen)
        self.put(Page.SYNC, self.sync_screen)
        self.put(Page.SETTINGS, self.settings_screen)
        kiosk.speaker.lead(self.shell)
        self.shell_flow = ShellFlow(self.shell, facts.label, kiosk.tasks, kiosk.session, self.broadcast)
        self.care = CareFlow(home, store_key, kiosk.tasks, kiosk.session, self.shell_flow)
        self.counter = CounterFlow(self.counter_screen, kiosk.tasks, kiosk.session, self.broadcast)
        self.approvals = Approvals(home, kiosk.tasks, kiosk.session, kiosk.pin_tries)
        self.people = PeoplePages(kiosk, self, home, store_key)
        self.wedge, self.port = WedgeFilter(self), PortFlow(kiosk.tasks, self)
        self.light = ScannerLight(self.shell_flow.show_scanner)
        self.event_flow = EventFlow(self.event_screen, kiosk.tasks, kiosk.session, self.broadcast, self.approvals)
        self.sync_flow = SyncFlow(self.sync_screen, kiosk.tasks, self.broadcast)
        self.bundles = BundleFlow(
            self.sync_screen,
            self.sync_flow,
            kiosk.tasks,
            self.broadcast,
            lambda job: store.call(lambda station: job(station.store)),
            lambda: choose_folder(self.sync_screen, kiosk.speaker),
            lambda: choose_bundle(self.sync_screen, kiosk.speaker),
        )
        self._connect()
        self.settings_flow = SettingsFlow(self.settings_screen, self._settings_parts(home, facts, store_key, camera))
        self.settings_flow.printers.changed.connect(self.people.cards.look_at_printer)
        self.pause = ScanPause(self.shell_flow, self.people.registration.photo, self.settings_flow.scanner, self)
        self.pause.changed.connect(self.light.pause_is)
        self._start_sync(facts)

    def stop(self) -> None:
        """What asks the store stops before whoever opened the store closes it."""
        app = QApplication.instance()
        if app is not None:
            self.wedge.remove(app)
        self.camera.stop()
        self.port.stop()
        if self.neighbours is not None:
            self.neighbours.stop()
        self.bundles.stop()
        if self._sync is not None:
            self._sync.stop()
        self.people.stop()
        self._beeper.stop()

    def put(self, page: Page, screen: QWidget) -> None:
        """Let `screen` be the page."""
        self._kiosk.speaker.lead(screen)  # type: ignore[arg-type]
        self.shell.add_page(page, screen)

    def _settings_parts(self, home: Path, facts: StationFacts, store_key: bytes, camera: str | None) -> SettingsParts:
        kiosk = self._kiosk
        return SettingsParts(
            home=home,
            facts=facts,
            store_key=store_key,
            tasks=kiosk.tasks,
            session=kiosk.session,
            broadcast=self.broadcast,
            tries=kiosk.pin_tries,
            speaker=kiosk.speaker,
            camera=self.camera,
            asked_camera=camera,
            wedge=self.wedge,
            port=self.port,
            queue=self.people.queue,
            choose_list=lambda: choose_list(self.settings_screen, kiosk.speaker),
            printers=printers_of_this_machine(home / "cards", home / "spool"),
            shell=self.shell_flow,
        )

    def _connect(self) -> None:
        kiosk = self._kiosk
        self.shell.lock_wanted.connect(self.lock_wanted)
        self.bundles.told.connect(self.shell_flow.tell)
        self.shell_flow.told.connect(self._sound_for)
        self.shell.language_wanted.connect(kiosk.speaker.toggle)
        self.camera.seen.connect(self.counter.show_frame)
        self.camera.hinted.connect(self.counter.show_hint)
        self.camera.read.connect(self._take_readings)
        self.camera.state_changed.connect(self._camera_changed)
        for scanner in (self.wedge.scanned, self.port.read):
            scanner.connect(lambda reading: self._take_readings((reading,)))
        self.wedge.scanned.connect(self.light.heard)
        self.port.state_changed.connect(lambda report: self.light.port_is(report and report.state))
        self.wedge.spoilt.connect(self._tell_spoilt)
        app = QApplication.instance()
        if app is not None:
            self.wedge.install(app)
        self.broadcast.changed.connect(self._nudge)
        kiosk.session.changed.connect(self.counter.wait)

    def _take_readings(self, readings: tuple[Reading, ...], picture: QImage | None = None) -> None:
        """A code calls the counter from whatever page is shown, unless scanning pauses."""
        if self._kiosk.session.staff is None or self.pause.holds:
            return
        if self.neighbours is not None and self.neighbours.take_code(readings):
            self.shell_flow.show_page(Page.SYNC)
            return
        self.shell_flow.show_page(Page.COUNTER)
        self.counter.take_readings(readings, picture)

    def _sound_for(self, message: Message) -> None:
        if sound := SOUNDS.get(type(message)):
            self._beeper.play(sound)

    def _tell_spoilt(self) -> None:
        self.shell_flow.tell(Trouble(Phrase("scanning.wedge.what"), Phrase("scanning.wedge.spoilt")))

    def _camera_changed(self, report: StateReport) -> None:
        self.counter.show_camera(_CAMERA_STATES[report.state])
        self.light.camera_is(report.state)

    def _start_sync(self, facts: StationFacts) -> None:
        from station_app.station.clock import now_ms

        tell = self._kiosk.tasks.on_window
        self._sync = SyncWorker(self.store, now_ms, lambda news: tell(lambda: self._sync_news(news)))
        self.sync_flow.wake_wanted.connect(self._sync.wake)
        self.sync_flow.cancel_wanted.connect(self._sync.cancel)
        self._sync.start()
        self.neighbours = Neighbours(
            self._home,
            facts,
            self.store,
            self._kiosk.tasks,
            self.sync_screen.hub,
            self._came_from_neighbours,
            self,
        )

    def _sync_news(self, news: SyncNews) -> None:
        self.shell_flow.show_sync(news)
        self.sync_flow.show_news(news)
        if news.healed is not None:
            self.care.tell_healed(news.healed)
            if self.neighbours is not None:
                self.neighbours.go_on_anew()
        if news.progress is None:
            self.broadcast.arrived(Topic.EXCHANGE)
        if news.report is not None and news.report.pulled_entries:
            self.broadcast.arrived(*LOCAL_TOPICS)

    def _came_from_neighbours(self) -> None:
        """It goes on to the city, too."""
        self.broadcast.arrived(Topic.EXCHANGE, *LOCAL_TOPICS)
        if self._sync is not None:
            self._sync.nudge()

    def _nudge(self, _topics: frozenset[Topic], here: bool) -> None:
        if here and self._sync is not None:
            self._sync.nudge()
        if here and self.neighbours is not None:
            self.neighbours.nudge()
