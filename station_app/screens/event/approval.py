"""What it takes to undo or release something that staff alone may not: a reason and a supervisor."""

from dataclasses import dataclass, field
from datetime import datetime

from station_app.words import Phrase
from station_core.ids import OperatorId


@dataclass(frozen=True, slots=True)
class Supervisor:
    staff_id: OperatorId
    name: str


@dataclass(frozen=True, slots=True)
class Approval:
    """A reason in words, and who answers for it.

    `supervisor_id` and `pin` are None where the person at the counter is a supervisor and already unlocked.
    """

    reason: str
    supervisor_id: OperatorId | None = None
    pin: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Void:
    """Why, by whom and when a record was declared void. The record itself stays."""

    reason: str | Phrase
    by: str
    at: datetime
