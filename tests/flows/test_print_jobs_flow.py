"""Print jobs and batches from the settings: what a person answers is what happens, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.stations import MEMBERS

from printing.printers import (
    Document,
    Job,
    JobReport,
    JobState,
    Medium,
    PdfFolder,
    Printer,
    Printers,
    PrintSystem,
    Reason,
)
from printing.spool import SpooledJob
from station_app.flows.print_queue import PrintQueue
from station_app.flows.settings.page import SettingsPage
from station_app.flows.settings.print_jobs import JobKeeping
from station_app.home.spool import station_spool
from station_app.screens.settings.screen import SettingsScreen
from station_app.screens.settings.state import PrintJobs, SettingsState, StationFacts
from station_app.station.settings import PRINTER_SETTING
from station_app.words import Phrase

FACTS = StationFacts("", "", "", "", "", 0, 0)
DOCUMENT = Document(b"%PDF-1.4", "card-00aa", Medium(85.6, 53.98))


class Held(PrintSystem):
    """Takes a job and reports what `report` is."""

    name = "held"

    def __init__(self) -> None:
        self.report = JobReport(JobState.PRINTING)
        self.given: list[str] = []

    def discover(self) -> tuple[Printer, ...]:
        return (Printer(self.name, "front", ""),)

    def submit(self, printer_name: str, document: Document) -> Job:
        self.given.append(document.title)
        return Job(self.name, printer_name, str(len(self.given)), document.title)

    def state(self, job: Job) -> JobReport:
        return self.report

    def cancel(self, job: Job) -> None:
        pass


class Jobs:
    def __init__(self, desk, qtbot) -> None:
        self.desk, self.qtbot, self.system = desk, qtbot, Held()
        self.screen = SettingsScreen()
        qtbot.addWidget(self.screen)
        self.page = SettingsPage(self.screen, SettingsState(FACTS))
        self.list: Path | None = None
        home, key = desk.made.home, desk.made.store_key
        printers = Printers([self.system, PdfFolder(home / "cards")])
        self.queue = PrintQueue(home, key, printers, desk.store, desk.tasks)
        self.flow = JobKeeping(self.page, self.queue, desk.tasks, desk.session, desk.broadcast, lambda: self.list)

    @property
    def state(self) -> PrintJobs:
        return self.page.state.print_jobs

    def wait(self, is_so) -> PrintJobs:
        self.qtbot.waitUntil(lambda: is_so(self.state), timeout=20_000)
        return self.state


@pytest.fixture
def left_open(desk) -> SpooledJob:
    """What a power cut left."""
    job = SpooledJob(
        id="00aa",
        at_ms=1,
        title=DOCUMENT.title,
        label="欧阳春兰",
        system="folder",
        printer="pdf",
        width_mm=85.6,
        height_mm=53.98,
        pdf=DOCUMENT.pdf,
    )
    unknown = job.reported(JobReport(JobState.UNKNOWN, Reason.STATION_STOPPED))
    return station_spool(desk.made.home, desk.made.store_key).put(unknown)


@pytest.fixture
def jobs(desk, qtbot) -> Iterator[Jobs]:
    made = Jobs(desk, qtbot)
    yield made
    made.queue.stop()


def printed(jobs: Jobs) -> list[Path]:
    return list((jobs.desk.made.home / "cards").glob("*.pdf"))


def test_what_asks_is_shown_by_name_and_goes_with_the_answer(left_open: SpooledJob, jobs: Jobs) -> None:
    (row,) = jobs.wait(lambda state: bool(state.rows)).rows
    assert (row.name, row.asks, row.reason) == ("欧阳春兰", True, Phrase("printing.reason.station_stopped"))
    jobs.screen.jobs.lines["00aa"].yes.click()
    jobs.wait(lambda state: not state.rows)
    assert printed(jobs) == []


def test_printed_again_only_when_a_person_says_so(left_open: SpooledJob, jobs: Jobs) -> None:
    jobs.wait(lambda state: bool(state.rows))
    assert printed(jobs) == []
    jobs.screen.jobs.lines["00aa"].spoilt.click()
    jobs.wait(lambda state: not state.rows)
    assert len(printed(jobs)) == 1
    (job,) = station_spool(jobs.desk.made.home, jobs.desk.made.store_key).all()
    assert (job.state, job.copies_tried, job.reprinted_for) == (JobState.PRINTED, 2, ("spoiled",))


def write_list(jobs: Jobs, tmp_path: Path, *numbers: str) -> None:
    jobs.list = tmp_path / "春季活动.txt"
    jobs.list.write_text("\n".join(numbers), encoding="utf-8")


def choose_held(desk) -> None:
    def choose(station) -> None:
        with station.store.writing() as tx:
            tx.local.set_setting(PRINTER_SETTING, "held/front")

    desk.ask(choose)


def test_a_batch_pauses_after_the_card_in_the_printer_and_goes_on(jobs: Jobs, desk, tmp_path: Path) -> None:
    choose_held(desk)
    write_list(jobs, tmp_path, *(member.number for member in MEMBERS))
    jobs.screen.jobs.batch.start.click()
    jobs.qtbot.waitUntil(lambda: len(jobs.system.given) == 1, timeout=20_000)
    jobs.screen.jobs.batch.pause.click()
    jobs.system.report = JobReport(JobState.PRINTED)
    batch = jobs.wait(lambda state: state.batch is not None and not state.batch.running).batch
    assert batch is not None
    assert (batch.name, batch.done, batch.whole) == ("春季活动", 1, 4)
    assert len(jobs.system.given) == 1
    jobs.qtbot.waitUntil(lambda: not jobs.queue.batch_runs)
    jobs.screen.jobs.batch.resume.click()
    jobs.wait(lambda state: state.batch is not None and state.batch.done == 4 and not state.batch.running)
    assert len(set(jobs.system.given)) == 4


def test_a_batch_stands_still_at_a_card_that_nobody_knows_of(jobs: Jobs, desk, tmp_path: Path) -> None:
    choose_held(desk)
    jobs.system.report = JobReport(JobState.FAILED, Reason.JAM)
    write_list(jobs, tmp_path, MEMBERS[0].number, MEMBERS[1].number)
    jobs.screen.batch_wanted.emit()
    state = jobs.wait(
        lambda state: state.batch is not None and state.batch.asks and any(row.asks for row in state.rows)
    )
    assert state.batch is not None
    assert (state.batch.done, state.rows[0].name, state.rows[0].asks) == (0, MEMBERS[0].name, True)
    assert len(jobs.system.given) == 1


def test_a_list_with_a_number_that_nobody_has_prints_nothing(jobs: Jobs, tmp_path: Path) -> None:
    write_list(jobs, tmp_path, MEMBERS[0].number, "SY999999")
    jobs.screen.batch_wanted.emit()
    trouble = jobs.wait(lambda state: state.trouble is not None).trouble
    assert trouble == Phrase("settings.jobs.unknown_numbers", {"numbers": "SY999999"})
    write_list(jobs, tmp_path, "")
    jobs.screen.batch_wanted.emit()
    jobs.wait(lambda state: state.trouble == Phrase("settings.jobs.empty_list"))
    assert printed(jobs) == []
