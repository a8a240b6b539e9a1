"""Where the kiosk is put together: every thread, screen and flow is made here, and stopped in reverse."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from station_app.flows.lock_flow import LockFlow
from station_app.flows.pin_tries import PinTries
from station_app.flows.session import Session
from station_app.home.errors import StationLocked
from station_app.home.facts import StationFacts
from station_app.screens.lock.screen import LockScreen
from station_app.screens.shell.window import KioskWindow
from station_app.texts import Speaker
from station_app.theme import load_rare_fonts
from station_app.workers.tasks import TaskRunner
from station_core.desk.staff import Staff

if TYPE_CHECKING:
    from station_app.home.closed_lease import LeaseStands
    from station_app.opened import OpenedStation
    from station_app.workers.store_thread import StoreThread

_log = logging.getLogger(__name__)
IO_THREADS = 2
LEASE_LOOK_MS = 60_000
LOAD_AHEAD_AFTER_MS = 300
"""Until then the lock screen has been painted: importing beside that would slow it down. Staff type longer."""


class Kiosk(QObject):
    """The window, and behind it, once somebody has unlocked it, the open station.

    The lock screen comes first and alone, so that the window is there at once; what the other pages need is loaded
    while staff type.
    """

    def __init__(self, home: Path, facts: StationFacts, camera: str | None) -> None:
        super().__init__()
        self._home, self._facts, self._camera = home, facts, camera
        self._stops: list[Callable[[], object]] = []
        self.opened: OpenedStation | None = None
        self.speaker = Speaker()
        self.session = Session(self)
        self._pool = ThreadPoolExecutor(IO_THREADS, thread_name_prefix="io")
        self._stops.append(lambda: self._pool.shutdown(wait=True, cancel_futures=True))
        self.tasks = TaskRunner(self._pool, self)
        self.lock_screen = LockScreen(self.speaker.language)
        self.speaker.lead(self.lock_screen)
        self.window = KioskWindow(self.lock_screen)
        self.pin_tries = PinTries()
        self._lock_flow = LockFlow(self.lock_screen, home, facts.label, self.tasks, self.pin_tries)
        self.tasks.failed.connect(self._apologise)
        self.lock_screen.language_wanted.connect(self.speaker.toggle)
        self._lock_flow.unlocked.connect(self._unlock)
        self._watching = QTimer(self, interval=LEASE_LOOK_MS)
        self._watching.timeout.connect(self._look_at_lease)
        self._watching.start()
        self._stops.append(self._watching.stop)
        loading = QTimer(self, singleShot=True, interval=LOAD_AHEAD_AFTER_MS)
        loading.timeout.connect(self._load_ahead)
        loading.start()
        self._stops.append(loading.stop)

    def stop(self) -> None:
        """Stop what was started, in reverse. May be called twice."""
        while self._stops:
            self._stops.pop()()

    def lock(self) -> None:
        """Back to the lock screen; the exchange goes on behind it."""
        self.session.end()
        self._lock_flow.refresh()
        self.window.show_lock()
        self._look_at_lease()

    def _look_at_lease(self) -> None:
        """The open station takes note of time and contact; without one the lock screen looks at what lies beside it."""
        if self.opened is None:
            self._lock_flow.look_at_lease()
        else:
            self.tasks.on_store(lambda station: station.keep_lease(), self._lease_seen)

    def _lease_seen(self, stands: "LeaseStands") -> None:
        if stands.is_over and self.session.staff is not None:
            self.lock()
        elif self.session.staff is None:
            self._lock_flow.show_lease(stands)

    def _load_ahead(self) -> None:
        self._look_at_lease()
        self.tasks.in_background(_import_the_rest)
        load_rare_fonts(QApplication.instance() or self)

    def _unlock(self, staff: Staff, store_key: bytes) -> None:
        if self.opened is not None:
            self.tasks.on_store(lambda station: station.keep_lease(), lambda stands: self._begin_again(staff, stands))
            return
        from station_app.station.station import Station
        from station_app.workers.store_thread import StoreThread

        store = StoreThread(lambda: Station.open(self._home, store_key))
        self._stops.append(store.stop)
        store.start()
        self.tasks.after(
            store.opened, lambda _: self._open(store, store_key, staff), lambda error: self._not_opened(store, error)
        )

    def _open(self, store: "StoreThread", store_key: bytes, staff: Staff) -> None:
        from station_app.opened import OpenedStation

        self.opened = OpenedStation(self, self._home, self._facts, store, store_key, self._camera)
        self._stops.append(self.opened.stop)
        self.opened.lock_wanted.connect(self.lock)
        self.window.set_shell(self.opened.shell)
        self._begin(staff)

    def _not_opened(self, store: "StoreThread", error: Exception) -> bool:
        """The lock screen says why, and stays: what could not be opened is left as it is."""
        self._stops.remove(store.stop)
        return self._lock_flow.tell(error)

    def _begin_again(self, staff: Staff, stands: "LeaseStands") -> None:
        """An open station takes note of the lease too; where it has run out the PIN alone opens nothing."""
        if stands.is_over:
            self._lock_flow.tell(StationLocked())
        else:
            self._begin(staff)

    def _begin(self, staff: Staff) -> None:
        self.session.begin(staff)
        self.window.show_shell()

    def _apologise(self, _error: Exception, reference: str) -> None:
        """As long as there is no shell to do it."""
        if self.opened is None:
            self._lock_flow.apologise(reference)


def _import_the_rest() -> None:
    import station_app.opened
    import station_app.scanning.opencv  # noqa: F401
