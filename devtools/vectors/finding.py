"""What came of a case, step by step."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Outcome(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    DISPUTED = "disputed"
    """It did not come out as stated, and the vectors' own list of known issues says that what is stated is wrong."""
    NOT_JUDGED = "not_judged"
    """Nothing is stated that the product has to do; the step says what."""
    UNKNOWN = "unknown"
    """Of no layout that is known here."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that had to come out. `detail` says what came instead, or why nothing was judged."""

    name: str
    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A case is one file. `layout` names the set that it belongs to."""

    file: Path
    layout: str
    steps: tuple[Step, ...]

    @property
    def outcome(self) -> Outcome:
        """A case passes where at least one step was judged and every one that was came out."""
        found = {step.outcome for step in self.steps}
        order = (Outcome.UNKNOWN, Outcome.FAILED, Outcome.DISPUTED, Outcome.PASSED)
        return next((outcome for outcome in order if outcome in found), Outcome.NOT_JUDGED)


def expect(name: str, came: object, stated: object) -> Step:
    """The step `name`, which came out as `came` where `stated` is what had to come."""
    if came == stated:
        return Step(name, Outcome.PASSED)
    return Step(name, Outcome.FAILED, f"{_short(came)} came, {_short(stated)} was stated")


def not_judged(name: str, why: str) -> Step:
    return Step(name, Outcome.NOT_JUDGED, why)


def attempted(work: Callable[[], object], refusals: type[Exception] | tuple[type[Exception], ...]) -> object:
    """What `work` answers, or the refusal itself: a value that equals no stated one."""
    try:
        return work()
    except refusals as refusal:
        return refusal


def counts(findings: Iterable[Finding]) -> dict[Outcome, int]:
    total = dict.fromkeys(Outcome, 0)
    for finding in findings:
        total[finding.outcome] += 1
    return total


def _short(value: object) -> str:
    shown = f"{type(value).__name__}: {value}" if isinstance(value, Exception) else repr(value)
    return shown if len(shown) <= 160 else f"{shown[:157]}…"
