"""A batch of cards in a thread of its own, since it waits for the printer after each."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from printing.spool import SealedFiles, Spool
from station_app.flows.batch_desk import CardDesk
from station_app.station.batch import BatchEnd, BatchPlan, BatchPrinting
from station_app.workers.print_worker import PrintWorker
from station_app.workers.store_thread import StoreThread
from station_core.desk.staff import Staff


@dataclass(frozen=True, slots=True)
class BatchNews:
    """How far the batch is; `end` once it does not go on by itself, `error` where that is a mistake of ours or the
    store's trouble."""

    plan: BatchPlan
    end: BatchEnd | None = None
    error: Exception | None = None


class BatchWorker:
    """Runs one batch at a time.

    Wakes: with `run`. Stops: `pause` after the card that is in the printer, `stop` at once; the printing system and
    the print worker go on with that card. Drops: nothing, the plan stands on disk after every card.
    """

    def __init__(
        self,
        plans: SealedFiles[BatchPlan],
        spool: Spool,
        worker: PrintWorker,
        store: StoreThread,
        tell: Callable[[BatchNews], None],
    ) -> None:
        """`tell` is called in the batch's thread."""
        self.plans = plans
        self._spool, self._worker, self._store, self._tell = spool, worker, store, tell
        self._thread: threading.Thread | None = None
        self._paused = self._stopping = False

    @property
    def is_running(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def run(self, plan: BatchPlan, staff: Staff) -> None:
        """Does nothing while another batch runs."""
        if self.is_running or self._stopping:
            return
        self._paused = False
        self._thread = threading.Thread(target=self._run, args=(plan, staff), name="batch", daemon=True)
        self._thread.start()

    def pause(self) -> None:
        self._paused = True

    def stop(self) -> None:
        self._paused = self._stopping = True
        if self._thread is not None:
            self._thread.join()

    def _run(self, plan: BatchPlan, staff: Staff) -> None:
        desk = CardDesk(self._store.call, self._worker, staff, lambda: self._stopping)
        seen = plan

        def show(now: BatchPlan) -> None:
            nonlocal seen
            seen = now
            self._tell(BatchNews(now))

        try:
            end = BatchPrinting(self.plans, self._spool, desk).run(plan, show, lambda: self._paused)
        except Exception as error:  # whoever hears it says what it was; the plan stands where it stood
            self._tell(BatchNews(seen, BatchEnd.PAUSED, error))
            return
        self._tell(BatchNews(seen, end))
