"""The station's print queue in the window: one worker, its jobs on disk, and the batches."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from printing.printers import Printers
from printing.spool import ReprintReason, SpooledJob
from printing.spool.answers import came_out, give_up
from station_app.home.spool import station_spool
from station_app.station.batch import BatchPlan, batch_plans
from station_app.workers.batch_worker import BatchNews, BatchWorker
from station_app.workers.print_order import PrintOrder
from station_app.workers.print_worker import PrintWorker
from station_app.workers.store_thread import StoreThread
from station_app.workers.tasks import TaskRunner
from station_core.desk.staff import Staff


class PrintQueue(QObject):
    changed = Signal()
    """A job has another state."""
    batch_moved = Signal(object)
    """A BatchNews."""

    def __init__(
        self,
        home: Path,
        store_key: bytes,
        printers: Printers,
        store: StoreThread,
        tasks: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._printers, self._tasks = printers, tasks
        self._spool, self._plans = station_spool(home, store_key), batch_plans(home, store_key)
        self.worker = PrintWorker(printers, self._spool, changed=lambda: tasks.on_window(self.changed.emit))
        self._batches = BatchWorker(self._plans, self._spool, self.worker, store, self._hear)
        self.worker.start()

    def stop(self) -> None:
        self._batches.stop()
        self.worker.stop()

    @property
    def batch_runs(self) -> bool:
        return self._batches.is_running

    def open_jobs(self) -> tuple[SpooledJob, ...]:
        """Under way, or asking. Reads files: not for the GUI thread."""
        return tuple(job for job in self._spool.all() if not job.settled)

    def open_batch(self) -> BatchPlan | None:
        """The latest that is not over. Reads files, too."""
        return max((plan for plan in self._plans.all() if not plan.is_over), key=lambda plan: plan.at_ms, default=None)

    def say_came_out(self, job_id: str) -> None:
        """Writes a file. Raises PrintingProblem."""
        came_out(self._spool, job_id)

    def give_up(self, job_id: str) -> None:
        """Asks the print system, and writes a file. Raises PrintingProblem."""
        give_up(self._spool, self._printers, job_id)

    def print_again(self, job_id: str, because: ReprintReason) -> None:
        """Reads a file. What has been settled meanwhile is left alone."""
        job = self._spool.get(job_id)
        if job is not None and job.asks and (document := job.document) is not None:
            self.worker.submit(PrintOrder(job.to_printer, document, again=because, label=job.label))

    def keep(self, plan: BatchPlan) -> None:
        """Writes a file. Raises PrintingProblem."""
        self._plans.put(plan.id, plan)

    def run_batch(self, plan: BatchPlan, staff: Staff) -> None:
        self._batches.run(plan, staff)

    def pause_batch(self) -> None:
        self._batches.pause()

    def _hear(self, news: BatchNews) -> None:
        self._tasks.on_window(lambda: self.batch_moved.emit(news))
