"""Why the counter says no."""

from dataclasses import dataclass
from enum import StrEnum

from station_core.catalogue import AnswerProblem
from station_core.entitlement import Entitlement


class RefusalCode(StrEnum):
    """The texts are ``desk.refusal.<code>``."""

    NOT_ENTITLED = "not_entitled"
    ANSWERS = "answers"
    QUANTITY = "quantity"
    ALREADY_VOIDED = "already_voided"
    UNDO_TOO_LATE = "undo_too_late"
    UNDO_NOT_YOURS = "undo_not_yours"
    NEEDS_SUPERVISOR = "needs_supervisor"
    NEEDS_REASON = "needs_reason"
    NOT_SERVED = "not_served"


@dataclass(frozen=True, slots=True)
class Refusal:
    """`entitlement` stands with NOT_ENTITLED and QUANTITY and says why; `problems` stand with ANSWERS."""

    code: RefusalCode
    entitlement: Entitlement | None = None
    problems: tuple[AnswerProblem, ...] = ()
