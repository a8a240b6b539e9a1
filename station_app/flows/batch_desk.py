"""A batch's cards, issued on whichever thread owns the store and printed by the print worker."""

import queue
import time
from collections.abc import Callable
from dataclasses import dataclass

from printing.printers import JobReport, JobState, PrintingProblem
from station_app.flows.card_jobs import PreparedCard, prepare
from station_app.station.station import Station
from station_app.workers.print_order import PrintNews, PrintOrder
from station_app.workers.print_worker import PrintWorker
from station_core.desk.refusal import Refusal
from station_core.desk.staff import Staff
from station_core.ids import PersonId

LOOK_EVERY_S = 0.2


@dataclass(frozen=True, slots=True)
class CardDesk:
    """`ask` runs a job on the station and waits for its answer; `stopping` ends the waiting for a printer."""

    ask: Callable[[Callable[[Station], PreparedCard | Refusal]], PreparedCard | Refusal]
    worker: PrintWorker
    staff: Staff
    stopping: Callable[[], bool]

    def prepare(self, person: PersonId) -> PreparedCard | Refusal:
        return self.ask(lambda station: prepare(station, person, self.staff, None))

    def print(self, prepared: object, batch: str, place: int) -> JobReport:
        if not isinstance(prepared, PreparedCard):
            raise TypeError("a batch prints what it has prepared")
        told: queue.SimpleQueue[PrintNews] = queue.SimpleQueue()
        order = PrintOrder(
            prepared.printer,
            prepared.document,
            told.put,
            instead_of=prepared.instead_of,
            label=prepared.label,
            batch=batch,
            place=place,
        )
        self.worker.submit(order)
        while not self.stopping():
            try:
                news = told.get(timeout=LOOK_EVERY_S)
            except queue.Empty:
                continue
            if news.error is not None and not isinstance(news.error, PrintingProblem):
                raise news.error
            if news.is_last:
                return news.report or JobReport(JobState.FAILED)
        return JobReport(JobState.SENT)

    def wait(self) -> bool:
        time.sleep(LOOK_EVERY_S)
        return not self.stopping()
