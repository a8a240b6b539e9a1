"""Whether a person may join the union with what the registration form holds: a pure decision.

The form may be filled in anywhere, also with no network: what is known of others comes in as `Known`,
queried by the normalised ID number and phone (`id_number.parse`, `phone.parse`).
"""

import unicodedata
from dataclasses import dataclass
from datetime import date

from station_core.ids import DistrictCode, UnionCode
from station_core.people import id_number, names, phone
from station_core.people.application import Accepted, Application, Known, Refused
from station_core.people.id_number import IdNumber, IdNumberProblem
from station_core.people.names import InvalidName, NameProblem
from station_core.people.occupations import occupation
from station_core.people.phone import MobileNumber
from station_core.people.problems import Field, Problem, ProblemCode
from station_core.people.regions import divisions_of, region

MINIMUM_AGE = 16
"""Nobody younger may be employed (Labour Law, art. 15); members are workers (Trade Union Law, art. 3)."""

MAX_EMPLOYER_CHARACTERS = 100
MAX_PHOTO_BYTES = 512 * 1024
_PHOTO_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


@dataclass(frozen=True, slots=True)
class _Membership:
    union_code: UnionCode | None
    district_code: DistrictCode | None


def decide(application: Application, known: Known, today: date) -> Accepted | Refused:
    """Whether the person of `application` joins on `today`."""
    name = _name(application.name)
    number = _id_number(application.id_number, known, today)
    mobile = _phone(application, known)
    work = _occupation(application.occupation)
    employer = _employer(application.employer_or_platform)
    union = _union(application, known)
    consent = _consent(application.consent_version, known)
    photo = _photo(application.photo)
    if (
        isinstance(name, Problem)
        or isinstance(number, Problem)
        or isinstance(mobile, Problem)
        or isinstance(work, Problem)
        or isinstance(employer, Problem)
        or isinstance(union, Problem)
        or isinstance(consent, Problem)
        or isinstance(photo, Problem)
    ):
        found = (name, number, mobile, work, employer, union, consent, photo)
        return Refused(tuple(one for one in found if isinstance(one, Problem)))
    released_by = application.phone_released_by if known.with_phone else None
    return Accepted(
        name=name,
        id_number=number,
        phone=mobile,
        occupation=work,
        employer_or_platform=employer,
        union_code=union.union_code,
        district_code=union.district_code,
        consent_version=consent,
        photo=photo,
        phone_released_by=released_by,
        phone_release_reason=application.phone_release_reason if released_by else "",
        notices=id_number_notices(number),
    )


def _name(text: str) -> str | Problem:
    name = names.parse(text)
    if not isinstance(name, InvalidName):
        return name
    match name.problem:
        case NameProblem.EMPTY:
            return Problem(Field.NAME, ProblemCode.MISSING)
        case NameProblem.TOO_LONG:
            return Problem(Field.NAME, ProblemCode.TOO_LONG, {"limit": names.MAX_CHARACTERS})
        case NameProblem.CHARACTER:
            return Problem(Field.NAME, ProblemCode.NAME_CHARACTERS, _shown(name.character))
        case NameProblem.SHAPE:
            return Problem(Field.NAME, ProblemCode.NAME_SHAPE)


def _shown(character: str) -> dict[str, str | int]:
    """A character that a screen may have no glyph for, with its code point."""
    return {"character": character if character.isprintable() else "?", "code": f"U+{ord(character):04X}"}


def read_id_number(text: str, today: date) -> IdNumber | Problem:
    """The ID number that `text` holds, or what is wrong with it, whoever else may have it."""
    if not text.strip():
        return Problem(Field.ID_NUMBER, ProblemCode.MISSING)
    number = id_number.parse(text, today)
    if isinstance(number, IdNumberProblem):
        return Problem(Field.ID_NUMBER, ProblemCode(f"id_{number.value}"))
    return number


def age_problem(number: IdNumber, today: date) -> Problem | None:
    """Whether its bearer is too young to be a worker."""
    age = number.age_on(today)
    if age >= MINIMUM_AGE:
        return None
    return Problem(Field.ID_NUMBER, ProblemCode.UNDER_AGE, {"age": age, "minimum": MINIMUM_AGE})


def id_number_notices(number: IdNumber) -> tuple[Problem, ...]:
    """What is worth another look and holds nothing up."""
    return () if number.region else (Problem(Field.ID_NUMBER, ProblemCode.ID_REGION_UNKNOWN),)


def _id_number(text: str, known: Known, today: date) -> IdNumber | Problem:
    number = read_id_number(text, today)
    if isinstance(number, Problem):
        return number
    if known.with_id_number is not None:
        member_no = known.with_id_number.member_no
        return Problem(Field.ID_NUMBER, ProblemCode.ALREADY_MEMBER, {"member_no": member_no})
    return age_problem(number, today) or number


def _phone(application: Application, known: Known) -> MobileNumber | Problem:
    if not application.phone.strip():
        return Problem(Field.PHONE, ProblemCode.MISSING)
    number = phone.parse(application.phone)
    if number is None:
        return Problem(Field.PHONE, ProblemCode.PHONE_FORMAT)
    if known.with_phone and application.phone_released_by is None:
        return Problem(Field.PHONE, ProblemCode.PHONE_IN_USE, {"count": len(known.with_phone)})
    return number


def _occupation(code: str) -> str | Problem:
    if not code:
        return Problem(Field.OCCUPATION, ProblemCode.MISSING)
    return code if occupation(code) else Problem(Field.OCCUPATION, ProblemCode.OCCUPATION_UNKNOWN)


def _employer(text: str) -> str | Problem:
    employer = " ".join(unicodedata.normalize("NFC", text).split())
    if len(employer) > MAX_EMPLOYER_CHARACTERS:
        return Problem(Field.EMPLOYER, ProblemCode.TOO_LONG, {"limit": MAX_EMPLOYER_CHARACTERS})
    return employer


def _union(application: Application, known: Known) -> _Membership | Problem:
    if application.union_code is not None:
        if application.union_code not in known.union_codes:
            return Problem(Field.UNION, ProblemCode.UNION_UNKNOWN)
        return _Membership(application.union_code, None)
    if not application.district_code:
        return Problem(Field.UNION, ProblemCode.DISTRICT_MISSING)
    if not _has_transit_union(application.district_code):
        return Problem(Field.UNION, ProblemCode.DISTRICT_UNKNOWN)
    return _Membership(None, application.district_code)


def _has_transit_union(code: DistrictCode) -> bool:
    """Transit unions are those of today's counties and districts, and of cities without any (Dongguan)."""
    found = region(code)
    if found is None or found.retired is not None or found.is_province:
        return False
    return not divisions_of(code)


def _consent(version: str | None, known: Known) -> str | Problem:
    if version is None:
        return Problem(Field.CONSENT, ProblemCode.CONSENT_MISSING)
    if version != known.notice_version:
        return Problem(Field.CONSENT, ProblemCode.NOTICE_OUTDATED, {"version": known.notice_version})
    return version


def _photo(image: bytes | None) -> bytes | Problem | None:
    if image is None:
        return None
    if not image.startswith(_PHOTO_SIGNATURES):
        return Problem(Field.PHOTO, ProblemCode.PHOTO_FORMAT)
    if len(image) > MAX_PHOTO_BYTES:
        return Problem(Field.PHOTO, ProblemCode.PHOTO_TOO_LARGE, {"limit_kb": MAX_PHOTO_BYTES // 1024})
    return image
