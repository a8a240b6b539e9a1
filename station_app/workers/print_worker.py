"""Handing documents to printers, and watching what becomes of them."""

import queue
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import msgspec

from printing.printers import Job, JobReport, JobState, Printers, PrintingProblem, Reason
from printing.spool import Spool, SpooledJob
from station_app.workers.print_order import PrintNews, PrintOrder

POLL_S = 1.0
"""How often an open job is asked after."""
PATIENCE_S = 20.0
"""For how long a job's state may be unknown: a PDF program takes its time to spool, a print service to restart."""
_GONE = frozenset({Reason.PRINTER_OFFLINE, Reason.PRINTER_MISSING})
"""A printer that goes while it prints leaves half a card, or a whole one: nobody can say."""


@dataclass(slots=True)
class _Watched:
    order: PrintOrder | None
    job: Job
    known_s: float
    kept: SpooledJob
    told: JobReport | None = None
    was_printing: bool = False

    def tell(self, news: PrintNews) -> None:
        if self.order is not None:
            self.order.tell(news)


class PrintWorker:
    """Prints for as long as it runs, in one thread; every step is in the spool before the next.

    Wakes: with each order, and every second while a job is open. Stops: `stop`, which waits for the call to the
    printing system that is under way. Drops: nothing. Orders that were not handed over yet stay queued on disk, and
    jobs that a printing system has are watched again after the next start; none is handed over a second time without
    an order.
    """

    def __init__(
        self,
        printers: Printers,
        spool: Spool,
        poll_s: float = POLL_S,
        patience_s: float = PATIENCE_S,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """`changed` is called in the worker's thread whenever a job in the spool has another state."""
        self._printers, self._spool, self._poll_s, self._patience_s = printers, spool, poll_s, patience_s
        self._changed = changed
        self._orders: queue.SimpleQueue[PrintOrder | None] = queue.SimpleQueue()
        self._watched: list[_Watched] = []
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="print", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def submit(self, order: PrintOrder) -> None:
        self._orders.put(order)

    def stop(self) -> None:
        self._stopping = True
        self._orders.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        self._take_up_again()
        looked_s = time.monotonic()
        while True:
            try:
                order = self._orders.get(timeout=self._wait_s(looked_s))
            except queue.Empty:
                looked_s = time.monotonic()
                self._look_after_all()
                continue
            if order is None or self._stopping:
                self._keep_what_waits(order)
                return
            self._hand_over(order)

    def _take_up_again(self) -> None:
        with suppress(PrintingProblem):
            self._spool.forget_old(_now_ms())
            for kept in self._spool.take_stock():
                if (job := kept.job) is not None:
                    was_printing = kept.state is JobState.PRINTING
                    self._watched.append(_Watched(None, job, time.monotonic(), kept, was_printing=was_printing))
        self._changed()

    def _keep_what_waits(self, order: PrintOrder | None) -> None:
        """On disk, for a person to decide on after the next start."""
        while True:
            if order is not None:
                with suppress(PrintingProblem):
                    self._spool.put(_spooled(order, self._spool.open_with_title(order.document.title)))
            try:
                order = self._orders.get_nowait()
            except queue.Empty:
                return

    def _wait_s(self, looked_s: float) -> float | None:
        """Until the next look at open jobs; for ever where there are none."""
        return max(0.0, looked_s + self._poll_s - time.monotonic()) if self._watched else None

    def _hand_over(self, order: PrintOrder) -> None:
        try:
            for title in order.instead_of:
                self._let_go(title)
            before = self._spool.open_with_title(order.document.title)
            kept = self._spool.put(_spooled(order, before))
            self._take_back(before)
            kept = self._spool.put(msgspec.structs.replace(kept, state=JobState.SENT, system_job=""))
        except Exception as error:  # what cannot be kept is not printed: a power cut would make it unknown to all
            order.tell(PrintNews(error=error))
            return
        try:
            job = self._printers.submit(order.printer, order.document)
        except Exception as error:  # whoever ordered it says what went wrong; the next order is still printed
            self._keep(_not_taken(kept, error))
            order.tell(PrintNews(error=error))
            return
        kept = self._keep(msgspec.structs.replace(kept, system_job=job.job_id))
        watched = _Watched(order, job, time.monotonic(), kept)
        self._watched.append(watched)
        self._look_after(watched)

    def _let_go(self, title: str) -> None:
        """A card that is void must not come out, nor be printed by a person's mistake."""
        void = self._spool.open_with_title(title)
        if void is not None:
            self._take_back(void)
            self._spool.put(void.closed())

    def _take_back(self, before: SpooledJob | None) -> None:
        """The try before must not come out of the printer as well, once it is filled or back."""
        if before is None:
            return
        self._watched = [one for one in self._watched if one.kept.id != before.id]
        if before.job is not None:
            with suppress(PrintingProblem):
                self._printers.cancel(before.job)

    def _keep(self, job: SpooledJob) -> SpooledJob:
        """A step that cannot be written is a step that the spool does not know: after a power cut the job asks."""
        with suppress(PrintingProblem):
            self._spool.put(job)
        self._changed()
        return job

    def _look_after_all(self) -> None:
        for watched in tuple(self._watched):
            if self._stopping:
                return
            self._look_after(watched)

    def _look_after(self, watched: _Watched) -> None:
        try:
            report = self._printers.state(watched.job)
        except Exception as error:  # a mistake of ours
            self._watched.remove(watched)
            self._keep(watched.kept.reported(JobReport(JobState.UNKNOWN, Reason.OTHER)))
            watched.tell(PrintNews(watched.job, error=error))
            return
        now_s = time.monotonic()
        if report.state is JobState.PRINTING:
            watched.was_printing = True
        broken_off = watched.was_printing and report.reason in _GONE and not report.state.is_final
        if report.state is not JobState.UNKNOWN and not broken_off:
            watched.known_s = now_s
        elif now_s - watched.known_s < self._patience_s:
            return
        self._pass_on(watched, replace(report, state=JobState.UNKNOWN) if broken_off else report)

    def _pass_on(self, watched: _Watched, report: JobReport) -> None:
        news = PrintNews(watched.job, report)
        if news.is_last:
            self._watched.remove(watched)
        if report != watched.told:
            watched.told = report
            watched.kept = self._keep(watched.kept.reported(report))
            watched.tell(news)


def _spooled(order: PrintOrder, before: SpooledJob | None) -> SpooledJob:
    """Another try of the job `before`, which stands open under the document's title, or a new one."""
    document, printer = order.document, order.printer
    if before is None:
        return SpooledJob(
            id=secrets.token_hex(8),
            at_ms=_now_ms(),
            title=document.title,
            label=order.label,
            system=printer.system,
            printer=printer.name,
            width_mm=document.medium.width_mm,
            height_mm=document.medium.height_mm,
            pdf=document.pdf,
            batch=order.batch,
            place=order.place,
        )
    was_tried = before.state is not JobState.QUEUED
    return msgspec.structs.replace(
        before,
        system=printer.system,
        printer=printer.name,
        pdf=document.pdf,
        state=JobState.QUEUED,
        reason=None,
        detail="",
        system_job="",
        copies_tried=before.copies_tried + was_tried,
        reprinted_for=(*before.reprinted_for, *((order.again,) if was_tried else ())),
    )


def _not_taken(kept: SpooledJob, error: Exception) -> SpooledJob:
    if not isinstance(error, PrintingProblem):
        return kept.reported(JobReport(JobState.FAILED, Reason.OTHER))
    state = JobState.UNKNOWN if error.reason is Reason.NO_ANSWER_TO_SUBMIT else JobState.FAILED
    return kept.reported(JobReport(state, error.reason, error.detail))


def _now_ms() -> int:
    return time.time_ns() // 1_000_000
