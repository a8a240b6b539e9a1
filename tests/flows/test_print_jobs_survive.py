"""Print jobs through a power cut: none is lost, none comes out twice by itself, each asks a person."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from printing.printers import Document, Job, JobReport, JobState, Medium, Printer, Printers, PrintSystem, Reason
from printing.spool import ReprintReason, Spool, SpooledJob
from printing.spool.answers import came_out, give_up
from printing.spool.spool import KEPT_MS
from station_app.home.spool import station_spool
from station_app.workers.print_order import PrintOrder
from station_app.workers.print_worker import PrintWorker

PRINTED = JobReport(JobState.PRINTED)
KEY = bytes(range(32))
SECRET = "欧阳春兰".encode()
DOCUMENT = Document(b"%PDF-1.4 " + SECRET, "card-7f3a", Medium(85.6, 53.98))
FRONT = Printer("tray", "front", "")


class Tray(PrintSystem):
    """Keeps every document that it was given; says of each what `report` is."""

    name = "tray"

    def __init__(self, report: JobReport = PRINTED) -> None:
        self.report = report
        self.given: list[bytes] = []
        self.cancelled: list[str] = []
        self.asked = threading.Event()

    def discover(self) -> tuple[Printer, ...]:
        return (FRONT,)

    def submit(self, printer_name: str, document: Document) -> Job:
        self.given.append(document.pdf)
        return Job(self.name, printer_name, str(len(self.given)), document.title)

    def state(self, job: Job) -> JobReport:
        self.asked.set()
        return self.report

    def cancel(self, job: Job) -> None:
        self.cancelled.append(job.job_id)


def spool_in(folder: Path) -> Spool:
    return station_spool(folder, KEY)


def restarted(folder: Path, tray: Tray, *orders: PrintOrder, until: JobState | None = None) -> SpooledJob:
    """What the one job is after a worker has run on the folder's spool."""
    spool, reached = spool_in(folder), threading.Event()

    def looks() -> None:
        if until is None or any(job.state is until for job in spool.all()):
            reached.set()

    worker = PrintWorker(Printers([tray]), spool, poll_s=0.001, patience_s=0, changed=looks)
    worker.start()
    for order in orders:
        worker.submit(order)
    assert reached.wait(20)
    worker.stop()
    (job,) = spool.all()
    return job


_KILLED = """
import sys
from pathlib import Path
from printing.printers import *
from station_app.home.spool import station_spool
from station_app.workers.print_order import PrintOrder
from station_app.workers.print_worker import PrintWorker

class Cut(PrintSystem):
    name = "tray"
    def discover(self): return ()
    def submit(self, printer_name, document):
        if sys.argv[2] == "handing over":
            print("now", flush=True); sys.stdin.read()
        return Job("tray", printer_name, "1", document.title)
    def state(self, job):
        print("now", flush=True); sys.stdin.read()
    def cancel(self, job): pass

worker = PrintWorker(Printers([Cut()]), station_spool(Path(sys.argv[1]), bytes(range(32))))
worker.start()
pdf = b"%PDF-1.4 " + "欧阳春兰".encode()
worker.submit(PrintOrder(Printer("tray", "front", ""), Document(pdf, "card-7f3a", Medium(85.6, 53.98))))
worker._thread.join()
"""


def power_cut(folder: Path, when: str) -> None:
    """A station that is killed while it hands a card over, or while it waits for the printer."""
    child = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(folder), when], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"now\n"
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()


def test_cut_while_it_was_handed_over_nobody_knows_and_nothing_is_sent(tmp_path: Path) -> None:
    power_cut(tmp_path, "handing over")
    tray = Tray()
    job = restarted(tmp_path, tray, until=JobState.UNKNOWN)
    assert (job.state, job.reason, job.asks) == (JobState.UNKNOWN, Reason.STATION_STOPPED, True)
    assert tray.given == []
    assert job.document == DOCUMENT


@pytest.mark.parametrize(
    ("report", "asks"),
    [
        (JobReport(JobState.PRINTED), False),
        (JobReport(JobState.FAILED, Reason.JOB_ABORTED), True),
        (JobReport(JobState.UNKNOWN, Reason.JOB_FORGOTTEN), True),
    ],
)
def test_cut_while_it_printed_the_print_system_is_asked_again(tmp_path: Path, report: JobReport, asks: bool) -> None:
    power_cut(tmp_path, "waiting")
    tray = Tray(report)
    job = restarted(tmp_path, tray, until=report.state)
    assert (job.state, job.reason, job.asks) == (report.state, report.reason, asks)
    assert (job.pdf is None) is not asks
    assert tray.given == []


def test_what_was_not_handed_over_stays_queued_and_asks(tmp_path: Path) -> None:
    tray, spool = Tray(), spool_in(tmp_path)
    worker = PrintWorker(Printers([tray]), spool)
    worker.submit(PrintOrder(FRONT, DOCUMENT))
    worker._stopping = True  # the window is closed before the thread comes to it
    worker.start()
    worker.stop()
    job = restarted(tmp_path, tray)
    assert (job.state, job.asks, tray.given) == (JobState.QUEUED, True, [])
    assert restarted(tmp_path, tray, PrintOrder(FRONT, DOCUMENT), until=JobState.PRINTED).copies_tried == 1


def test_printed_again_takes_the_first_try_back_and_counts(tmp_path: Path) -> None:
    jammed = Tray(JobReport(JobState.UNKNOWN, Reason.JAM))
    restarted(tmp_path, jammed, PrintOrder(FRONT, DOCUMENT), until=JobState.UNKNOWN)
    tray = Tray()
    again = PrintOrder(FRONT, DOCUMENT, again=ReprintReason.SPOILED)
    job = restarted(tmp_path, tray, again, until=JobState.PRINTED)
    assert tray.cancelled == ["1"]
    assert (job.copies_tried, job.reprinted_for) == (2, (ReprintReason.SPOILED,))
    assert len(tray.given) == 1


def test_a_card_that_is_void_by_another_is_neither_asked_of_nor_printed(tmp_path: Path) -> None:
    jammed = Tray(JobReport(JobState.UNKNOWN, Reason.JAM))
    void = restarted(tmp_path, jammed, PrintOrder(FRONT, DOCUMENT), until=JobState.UNKNOWN)
    new, tray = Document(b"%PDF-1.4 new", "card-8e01", DOCUMENT.medium), Tray()
    worker, told = PrintWorker(Printers([tray]), spool_in(tmp_path), poll_s=0.001), threading.Event()
    worker.start()
    worker.submit(PrintOrder(FRONT, new, lambda news: told.set() if news.is_last else None, instead_of=(void.title,)))
    assert told.wait(20)
    worker.stop()
    after = spool_in(tmp_path).get(void.id)
    assert after is not None
    assert (after.asks, after.pdf, tray.cancelled, tray.given) == (False, None, ["1"], [new.pdf])


def test_a_person_says_how_it_ended(tmp_path: Path) -> None:
    jammed, spool = Tray(JobReport(JobState.UNKNOWN, Reason.JAM)), spool_in(tmp_path)
    job = restarted(tmp_path, jammed, PrintOrder(FRONT, DOCUMENT), until=JobState.UNKNOWN)
    settled = came_out(spool, job.id)
    assert settled is not None
    assert (settled.state, settled.asks, settled.pdf) == (JobState.UNKNOWN, False, None)
    assert came_out(spool, job.id) is None
    assert give_up(spool, Printers([jammed]), "nothing") is None


def test_what_is_given_up_cannot_come_out_later(tmp_path: Path) -> None:
    jammed, spool = Tray(JobReport(JobState.FAILED, Reason.JAM)), spool_in(tmp_path)
    job = restarted(tmp_path, jammed, PrintOrder(FRONT, DOCUMENT), until=JobState.FAILED)
    assert give_up(spool, Printers([jammed]), job.id) is not None
    assert jammed.cancelled == ["1"]


def test_nothing_of_a_person_lies_on_disk_in_the_clear(tmp_path: Path) -> None:
    power_cut(tmp_path, "waiting")
    (file,) = (tmp_path / "spool" / "jobs").iterdir()
    content = file.read_bytes()
    assert SECRET not in content
    assert b"card-7f3a" not in content
    assert os.name == "nt" or file.stat().st_mode & 0o077 == 0
    assert station_spool(tmp_path, bytes(32)).all() == ()
    file.write_bytes(content[:-1])
    assert spool_in(tmp_path).all() == ()


def test_what_is_settled_is_forgotten_after_a_month(tmp_path: Path) -> None:
    spool = spool_in(tmp_path)
    job = restarted(tmp_path, Tray(), PrintOrder(FRONT, DOCUMENT), until=JobState.PRINTED)
    spool.forget_old(job.at_ms + KEPT_MS)
    assert len(spool.all()) == 1
    spool.forget_old(job.at_ms + KEPT_MS + 1)
    assert spool.all() == ()
