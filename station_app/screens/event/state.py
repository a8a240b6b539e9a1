"""What the page of today's event shows, already decided."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from station_app.screens.event.approval import Supervisor, Void
from station_app.words import Name, Phrase
from station_core.ids import EventId, MemberNo, RecordId, ServiceCode


@dataclass(frozen=True, slots=True)
class EventInfo:
    event_id: EventId
    name: str
    place: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Counts:
    """People and services are two counts: one person may have a haircut and a check-up."""

    people: int = 0
    services: int = 0
    joined: int = 0


@dataclass(frozen=True, slots=True)
class Stock:
    """One service of the event; `total` is None where it is not limited.

    `here` is what this station may still give out of it, `wanted` what it asked for and has not received.
    """

    service_id: ServiceCode
    service: Name
    given: int
    total: int | None = None
    here: int | None = None
    wanted: int = 0

    @property
    def remaining(self) -> int | None:
        """What is left, never below nought even where two counters gave out more than there was."""
        return None if self.total is None else max(0, self.total - self.given)


@dataclass(frozen=True, slots=True)
class RecentRow:
    """A service given; `member` is "" for passers-by.

    `may_undo`: by the same staff, a short while ago. Afterwards a supervisor may void it.
    """

    record_id: RecordId
    at: datetime
    member: str
    number: MemberNo | None
    service: Name
    staff: str
    may_undo: bool = False
    void: Void | None = None


class ConflictKind(StrEnum):
    OVER_USE = "over_use"
    OVER_STOCK = "over_stock"
    OVERDRAWN = "overdrawn"
    MERGED = "merged"
    REVOKED_CARD = "revoked_card"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What two counters did without knowing of each other. Nothing is lost; a person should look."""

    conflict_id: str
    kind: ConflictKind
    who: str
    what: Name | Phrase
    at: datetime


@dataclass(frozen=True, slots=True)
class EventState:
    event: EventInfo | None = None
    counts: Counts = Counts()
    stock: tuple[Stock, ...] = ()
    recent: tuple[RecentRow, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    events: tuple[EventInfo, ...] = ()
    supervisors: tuple[Supervisor, ...] = ()
    staff_is_supervisor: bool = False
    trouble: Phrase | None = None
