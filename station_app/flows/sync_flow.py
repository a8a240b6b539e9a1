"""The page of the exchange: what waits, how a running exchange goes on, what was in its way."""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from station_app.flows.broadcast import Broadcast, Topic
from station_app.flows.sync_jobs import look, trouble
from station_app.screens.sync.screen import SyncScreen
from station_app.screens.sync.state import Phase, Progress, SyncState, Trouble
from station_app.station.clock import local_time, now_ms
from station_app.workers.sync_worker import SyncNews
from station_app.workers.tasks import TaskRunner
from sync import report


class SyncFlow(QObject):
    """Shows the store's notes, and what the worker tells while an exchange runs."""

    wake_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, screen: SyncScreen, tasks: TaskRunner, broadcast: Broadcast) -> None:
        super().__init__(screen)
        self._screen, self._tasks = screen, tasks
        self._state: SyncState | None = None
        self._progress: Progress | None = None
        self._next_try: datetime | None = None
        self._trouble: Trouble | None = None
        self._heard = False
        self._turn = 0
        screen.sync_wanted.connect(self._wake)
        screen.cancel_wanted.connect(self.cancel_wanted)
        broadcast.changed.connect(self._changed)
        self.refresh()

    def refresh(self) -> None:
        """Ask the store; of several answers under way only the last is shown."""
        self._turn += 1
        turn = self._turn
        self._tasks.on_store(look, lambda found: self._take(found) if turn == self._turn else None)

    def show_news(self, news: SyncNews) -> None:
        """A step of a running exchange, or its end."""
        if news.progress is not None:
            self.show_step(news.progress)
            return
        self._heard = True
        self._progress = None
        self._trouble = trouble(news.trouble, now_ms()) if news.trouble else None
        self._next_try = local_time(now_ms() + round(news.next_try_in_s * 1_000)) if news.next_try_in_s else None
        self._show()
        self.refresh()

    def show_step(self, step: report.Progress | None) -> None:
        """A step of whatever runs, the exchange or a file; None where a file is done with."""
        self._progress = None if step is None else _progress(step)
        self._show()

    def _wake(self) -> None:
        """The button answers at once; the worker's own words follow."""
        self._progress = Progress(Phase.CONNECTING)
        self._show()
        self.wake_wanted.emit()

    def _changed(self, topics: frozenset[Topic], here: bool) -> None:
        # The end of an exchange has been looked at already.
        if here or topics != {Topic.EXCHANGE}:
            self.refresh()

    def _take(self, state: SyncState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        if self._state is not None:
            failed = self._trouble if self._heard else self._state.trouble
            self._screen.show_state(
                replace(self._state, progress=self._progress, next_try=self._next_try, trouble=failed)
            )


def _progress(step: report.Progress) -> Progress:
    return Progress(Phase(step.phase.value), step.done, step.total or 0)
