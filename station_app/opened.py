"""The open station behind the lock: store, exchange, camera, pages, and who talks to whom."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from printing.printers import printers_of_this_machine
from station_app.flows.approval import Approvals
from station_app.flows.broadcast import LOCAL_TOPICS, Broadcast, Topic
from station_app.flows.camera_flow import CameraFlow
from station_app.flows.card_flow import CardFlow
from station_app.flows.counter_flow import CounterFlow
from station_app.flows.members_flow import MembersFlow
from station_app.flows.registration_flow import RegistrationFlow
from station_app.flows.shell_flow import ShellFlow
from station_app.home.facts import StationFacts
from station_app.scanning.camera import Camera
from station_app.scanning.readings import Reading
from station_app.scanning.scan_worker import SourceState, StateReport
from station_app.scanning.sources import FrameSource, source_of
from station_app.scanning.wedge_filter import WedgeFilter
from station_app.screens.counter.screen import CounterScreen
from station_app.screens.counter.state import Camera as CameraState
from station_app.screens.counter.state import Happened
from station_app.screens.members.screen import MembersScreen
from station_app.screens.registration.screen import RegistrationScreen
from station_app.screens.shell.screen import ShellScreen
from station_app.screens.shell.state import Device, Page
from station_app.station.station import Station
from station_app.widgets.beeper import beeper
from station_app.workers.print_worker import PrintWorker
from station_app.workers.store_thread import StoreThread
from station_app.workers.sync_worker import SyncNews, SyncWorker
from station_core.ids import PersonId

if TYPE_CHECKING:
    from station_app.composition import Kiosk

_CAMERA_STATES = {
    SourceState.OPENING: CameraState.STARTING,
    SourceState.LIVE: CameraState.LIVE,
    SourceState.LOST: CameraState.MISSING,
    SourceState.ENDED: CameraState.OFF,
    SourceState.STOPPED: CameraState.OFF,
}
_SCANNER_DEVICES = {
    CameraState.STARTING: Device.BUSY,
    CameraState.LIVE: Device.READY,
    CameraState.MISSING: Device.MISSING,
    CameraState.OFF: Device.OFF,
}


class OpenedStation(QObject):
    """Made once, at the first unlocking, and kept while others lock and unlock."""

    lock_wanted = Signal()

    def __init__(self, kiosk: "Kiosk", home: Path, facts: StationFacts, store_key: bytes, camera: str) -> None:
        super().__init__(kiosk)
        self._kiosk = kiosk
        self.store = StoreThread(lambda: Station.open(home, store_key))
        self.store.start()
        kiosk.tasks.use_store(self.store)
        self.broadcast = Broadcast(self)
        self.camera = CameraFlow(kiosk.tasks, self)
        self._sync: SyncWorker | None = None
        self.shell = ShellScreen(kiosk.speaker.language)
        self._beeper = beeper(self)
        self._counter_screen = CounterScreen(kiosk.speaker.language, play=self._beeper.play)
        self._put(Page.COUNTER, self._counter_screen)
        kiosk.speaker.lead(self.shell)
        self.shell_flow = ShellFlow(self.shell, facts.label, kiosk.tasks, kiosk.session, self.broadcast)
        self.counter = CounterFlow(self._counter_screen, kiosk.tasks, kiosk.session, self.broadcast)
        self.approvals = Approvals(home, kiosk.tasks, kiosk.session, kiosk.pin_tries)
        self.registration = self._registration_page(home)
        self.members = self._members_page(home)
        printers = printers_of_this_machine(home / "cards", home / "spool")
        self._print_worker = PrintWorker(printers)
        self._print_worker.start()
        self.cards = CardFlow(
            home / "cards", printers, self._print_worker, kiosk.tasks, kiosk.session, self.broadcast, self
        )
        self.wedge = WedgeFilter(self)
        self._connect()
        self._connect_people()
        kiosk.tasks.on_store(lambda station: station.store.key, lambda key: self._start_sync(facts, key))
        self.camera.start(frame_source(camera))

    def stop(self) -> None:
        """In reverse: what asks the store stops before the store."""
        app = QApplication.instance()
        if app is not None:
            self.wedge.remove(app)
        self.camera.stop()
        if self._sync is not None:
            self._sync.stop()
        self._print_worker.stop()
        self._beeper.stop()
        self.store.stop()

    def _put(self, page: Page, screen: QWidget) -> None:
        self._kiosk.speaker.lead(screen)  # type: ignore[arg-type]
        self.shell.add_page(page, screen)

    def _connect(self) -> None:
        kiosk = self._kiosk
        self.shell.lock_wanted.connect(self.lock_wanted)
        self.shell.language_wanted.connect(kiosk.speaker.toggle)
        self.camera.seen.connect(self.counter.show_frame)
        self.camera.read.connect(self._take_readings)
        self.camera.state_changed.connect(self._camera_changed)
        self.wedge.scanned.connect(lambda reading: self._take_readings((reading,)))
        app = QApplication.instance()
        if app is not None:
            self.wedge.install(app)
        self.broadcast.changed.connect(self._nudge)
        kiosk.session.changed.connect(self.counter.wait)

    def _registration_page(self, home: Path) -> RegistrationFlow:
        kiosk, screen = self._kiosk, RegistrationScreen(self._kiosk.speaker.language)
        self._put(Page.REGISTRATION, screen)
        return RegistrationFlow(screen, home, kiosk.tasks, kiosk.session, self.broadcast, self.camera, self.approvals)

    def _members_page(self, home: Path) -> MembersFlow:
        kiosk, screen = self._kiosk, MembersScreen(self._kiosk.speaker.language)
        self._put(Page.MEMBERS, screen)
        return MembersFlow(screen, home, kiosk.tasks, kiosk.session, self.broadcast, self.approvals)

    def _connect_people(self) -> None:
        """Registration, members and cards: who asks whom."""
        self.counter.register_wanted.connect(lambda: self.shell_flow.show_page(Page.REGISTRATION))
        self.counter.card_wanted.connect(self.cards.print_card)
        self.registration.serve_wanted.connect(self._serve)
        self.registration.card_wanted.connect(self.cards.print_card)
        self.members.serve_wanted.connect(lambda person: self._serve(person, Happened.VALID))
        self.members.print_wanted.connect(self.cards.print_card)
        self.members.reissue_wanted.connect(self.cards.reissue)
        self.shell_flow.page_shown.connect(lambda _: self.members.conceal())
        self.cards.changed.connect(self.registration.show_card)
        self.cards.changed.connect(self.members.show_card)
        self.cards.told.connect(self.shell_flow.tell)
        self.cards.printer_changed.connect(self.shell_flow.show_printer)
        self.cards.look_at_printer()

    def _serve(self, person: PersonId, happened: Happened) -> None:
        self.shell_flow.show_page(Page.COUNTER)
        self.counter.show_person(person, happened)

    def _take_readings(self, readings: tuple[Reading, ...]) -> None:
        """A code calls the counter from whatever page is shown."""
        if self._kiosk.session.staff is None:
            return
        self.shell_flow.show_page(Page.COUNTER)
        self.counter.take_readings(readings)

    def _camera_changed(self, report: StateReport) -> None:
        state = _CAMERA_STATES[report.state]
        self.counter.show_camera(state)
        self.shell_flow.show_scanner(_SCANNER_DEVICES[state])

    def _start_sync(self, facts: StationFacts, key: object) -> None:
        from station_app.station.clock import now_ms
        from station_core.keys import SigningKey

        assert isinstance(key, SigningKey)  # noqa: S101 - what a store has
        tell = self._kiosk.tasks.on_window
        self._sync = SyncWorker(facts, key, self.store, now_ms, lambda news: tell(lambda: self._sync_news(news)))
        self._sync.start()

    def _sync_news(self, news: SyncNews) -> None:
        self.shell_flow.show_sync(news)
        if news.progress is None:
            self.broadcast.arrived(Topic.EXCHANGE)
        if news.report is not None and news.report.pulled_entries:
            self.broadcast.arrived(*LOCAL_TOPICS)

    def _nudge(self, _topics: frozenset[Topic], here: bool) -> None:
        if here and self._sync is not None:
            self._sync.nudge()


def frame_source(camera: str) -> FrameSource:
    """A camera by its number, device or address, or a picture, folder or video as if it were one."""
    if camera.isdigit():
        return Camera(int(camera))
    path = Path(camera)
    if path.exists() and not camera.startswith("/dev/"):
        return source_of(path)
    return Camera(camera)
