"""Print jobs that ask a person, and batches of cards."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from printing.printers import JobState
from printing.spool import ReprintReason, SpooledJob
from station_app.flows.broadcast import Broadcast, Topic
from station_app.flows.print_queue import PrintQueue
from station_app.flows.session import Session
from station_app.flows.settings.page import SettingsPage
from station_app.flows.troubles import words_for
from station_app.screens.settings.state import Batch, JobRow, PrintJobs
from station_app.station.batch import BatchEnd, BatchPlan, new_plan
from station_app.station.station import Station
from station_app.words import Phrase
from station_app.workers.batch_worker import BatchNews
from station_app.workers.tasks import TaskRunner
from station_core.ids import MemberNo
from station_core.people import member_no


class JobKeeping(QObject):
    """`choose_list` asks for a file with member numbers, one a line."""

    def __init__(
        self,
        page: SettingsPage,
        queue: PrintQueue,
        tasks: TaskRunner,
        session: Session,
        broadcast: Broadcast,
        choose_list: Callable[[], Path | None],
    ) -> None:
        super().__init__(page.screen)
        self._page, self._queue, self._tasks, self._session = page, queue, tasks, session
        self._broadcast, self._choose_list = broadcast, choose_list
        self._plan: BatchPlan | None = None
        screen = page.screen
        screen.came_out.connect(lambda job: self._answer(lambda: queue.say_came_out(job)))
        screen.given_up.connect(lambda job: self._answer(lambda: queue.give_up(job)))
        screen.print_again_wanted.connect(
            lambda job, spoilt: self._answer(lambda: queue.print_again(job, _because(spoilt=spoilt)))
        )
        screen.batch_wanted.connect(self._begin)
        screen.batch_paused.connect(queue.pause_batch)
        screen.batch_resumed.connect(self._go_on)
        queue.changed.connect(self.refresh)
        queue.batch_moved.connect(self._moved)
        self.refresh()

    def refresh(self) -> None:
        self._tasks.in_background(self._queue.open_jobs, self._show_jobs)
        if self._plan is None:
            self._tasks.in_background(self._queue.open_batch, self._show_open)

    def _show_jobs(self, jobs: tuple[SpooledJob, ...]) -> None:
        self._show(rows=tuple(map(_row, jobs)))

    def _show_open(self, plan: BatchPlan | None) -> None:
        """What a start finds: one that was paused, or broken off."""
        if self._plan is None and plan is not None:
            self._plan = plan
            self._show(batch=_batch(plan, running=False))

    def _answer(self, job: Callable[[], None]) -> None:
        self._tasks.in_background(job, lambda _: self.refresh(), self._failed)

    def _begin(self) -> None:
        file = self._choose_list()
        if file is not None:
            self._tasks.in_background(lambda: _numbers(file), lambda numbers: self._look_up(file.stem, numbers))

    def _look_up(self, label: str, numbers: tuple[str, ...]) -> None:
        self._tasks.on_store(lambda station: _plan_for(station, label, numbers), self._keep)

    def _keep(self, found: "tuple[BatchPlan, tuple[str, ...]]") -> None:
        plan, unknown = found
        if unknown:
            self._show(trouble=Phrase("settings.jobs.unknown_numbers", {"numbers": "、".join(unknown[:5])}))
        elif not plan.people:
            self._show(trouble=Phrase("settings.jobs.empty_list"))
        else:
            self._tasks.in_background(lambda: self._queue.keep(plan), lambda _: self._run(plan), self._failed)

    def _go_on(self) -> None:
        if self._plan is not None:
            self._run(self._plan)

    def _run(self, plan: BatchPlan) -> None:
        self._plan = plan
        self._show(batch=_batch(plan, running=True), trouble=None)
        self._queue.run_batch(plan, self._session.require())

    def _moved(self, news: BatchNews) -> None:
        self._plan = news.plan
        self._show(batch=replace(_batch(news.plan, running=news.end is None), asks=news.end is BatchEnd.ASKS))
        self._broadcast.recorded(Topic.CARDS)
        if news.error is not None and not self._failed(news.error):
            self._tasks.report(news.error)
        if news.end is not None:
            self.refresh()

    def _failed(self, error: Exception) -> bool:
        words = words_for(error)
        if words is not None:
            self._show(trouble=words[1])
        return words is not None

    def _show(self, **changes: object) -> None:
        jobs: PrintJobs = replace(self._page.state.print_jobs, **changes)  # type: ignore[arg-type]
        self._page.show(print_jobs=jobs)


def _because(*, spoilt: bool) -> ReprintReason:
    return ReprintReason.SPOILED if spoilt else ReprintReason.DID_NOT_COME_OUT


def _row(job: SpooledJob) -> JobRow:
    reason = Phrase(f"printing.reason.{job.reason}") if job.reason else None
    state = Phrase(f"printing.state.{job.state}")
    sure = job.state is JobState.QUEUED
    return JobRow(job.id, job.label or job.title, state, reason, asks=job.asks, tries=job.copies_tried, not_sent=sure)


def _batch(plan: BatchPlan, *, running: bool) -> Batch:
    return Batch(plan.label, plan.done, len(plan.people), len(plan.left_out), running=running)


def _numbers(file: Path) -> tuple[str, ...]:
    """Raises PrintingProblem's kin only through the window's apology: a list that cannot be read is empty."""
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    return tuple(line.strip() for line in lines if line.strip())


def _plan_for(station: Station, label: str, numbers: tuple[str, ...]) -> tuple[BatchPlan, tuple[str, ...]]:
    """The plan, and the numbers that nobody has."""
    wanted = [member_no.parse(number) or MemberNo(number) for number in numbers]
    with station.store.reading() as view:
        known = view.people.by_member_nos(wanted)
    unknown = tuple(number for number in wanted if number not in known)
    people = [known[number].id for number in wanted if number in known]
    return new_plan(label, people, station.now_ms()), unknown
