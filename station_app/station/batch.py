"""Many cards one after another, for an event: a plan on disk, and going on with it wherever it stopped."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

import msgspec

from printing.printers import JobReport, JobState, PrintingProblem
from printing.refusals import PrintRefusal
from printing.spool import SealedFiles, Spool, SpooledJob
from station_app.home.spool import StoreKeyBox
from station_core.credential.card import CardTooLarge
from station_core.desk.refusal import Refusal
from station_core.ids import PersonId


class LeftOut(msgspec.Struct, frozen=True):
    """A card that cannot be printed, whatever the printer. `why` is a refusal's code."""

    place: int
    why: str


class BatchPlan(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to have a card, in this order. How far it has come is what the spool's jobs say."""

    id: str
    at_ms: int
    label: str
    people: tuple[bytes, ...]
    left_out: tuple[LeftOut, ...] = ()
    done: int = 0
    """So many from the front are printed, settled by a person, or left out."""

    @property
    def is_over(self) -> bool:
        return self.done >= len(self.people)


class BatchEnd(StrEnum):
    """Why a batch does not go on by itself."""

    OVER = "over"
    PAUSED = "paused"
    ASKS = "asks"
    """A job of it waits for a person's word: see the list of jobs."""


class BatchDesk(Protocol):
    """What a batch needs of the station. All calls may block."""

    def prepare(self, person: PersonId) -> object:
        """What `print` takes, or a Refusal. Raises PrintRefusal and CardTooLarge."""

    def print(self, prepared: object, batch: str, place: int) -> JobReport:
        """The last that is told of the job, or where it stands when the desk stops. Raises PrintingProblem."""

    def wait(self) -> bool:
        """A moment, for a job that was under way already; False when the desk stops."""


@dataclass(frozen=True, slots=True)
class BatchPrinting:
    """Runs one plan at a time: the next card is issued when the one before came out, so that a pause, a jam and a
    power cut leave no stack of unprinted cards behind."""

    plans: SealedFiles[BatchPlan]
    spool: Spool
    desk: BatchDesk

    def run(self, plan: BatchPlan, show: Callable[[BatchPlan], None], is_paused: Callable[[], bool]) -> BatchEnd:
        """From where the plan stands to its end, a pause, or a job that asks."""
        while True:
            show(plan)
            if plan.is_over:
                return BatchEnd.OVER
            if is_paused():
                return BatchEnd.PAUSED
            step = self._step(plan)
            if step is None:
                return BatchEnd.ASKS
            plan = step
            self.plans.put(plan.id, plan)

    def _step(self, plan: BatchPlan) -> BatchPlan | None:
        """The plan after its next card; None where a person must look first."""
        before = self._job_of(plan)
        if before is not None:
            return msgspec.structs.replace(plan, done=plan.done + 1) if before.settled else None
        try:
            prepared = self.desk.prepare(PersonId(plan.people[plan.done]))
        except (PrintRefusal, CardTooLarge) as error:
            return _leaving_out(plan, str(getattr(error, "code", "card_too_large")))
        if isinstance(prepared, Refusal):
            return _leaving_out(plan, str(prepared.code))
        try:
            report = self.desk.print(prepared, plan.id, plan.done)
        except PrintingProblem:
            return None
        return msgspec.structs.replace(plan, done=plan.done + 1) if report.state is JobState.PRINTED else None

    def _job_of(self, plan: BatchPlan) -> SpooledJob | None:
        """Of the next card, where a run before this one has ordered it: once its end is known, or it asks."""
        while True:
            job = self.spool.of_batch(plan.id).get(plan.done)
            if job is None or job.settled or job.asks or not self.desk.wait():
                return job


def _leaving_out(plan: BatchPlan, why: str) -> BatchPlan:
    left_out = (*plan.left_out, LeftOut(plan.done, why))
    return msgspec.structs.replace(plan, left_out=left_out, done=plan.done + 1)


def new_plan(label: str, people: Iterable[PersonId], at_ms: int) -> BatchPlan:
    """Each person once, in the order given."""
    return BatchPlan(id=secrets.token_hex(4), at_ms=at_ms, label=label, people=tuple(dict.fromkeys(people)))


def batch_plans(home: Path, store_key: bytes) -> SealedFiles[BatchPlan]:
    return SealedFiles(home / "spool" / "batches", StoreKeyBox(store_key), "batch", BatchPlan)


def asking(spool: Spool, plan: BatchPlan) -> SpooledJob | None:
    """The job that keeps the plan from going on."""
    job = spool.of_batch(plan.id).get(plan.done)
    return job if job is not None and not job.settled else None
