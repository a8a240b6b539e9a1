"""Handing documents to printers, and watching what becomes of them."""

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from printing.printers import Document, Job, JobReport, JobState, Printer, Printers, Reason

POLL_S = 1.0
"""How often an open job is asked after."""
PATIENCE_S = 20.0
"""For how long a job's state may be unknown: a PDF program takes its time to spool, a print service to restart."""

_GONE = frozenset({Reason.PRINTER_OFFLINE, Reason.PRINTER_MISSING})
"""A printer that goes while it prints leaves half a card, or a whole one: nobody can say."""


@dataclass(frozen=True, slots=True)
class PrintNews:
    """A step of one order: what its job's state is now, or why the document was not taken at all (a PrintingProblem,
    or a mistake of ours)."""

    job: Job | None = None
    report: JobReport | None = None
    error: Exception | None = None

    @property
    def is_last(self) -> bool:
        """Nothing more will be told. An unknown state is an end too: a person must look at the printer."""
        return self.report is None or self.report.state.is_final or self.report.state is JobState.UNKNOWN


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """`tell` is called in the worker's thread, once for each change of the job's state or reason."""

    printer: Printer
    document: Document
    tell: Callable[[PrintNews], None]


@dataclass(slots=True)
class _Watched:
    order: PrintOrder
    job: Job
    known_s: float
    told: JobReport | None = None
    was_printing: bool = False


class PrintWorker:
    """Prints for as long as it runs, in one thread.

    Wakes: with each order, and every second while a job is open. Stops: `stop`, which waits for the call to the
    printing system that is under way. Drops: when it stops, orders that were not handed over yet (nothing is printed
    of them), and the watching of open jobs, which the printing system goes on with.
    """

    def __init__(self, printers: Printers, poll_s: float = POLL_S, patience_s: float = PATIENCE_S) -> None:
        self._printers, self._poll_s, self._patience_s = printers, poll_s, patience_s
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
        looked_s = time.monotonic()
        while True:
            try:
                order = self._orders.get(timeout=self._wait_s(looked_s))
            except queue.Empty:
                looked_s = time.monotonic()
                self._look_after_all()
                continue
            if order is None or self._stopping:
                return
            self._hand_over(order)

    def _wait_s(self, looked_s: float) -> float | None:
        """Until the next look at open jobs; for ever where there are none."""
        return max(0.0, looked_s + self._poll_s - time.monotonic()) if self._watched else None

    def _hand_over(self, order: PrintOrder) -> None:
        try:
            job = self._printers.submit(order.printer, order.document)
        except Exception as error:  # whoever ordered it says what went wrong; the next order is still printed
            order.tell(PrintNews(error=error))
            return
        watched = _Watched(order, job, time.monotonic())
        self._watched.append(watched)
        self._look_after(watched)

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
            watched.order.tell(PrintNews(watched.job, error=error))
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
            watched.order.tell(news)
