"""What queries answer with: frozen values, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from station_core.clock import HybridTime
from station_core.credential.certificate import Role
from station_core.ids import (
    CardId,
    DistrictCode,
    EventId,
    MemberNo,
    OperatorId,
    PersonId,
    RecordId,
    ServiceCode,
    UnionCode,
    WriterId,
)
from station_core.records.people import Membership
from station_core.records.services import Answer


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as the fields stand now. `merged` are other records of the same person, whose history counts too."""

    id: PersonId
    member_no: MemberNo | None
    name: str
    id_number: str
    phone: str
    occupation: str
    employer: str
    union: UnionCode | None
    district: DistrictCode | None
    household: str
    groups: frozenset[str]
    membership: Membership
    consent: str
    registered_at: HybridTime
    registered_by: WriterId
    merged: tuple[PersonId, ...] = ()

    @property
    def all_ids(self) -> tuple[PersonId, ...]:
        return (self.id, *self.merged)


@dataclass(frozen=True, slots=True)
class MergedPerson:
    """Somebody with `others` records beside the canonical one; `at` is when the latest of these was registered."""

    person: PersonId
    others: int
    at: HybridTime


@dataclass(frozen=True, slots=True)
class Voiding:
    at: HybridTime
    reason: str
    operator: OperatorId


@dataclass(frozen=True, slots=True)
class Given:
    """A service record; `voided` where it does not count any more."""

    id: RecordId
    person: PersonId | None
    member_no: MemberNo | None
    service: ServiceCode
    on: date
    event: EventId | None
    quantity: int
    operator: OperatorId
    answers: dict[str, Answer]
    at: HybridTime
    writer: WriterId
    voided: Voiding | None


@dataclass(frozen=True, slots=True)
class Card:
    """An issued card; `revocation` is the reason code of one that was taken back at `revoked_at`."""

    id: CardId
    person: PersonId
    issued_on: date
    expires_on: date
    at: HybridTime
    writer: WriterId
    revocation: str | None
    revoked_at: HybridTime | None


@dataclass(frozen=True, slots=True)
class Writer:
    """A device as this store knows it; the fields from `role` on are absent while no certificate has arrived."""

    id: WriterId
    last_seq: int
    last_at: HybridTime
    revoked_since: HybridTime | None
    revoked_reason: str | None
    role: Role | None
    label: str
    district: DistrictCode | None
    number: int | None
    valid_from_ms: int | None
    valid_until_ms: int | None
    certificate: bytes | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """An entry that is held but not folded."""

    writer: WriterId
    seq: int
    kind: str
    at: HybridTime
    reason: str


@dataclass(frozen=True, slots=True)
class Counts:
    """What two stores that hold the same records must agree on. `people` counts each person once."""

    people: int
    services: int
    voided: int
    cards: int
    cards_revoked: int
    events: int
    entries: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class PeerState:
    """What is known of the exchange with another store. `error` is a reason code, None after a success."""

    peer: str
    tried_ms: int | None = None
    succeeded_ms: int | None = None
    error: str | None = None
    clock_offset_ms: int | None = None
    sent_entries: int = 0
    received_entries: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a peer said at `made_ms`, by its clock, to hold.

    `heads`: the last entry of each journal that it holds as this store does; `open`: journals of which it holds more.
    """

    made_ms: int
    heads: Mapping[WriterId, int]
    open: frozenset[WriterId]
