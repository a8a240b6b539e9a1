"""The two buttons for a stick on the page of the exchange: what the city lacks goes out, the city's file comes in."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from station_app.flows.broadcast import LOCAL_TOPICS, Broadcast, Topic
from station_app.flows.sync_flow import SyncFlow
from station_app.flows.troubles import words_for
from station_app.screens.shell.state import Message, Notice, Trouble
from station_app.screens.sync.screen import SyncScreen
from station_app.station.bundle import Imported, export_to_city, import_bundle
from station_app.station.exchange import OnStoreThread
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner
from sync.bundle.write import Written
from sync.errors import SyncError
from sync.errors import Trouble as Code
from sync.report import Progress

Choose = Callable[[], Path | None]
T = TypeVar("T")


class BundleFlow(QObject):
    """One file at a time, off the window's thread; the store is borrowed for moments only."""

    told = Signal(object)
    """The Message on what came of it."""

    def __init__(
        self,
        screen: SyncScreen,
        sync_flow: SyncFlow,
        tasks: TaskRunner,
        broadcast: Broadcast,
        run: OnStoreThread,
        choose_folder: Choose,
        choose_file: Choose,
    ) -> None:
        super().__init__(screen)
        self._sync_flow, self._tasks, self._broadcast = sync_flow, tasks, broadcast
        self._run = run
        self._choose_folder, self._choose_file = choose_folder, choose_file
        self._stopped = False
        screen.export_wanted.connect(self._export)
        screen.import_wanted.connect(self._import)
        screen.cancel_wanted.connect(self.stop)

    def stop(self) -> None:
        """Break off; what was taken stays, and no half-written file does."""
        self._stopped = True

    def _export(self) -> None:
        folder = self._choose_folder()
        if folder is not None:
            self._start(lambda: self._exported(folder), self._tell_written)

    def _import(self) -> None:
        file = self._choose_file()
        if file is not None:
            self._start(lambda: self._imported(file), self._tell_imported)

    def _exported(self, folder: Path) -> Written:
        return export_to_city(self._run, folder, tell=self._progress, stopped=self._is_stopped)

    def _imported(self, file: Path) -> Imported:
        return import_bundle(self._run, file, tell=self._progress, stopped=self._is_stopped)

    def _start(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        self._stopped = False
        self._tasks.in_background(job, then, self._failed)

    def _is_stopped(self) -> bool:
        return self._stopped

    def _progress(self, step: Progress) -> None:
        """From the pool's thread."""
        self._tasks.on_window(lambda: self._sync_flow.show_step(step))

    def _tell_written(self, written: Written) -> None:
        self._sync_flow.show_step(None)
        self.told.emit(Notice(Phrase("bundle.written", {"entries": written.entries, "file": str(written.file)})))

    def _tell_imported(self, imported: Imported) -> None:
        self._sync_flow.show_step(None)
        self._sync_flow.refresh()
        self._broadcast.arrived(Topic.EXCHANGE)
        self._tasks.on_store(lambda station: station.keep_lease())  # a file of the city's is contact
        if imported.taken.half.entries:
            self._broadcast.arrived(*LOCAL_TOPICS)
        self.told.emit(_message(imported))

    def _failed(self, error: Exception) -> bool:
        self._sync_flow.show_step(None)
        self._sync_flow.refresh()
        # What was taken in before it broke off has arrived all the same.
        self._broadcast.arrived(*LOCAL_TOPICS)
        words = words_for(error)
        if words is not None:
            self.told.emit(Trouble(*words))
        return words is not None


def _message(imported: Imported) -> Message:
    if imported.revoked is not None:
        words = words_for(SyncError(Code.REVOKED, reason=imported.revoked))
        if words is not None:
            return Trouble(*words)
    rest = next(iter(imported.rest.items()), None)
    if rest is not None:
        why, count = rest
        return Trouble(Phrase("bundle.what"), Phrase(f"bundle.rest.{why}", {"count": count}))
    return Notice(Phrase("bundle.taken", imported.figures))
