"""The exchange with the city in the background."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from station_app.station.healing import Healed, sync_station
from station_app.workers.store_thread import StoreThread
from sync.backoff import next_delay_s
from sync.errors import SyncError
from sync.report import Progress, Report

QUIET_S = 60.0
"""How long after a good exchange the next one comes by itself."""
SETTLE_S = 2.0
"""How long after a record the exchange waits for the next, so that a busy counter sends in batches."""


@dataclass(frozen=True, slots=True)
class SyncNews:
    """What the worker tells: a step of a running exchange, or its end with a report or a trouble.

    `healed` where this device's own journal had forked; `next_try_in_s` stands at the end: when it goes on by itself.
    """

    progress: Progress | None = None
    report: Report | None = None
    trouble: SyncError | None = None
    healed: Healed | None = None
    next_try_in_s: float | None = None


class SyncWorker:
    """Exchanges with the city for as long as it runs, in one thread.

    Wakes: a minute after a good exchange, after growing pauses when the city cannot be reached, two seconds after
    `nudge` (something was recorded), and at once for `wake` (somebody pressed the button). Stops: `stop`, which breaks
    a running exchange off between two requests and waits. Drops: nothing; what is not sent waits in the journal.

    `tell` is called in the worker's thread.
    """

    def __init__(
        self,
        store: StoreThread,
        wall_ms: Callable[[], int],
        tell: Callable[[SyncNews], None],
    ) -> None:
        self._store, self._wall_ms, self._tell = store, wall_ms, tell
        self._condition = threading.Condition()
        self._due_s = 0.0
        self._failures = 0
        self._stopping = False
        self._cancelled = False
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Exchange now."""
        self._be_due_in(0.0)

    def nudge(self) -> None:
        """Something was recorded: exchange soon, unless the city is known to be out of reach."""
        if self._failures == 0:
            self._be_due_in(SETTLE_S)

    def cancel(self) -> None:
        """Break a running exchange off; it goes on by itself later."""
        self._cancelled = True

    def stop(self) -> None:
        with self._condition:
            self._stopping = True
            self._condition.notify()
        if self._thread.ident is not None:
            self._thread.join()

    def _be_due_in(self, delay_s: float) -> None:
        with self._condition:
            self._due_s = min(self._due_s, time.monotonic() + delay_s)
            self._condition.notify()

    def _run(self) -> None:
        while self._wait_until_due():
            news = self._exchange()
            failed = news.trouble is not None
            self._failures = self._failures + 1 if failed else 0
            delay_s = next_delay_s(self._failures, random.random()) if failed else QUIET_S  # noqa: S311
            with self._condition:
                self._due_s = time.monotonic() + delay_s
            self._tell(replace(news, next_try_in_s=delay_s))

    def _wait_until_due(self) -> bool:
        """False when it is time to stop."""
        with self._condition:
            while not self._stopping and (left_s := self._due_s - time.monotonic()) > 0:
                self._condition.wait(left_s)
            self._cancelled = False
            return not self._stopping

    def _exchange(self) -> SyncNews:
        try:
            synced = sync_station(
                self._store.call,
                self._wall_ms,
                lambda progress: self._tell(SyncNews(progress=progress)),
                lambda: self._stopping or self._cancelled,
            )
        except SyncError as trouble:
            return SyncNews(trouble=trouble)
        return SyncNews(report=synced.report, trouble=synced.report.error, healed=synced.healed)
