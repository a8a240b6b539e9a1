"""The print worker on a printing system that says what a test wants it to."""

import threading
from collections.abc import Iterator

import pytest

from printing.printers import (
    Document,
    Job,
    JobReport,
    JobState,
    Medium,
    PdfFolder,
    Printer,
    Printers,
    PrintingProblem,
    PrintSystem,
    Reason,
)
from printing.spool import Spool
from station_app.home.spool import station_spool
from station_app.workers.print_order import PrintOrder
from station_app.workers.print_worker import PrintWorker

DOCUMENT = Document(b"%PDF-", "card-0000", Medium(85.6, 54))
SENT, PRINTING = JobReport(JobState.SENT), JobReport(JobState.PRINTING)
PRINTED, UNKNOWN = JobReport(JobState.PRINTED), JobReport(JobState.UNKNOWN, Reason.JOB_FORGOTTEN)
EMPTY = JobReport(JobState.SENT, Reason.OUT_OF_MEDIA)


class Scripted(PrintSystem):
    """Answers with one report after another, the last for ever."""

    name = "scripted"

    def __init__(self, *reports: JobReport) -> None:
        self.reports = list(reports)
        self.asked = 0

    def discover(self) -> tuple[Printer, ...]:
        return ()

    def submit(self, printer_name: str, document: Document) -> Job:
        if not self.reports:
            raise PrintingProblem(Reason.PRINTER_MISSING, printer_name)
        return Job(self.name, printer_name, "1")

    def cancel(self, job: Job) -> None:
        pass

    def state(self, job: Job) -> JobReport:
        self.asked += 1
        return self.reports.pop(0) if len(self.reports) > 1 else self.reports[0]


class Ear:
    """Keeps what it is told; `done` once the last was."""

    def __init__(self) -> None:
        self.heard = []
        self.done = threading.Event()

    def __call__(self, news) -> None:
        self.heard.append(news)
        if news.is_last:
            self.done.set()


@pytest.fixture
def spool(tmp_path) -> Spool:
    return station_spool(tmp_path, bytes(32))


@pytest.fixture
def started(spool) -> Iterator:
    workers = []

    def start(system: PrintSystem, patience_s: float = 0.0) -> PrintWorker:
        worker = PrintWorker(Printers([system]), spool, poll_s=0.001, patience_s=patience_s)
        worker.start()
        workers.append(worker)
        return worker

    yield start
    for worker in workers:
        worker.stop()


def printed_by(worker: PrintWorker, system: PrintSystem) -> Ear:
    ear = Ear()
    worker.submit(PrintOrder(Printer(system.name, "p", ""), DOCUMENT, ear))
    assert ear.done.wait(10)
    return ear


def test_each_change_is_told_once_until_the_system_says_printed(started):
    system = Scripted(SENT, SENT, EMPTY, EMPTY, PRINTING, PRINTED)
    ear = printed_by(started(system), system)
    assert [news.report for news in ear.heard] == [SENT, EMPTY, PRINTING, PRINTED]
    assert system.asked == 6


def test_unknown_for_a_moment_is_not_the_end(started):
    system = Scripted(UNKNOWN, UNKNOWN, SENT, UNKNOWN, PRINTED)
    ear = printed_by(started(system, patience_s=60), system)
    assert [news.report for news in ear.heard] == [SENT, PRINTED]


def test_unknown_for_long_ends_the_watch(started):
    system = Scripted(SENT, UNKNOWN)
    ear = printed_by(started(system), system)
    assert [news.report for news in ear.heard] == [SENT, UNKNOWN]


def test_what_is_not_taken_is_told_with_the_reason_and_the_next_is_printed(started, spool, tmp_path):
    missing, folder = Scripted(), PdfFolder(tmp_path / "cards")
    worker = PrintWorker(Printers([missing, folder]), spool)
    worker.start()
    assert printed_by(worker, missing).heard[0].error.reason is Reason.PRINTER_MISSING
    ear = printed_by(worker, folder)
    worker.stop()
    assert ear.heard[0].report == JobReport(JobState.PRINTED, Reason.SAVED_AS_FILE)
    assert folder.path_of(ear.heard[0].job).read_bytes() == DOCUMENT.pdf


def test_a_system_that_nobody_has_is_a_mistake_that_stops_nothing(started):
    system = Scripted(PRINTED)
    worker = started(system)
    ear = Ear()
    worker.submit(PrintOrder(Printer("no such system", "p", ""), DOCUMENT, ear))
    assert ear.done.wait(10)
    assert isinstance(ear.heard[0].error, KeyError)
    assert printed_by(worker, system).heard[0].report == PRINTED


def test_stopping_does_not_wait_for_an_open_job(started):
    system = Scripted(SENT)
    worker = started(system)
    told = threading.Event()
    worker.submit(PrintOrder(Printer(system.name, "p", ""), DOCUMENT, lambda _: told.set()))
    assert told.wait(10)
    worker.stop()
    assert not worker._thread.is_alive()
