"""What the counter shows: one outcome across the top, and one view beneath it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from station_app.screens.counter.form_state import FormState
from station_app.words import Name, Phrase
from station_core.ids import MemberNo, PersonId, ServiceCode


class Camera(StrEnum):
    LIVE = "live"
    STARTING = "starting"
    MISSING = "missing"
    OFF = "off"


class Happened(StrEnum):
    """Everything that the counter can have to tell. Texts go by the same words (counter.outcome.…)."""

    VALID = "valid"
    JOINED = "joined"
    PENDING = "pending"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_MEMBER = "not_member"
    RECORDED = "recorded"
    UNDONE = "undone"
    NOT_RECORDED = "not_recorded"
    CODE_UNKNOWN = "code_unknown"
    CODE_FORGED = "code_forged"
    CODE_ISSUER_UNKNOWN = "code_issuer_unknown"
    CODE_EXPIRED = "code_expired"
    CODE_REVOKED = "code_revoked"
    CODE_NOT_YET_VALID = "code_not_yet_valid"
    CODE_ISSUER_REVOKED = "code_issuer_revoked"
    CODE_DAMAGED = "code_damaged"
    CODE_FOREIGN = "code_foreign"
    SEVERAL_CODES = "several_codes"
    SEVERAL_PEOPLE = "several_people"
    NOBODY_FOUND = "nobody_found"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One thing that happened. `serial` grows with each, so that a state shown twice sounds once.

    `params` fill the outcome's texts: ``service`` for recorded, undone and not recorded, with ``why`` for
    the last; ``until`` (a date) for expired and code expired; ``since`` for code not yet
    valid; ``query`` for nobody found.
    """

    happened: Happened
    serial: int
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person in a list: as bystanders may read it."""

    person: PersonId
    masked_name: str
    member_no: MemberNo | None
    detail: str | Name | Phrase = ""
    trailing: str | Name | Phrase = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Nobody at the counter: the camera looks, the search field waits."""

    camera: Camera = Camera.LIVE
    recent: tuple[PersonLine, ...] = ()
    hint: Phrase | None = None
    """What is wrong with the camera's picture, and what to do."""


class Verdict(StrEnum):
    """What may be done with one service for this person, now."""

    ALLOWED = "allowed"
    USED_UP = "used_up"
    NOT_FOR_YOU = "not_for_you"
    NONE_LEFT = "none_left"
    RECORDING = "recording"
    RECORDED = "recorded"


class Period(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    EVENT = "event"
    EVER = "ever"


@dataclass(frozen=True, slots=True)
class Tile:
    service: ServiceCode
    name: Name
    icon: str
    verdict: Verdict
    remaining: int | None = None
    """Allowed: how often still within `period`; None where there is no limit."""
    period: Period | None = None
    again_on: date | None = None
    """Used up: the first day on which it may be had again; None for never."""
    why: Phrase | Name | None = None
    """Not for you: the reason in words."""
    stock_left: int | None = None
    undo_seconds: int = 0
    """Recorded: how long it can still be undone here; 0 where it cannot."""
    asks: bool = False
    """A short form comes before it is recorded."""


@dataclass(frozen=True, slots=True)
class Person:
    person: PersonId
    masked_name: str
    full_name: str
    member_no: MemberNo | None = None
    union: str = ""
    occupation: Name | None = None
    valid_until: date | None = None
    phone_tail: str = ""
    """The last four digits, to ask back for."""
    photo: bytes | None = field(default=None, repr=False)
    """JPEG or PNG."""


@dataclass(frozen=True, slots=True)
class PersonShown:
    person: Person
    tiles: tuple[Tile, ...] = ()
    why_none: Phrase = Phrase("counter.person.no_services")
    """What stands where the tiles would be, when there are none."""
    may_print_card: bool = False
    may_register: bool = False
    """Known here, but not a member: registration is offered beside the services."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A code that names nobody we may serve by it, or a search without a match: register, search, go on."""

    read_text: str = ""
    """What the code says, shortened; empty where it is better not shown."""
    may_register: bool = True


@dataclass(frozen=True, slots=True)
class CodeChoice:
    code: str
    """Given back as it is."""
    what: Phrase | Name | str
    detail: Phrase | Name | str = ""
    outline: tuple[tuple[float, float], ...] = ()
    """Its corners in the picture that is shown beside the list; none where no camera saw it."""


@dataclass(frozen=True, slots=True)
class SeveralCodes:
    """The biggest comes first. The picture that they lie in comes by its own way (`CounterScreen.show_still`)."""

    choices: tuple[CodeChoice, ...]


@dataclass(frozen=True, slots=True)
class SeveralPeople:
    people: tuple[PersonLine, ...]
    more: int = 0
    """How many matched beyond those that are listed."""


View = Waiting | PersonShown | Stranger | SeveralCodes | SeveralPeople


@dataclass(frozen=True, slots=True)
class CounterState:
    view: View
    outcome: Outcome | None = None
    form: FormState | None = None
    """The short form that stands open before a service is recorded."""
