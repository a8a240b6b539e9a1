"""Printing from the command line: a print worker for as long as a command runs."""

import queue
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from printing.printers import Document, Printer, Printers, printers_of_this_machine
from printing.spool import ReprintReason
from station_app.cli.context import Context
from station_app.flows.batch_desk import CardDesk
from station_app.home.spool import station_spool
from station_app.station.batch import BatchEnd, BatchPlan, BatchPrinting, batch_plans
from station_app.station.staffing import ADMINISTRATOR
from station_app.workers.print_order import PrintNews, PrintOrder
from station_app.workers.print_worker import PrintWorker


def printers(context: Context) -> Printers:
    return printers_of_this_machine(context.home / "cards", context.home / "spool")


@contextmanager
def print_worker(context: Context) -> Iterator[PrintWorker]:
    worker = PrintWorker(printers(context), station_spool(context.home, context.store_key))
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()


def printed_now(context: Context, printer: Printer, document: Document, again: ReprintReason) -> PrintNews:
    """The last that is told of the document."""
    told: queue.SimpleQueue[PrintNews] = queue.SimpleQueue()
    with print_worker(context) as worker:
        worker.submit(PrintOrder(printer, document, told.put, again))
        while not (news := told.get()).is_last:
            pass
    return news


def run_batch(context: Context, plan: BatchPlan, show: Callable[[BatchPlan], None]) -> tuple[BatchEnd, BatchPlan]:
    """To the end of the batch, a question, or Ctrl-C, after which the card that is in the printer is waited for; a
    second Ctrl-C does not wait."""
    interrupts = _Interrupts()
    seen = [plan]

    def show_and_keep(now: BatchPlan) -> None:
        seen.append(now)
        show(now)

    with print_worker(context) as worker, interrupts.counted():
        desk = CardDesk(lambda job: job(context.station), worker, ADMINISTRATOR, lambda: interrupts.count > 1)
        spool = station_spool(context.home, context.store_key)
        printing = BatchPrinting(batch_plans(context.home, context.store_key), spool, desk)
        end = printing.run(plan, show_and_keep, lambda: interrupts.count > 0)
    return end, seen[-1]


class _Interrupts:
    count = 0

    @contextmanager
    def counted(self) -> Iterator[None]:
        def heard(_number: int, _frame: FrameType | None) -> None:
            self.count += 1

        before = signal.signal(signal.SIGINT, heard)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)
