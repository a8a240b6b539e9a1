"""What the lock screen shows."""

from dataclasses import dataclass
from enum import StrEnum

from station_app.words import Name, Phrase
from station_core.ids import OperatorId


class PinProblem(StrEnum):
    WRONG = "wrong"
    NOT_ALLOWED = "not_allowed"
    """The PIN is right, but the person may not work at this station (any more)."""
    BAD_ANSWER = "bad_answer"
    """What was typed as the city's answer is no such code."""
    WRONG_ANSWER = "wrong_answer"
    """It is one, and not the answer to this challenge."""


@dataclass(frozen=True, slots=True)
class StoreLock:
    """The lease has run out, and no PIN opens the data: what is read out to the city, and how long its answer helps."""

    number: int
    challenge: str
    days: int


@dataclass(frozen=True, slots=True)
class StaffMember:
    operator: OperatorId
    name: str
    duty: Name | None = None


@dataclass(frozen=True, slots=True)
class LockState:
    station_name: str
    staff: tuple[StaffMember, ...] = ()
    chosen: OperatorId | None = None
    problem: PinProblem | None = None
    tries_left: int | None = None
    """How many wrong PINs are left before a wait; None where it need not be said."""
    wait_seconds: int = 0
    """Seconds until the next PIN is taken, after several wrong ones."""
    checking: bool = False
    """A PIN is being checked (it takes a moment on purpose)."""
    trouble: Phrase | None = None
    """Why the station cannot be opened, with the remedy; stands in for every other line."""
    locked: StoreLock | None = None
    days_left: int | None = None
    """Days until the data locks, where staff are to be warned."""
    may_set_up: bool = False
    """Nobody works here yet, and the device's own key opens the store: the first member of staff can be named."""

    @property
    def takes_pin(self) -> bool:
        return self.chosen is not None and self.locked is None and self._takes_anything

    @property
    def takes_answer(self) -> bool:
        return self.locked is not None and self._takes_anything

    @property
    def _takes_anything(self) -> bool:
        return self.wait_seconds == 0 and not self.checking

    def chosen_member(self) -> StaffMember | None:
        return next((each for each in self.staff if each.operator == self.chosen), None)
