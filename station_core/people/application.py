"""What the registration form holds, what is known of others, and what comes of both."""

from dataclasses import dataclass, field
from datetime import date

from station_core.ids import DistrictCode, MemberNo, OperatorId, PersonId, UnionCode
from station_core.people.id_number import IdNumber, Sex
from station_core.people.phone import MobileNumber
from station_core.people.problems import Problem


@dataclass(frozen=True, slots=True)
class Application:
    """The form as it was filled in. Personal fields stay out of `repr`.

    `union_code` None asks for the transit union (周转库) of `district_code`. `consent_version` is the
    version of the privacy notice that the person agreed to, None without consent. `phone_released_by` is the
    supervisor who confirmed that a phone in use by others is this person's too, for `phone_release_reason`; that
    they are one is for the caller to know. `photo` is JPEG or PNG.
    """

    name: str = field(repr=False)
    id_number: str = field(repr=False)
    phone: str = field(repr=False)
    occupation: str
    employer_or_platform: str = field(default="", repr=False)
    union_code: UnionCode | None = None
    district_code: DistrictCode | None = None
    consent_version: str | None = None
    photo: bytes | None = field(default=None, repr=False)
    phone_released_by: OperatorId | None = None
    phone_release_reason: str = ""


@dataclass(frozen=True, slots=True)
class KnownMember:
    person_id: PersonId
    member_no: MemberNo


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows of others: who has this ID number, and who uses this phone.

    `notice_version` and `union_codes` are the city's current ones.
    """

    notice_version: str
    union_codes: frozenset[UnionCode] = frozenset()
    with_id_number: KnownMember | None = None
    with_phone: tuple[KnownMember, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What is to be recorded, normalised. `transit`: joined through the transit union of `district_code`.

    `phone_released_by` and `phone_release_reason` are set only where the phone was in use and a supervisor
    released it. `notices` hold nothing up.
    """

    name: str = field(repr=False)
    id_number: IdNumber
    phone: MobileNumber = field(repr=False)
    occupation: str
    employer_or_platform: str = field(repr=False)
    union_code: UnionCode | None
    district_code: DistrictCode | None
    consent_version: str
    photo: bytes | None = field(repr=False)
    phone_released_by: OperatorId | None
    phone_release_reason: str
    notices: tuple[Problem, ...]

    @property
    def birth_date(self) -> date:
        return self.id_number.birth_date

    @property
    def sex(self) -> Sex:
        return self.id_number.sex

    @property
    def transit(self) -> bool:
        return self.union_code is None


@dataclass(frozen=True, slots=True)
class Refused:
    """Every problem found, at most one a field, in the order of the form."""

    problems: tuple[Problem, ...]
