"""What the page of the exchange shows, already decided: what waits, what went, what is in the way."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from station_app.words import Phrase
from station_core.ids import RecordId


class RecordKind(StrEnum):
    """The kinds of records that a person can count; all others are OTHER."""

    MEMBER = "member"
    SERVICE = "service"
    VOID = "void"
    CARD = "card"
    REVOCATION = "revocation"
    EVENT = "event"
    STAFF = "staff"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Waiting:
    kind: RecordKind
    count: int


@dataclass(frozen=True, slots=True)
class Trouble:
    """The last error in words, and what a person can do about it."""

    what: Phrase
    remedy: Phrase
    at: datetime


class Phase(StrEnum):
    CONNECTING = "connecting"
    SENDING = "sending"
    RECEIVING = "receiving"
    WRITING = "writing"
    CHECKING = "checking"
    TAKING = "taking"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running exchange is. `total` is 0 while it is not known."""

    phase: Phase
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that is kept but not counted, with its reason."""

    record_id: RecordId
    at: datetime
    source: str
    kind: RecordKind
    reason: Phrase


class PeerKind(StrEnum):
    CITY = "city"
    STATION = "station"


@dataclass(frozen=True, slots=True)
class Peer:
    name: str
    kind: PeerKind
    address: str
    heard: datetime | None
    reachable: bool


class Standing(StrEnum):
    """What the city's certificate for this device is worth today."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_ENROLLED = "not_enrolled"


@dataclass(frozen=True, slots=True)
class Device:
    device_id: str
    standing: Standing
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class SyncState:
    device: Device
    city_address: str = ""
    waiting: tuple[Waiting, ...] = ()
    sent: int = 0
    received: int = 0
    last_success: datetime | None = None
    next_try: datetime | None = None
    trouble: Trouble | None = None
    progress: Progress | None = None
    set_aside: tuple[SetAside, ...] = ()
    peers: tuple[Peer, ...] = ()

    @property
    def waiting_total(self) -> int:
        return sum(one.count for one in self.waiting)
