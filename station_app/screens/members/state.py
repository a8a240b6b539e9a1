"""What the members page shows, already decided."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from station_app.screens.event.approval import Supervisor, Void
from station_app.words import Name, Phrase
from station_core.ids import MemberNo, PersonId, RecordId
from station_core.records.cards import RevocationReason
from station_core.records.people import Membership


class CardStatus(StrEnum):
    NONE = "none"
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One line of the results; `phone` shows the last digits only."""

    member_id: PersonId
    name: str
    number: MemberNo
    phone: str
    union: str


@dataclass(frozen=True, slots=True)
class HistoryRow:
    record_id: RecordId
    at: datetime
    service: Name
    place: str
    staff: str
    void: Void | None = None
    may_void: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    status: CardStatus = CardStatus.NONE
    issued: date | None = None
    expires: date | None = None
    revoked: date | None = None
    revoked_for: RevocationReason | None = None


@dataclass(frozen=True, slots=True)
class Personal:
    """What is masked until staff ask for it. `revealed` tells which of the two this is."""

    id_number: str = field(repr=False)
    phone: str = field(repr=False)
    birth_date: str = field(repr=False)
    revealed: bool = False


@dataclass(frozen=True, slots=True)
class MemberDetail:
    member_id: PersonId
    name: str
    number: MemberNo
    membership: Membership
    personal: Personal
    occupation: Name
    employer: str
    union: str
    joined: date | None = None
    card: Card = Card()
    history: tuple[HistoryRow, ...] = ()
    print_problem: Phrase | None = None
    printing: bool = False


@dataclass(frozen=True, slots=True)
class MembersState:
    """`rows` answer `asked`, which may lag behind what is typed; `more`: others fit too, and are not listed."""

    members_known: int = 0
    asked: str = ""
    searching: bool = False
    rows: tuple[MemberRow, ...] = ()
    more: bool = False
    detail: MemberDetail | None = None
    supervisors: tuple[Supervisor, ...] = ()
    staff_is_supervisor: bool = False
    trouble: Phrase | None = None
