"""What the registration page shows, already decided.

The form owns what is being typed: a state carries answers about it, never the text back, so that a slow answer
cannot overwrite the next keystroke. Only a new `form` number empties the form and fills in `prefill`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from station_app.screens.event.approval import Supervisor
from station_app.words import Name, Phrase
from station_core.ids import MemberNo, PersonId, UnionCode
from station_core.people.id_number import Sex
from station_core.people.problems import Field, Problem


@dataclass(frozen=True, slots=True)
class IdCheck:
    """What the ID number `number` says (GB 11643): a problem, or the birth date, age and sex.

    `notice` is worth another look and holds nothing up.
    """

    number: str = field(repr=False)
    problem: Problem | None = None
    birth_date: date | None = field(default=None, repr=False)
    age: int = 0
    sex: Sex | None = None
    notice: Problem | None = None


@dataclass(frozen=True, slots=True)
class Occupation:
    code: str
    label: Name


@dataclass(frozen=True, slots=True)
class UnionChoice:
    """A union organisation to join. `above` names the unions over it, for telling namesakes apart."""

    code: UnionCode
    name: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class PrivacyNotice:
    version: str
    text: Name


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it is filled in now. `consent_version` is the notice that was agreed to, None without consent."""

    name: str = field(default="", repr=False)
    id_number: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    occupation: str | None = None
    employer: str = field(default="", repr=False)
    union: UnionChoice | None = None
    consent_version: str | None = None


class FoundBy(StrEnum):
    ID_NUMBER = "id_number"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A member who has this ID number or phone already; name and phone are masked.

    An ID number is never released. A phone can be, by a supervisor: people hand numbers on.
    """

    found_by: FoundBy
    member_id: PersonId
    name: str
    number: MemberNo
    phone: str
    union: str
    joined: date | None = None
    """None where only a roster tells of them."""

    @property
    def releasable(self) -> bool:
        return self.found_by is FoundBy.PHONE


class PhotoStage(StrEnum):
    NONE = "none"
    LIVE = "live"
    TAKEN = "taken"
    NO_CAMERA = "no_camera"


@dataclass(frozen=True, slots=True)
class Photo:
    """`image` is the encoded picture (JPEG or PNG) once it is taken; live frames come by their own way."""

    stage: PhotoStage = PhotoStage.NONE
    image: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Registered:
    """The person who has just become a member. `print_problem` says why no card can be printed."""

    member_id: PersonId
    number: MemberNo
    name: str
    union: str
    print_problem: Phrase | None = None
    printing: bool = False


@dataclass(frozen=True, slots=True)
class RegistrationState:
    form: int
    occupations: tuple[Occupation, ...]
    transit_union: UnionChoice | None
    """The station's district's, for who has no employer's union; None while its list has not arrived."""
    notice: PrivacyNotice | None
    """None while none has arrived; nobody can consent to it then."""
    prefill: Draft = Draft()
    id_check: IdCheck | None = None
    unions_asked: str = ""
    unions_found: tuple[UnionChoice, ...] = ()
    problems: tuple[Problem, ...] = ()
    duplicate: Duplicate | None = None
    photo: Photo = Photo()
    saving: bool = False
    trouble: Phrase | None = None
    registered: Registered | None = None
    supervisors: tuple[Supervisor, ...] = ()
    staff_is_supervisor: bool = False

    def problem_of(self, field: Field) -> Problem | None:
        return next((one for one in self.problems if one.field is field), None)
