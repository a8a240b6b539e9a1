"""What the registration page asks of the station; all of it runs on the store's thread, save the live checks."""

from dataclasses import dataclass, replace
from datetime import date

from db.values import Person
from db.view import View
from resources.texts import Language
from station_app.flows.people_words import joined_on
from station_app.screens.registration.state import (
    Draft,
    Duplicate,
    FoundBy,
    IdCheck,
    Occupation,
    PrivacyNotice,
    Registered,
    UnionChoice,
)
from station_app.station.joining import Joining, published_unions, union_name
from station_app.station.station import Station
from station_app.words import Name
from station_core.desk.staff import Staff
from station_core.people import joining, names, occupations, phone, regions
from station_core.people.application import Application, Refused
from station_core.people.id_number import IdNumber
from station_core.people.problems import Problem
from station_core.records.documents import UnionOrganisation

UNIONS_LISTED = 20
_ID_CHARACTERS = 18


@dataclass(frozen=True, slots=True)
class Offered:
    """What the city has published and the form offers."""

    transit_union: UnionChoice | None
    notice: PrivacyNotice | None


@dataclass(frozen=True, slots=True)
class Release:
    """A supervisor's word that a phone in use is this person's too."""

    by: Staff
    reason: str


@dataclass(frozen=True, slots=True)
class NotSaved:
    """Why nothing was saved. `duplicate` is the member in the way, where one is."""

    problems: tuple[Problem, ...]
    duplicate: Duplicate | None


def offered_occupations() -> tuple[Occupation, ...]:
    return tuple(
        Occupation(one.code, Name(one.name(Language.CHINESE), one.name(Language.ENGLISH)))
        for one in occupations.occupations()
    )


def check_id_number(number: str, today: date) -> IdCheck | None:
    """What `number` says; None while it is still too short to say anything."""
    if len(number) < _ID_CHARACTERS:
        return None
    read = joining.read_id_number(number, today)
    if isinstance(read, Problem):
        return IdCheck(number, read)
    young = joining.age_problem(read, today)
    notice = next(iter(joining.id_number_notices(read)), None)
    return IdCheck(number, young, read.birth_date, read.age_on(today), read.sex, notice)


def offered(station: Station) -> Offered:
    door = Joining(station)
    notice, district = door.notice(), station.facts.district
    transit = next((union for union in door.unions() if union.transit and union.district == district), None)
    return Offered(
        None if transit is None else _choice(transit),
        None
        if notice is None
        else PrivacyNotice(notice.version, Name(notice.texts.get("zh", ""), notice.texts.get("en", ""))),
    )


def find_unions(station: Station, asked: str) -> tuple[UnionChoice, ...]:
    """Unions whose names have every word that was typed, those of the station's district first."""
    words = asked.casefold().split()
    if not words:
        return ()
    found = [union for union in Joining(station).unions() if all(word in union.name.casefold() for word in words)]
    found.sort(key=lambda union: (union.district != station.facts.district, union.transit, len(union.name)))
    return tuple(_choice(union) for union in found[:UNIONS_LISTED])


def _choice(union: UnionOrganisation) -> UnionChoice:
    return UnionChoice(union.code, union.name, regions.full_name(union.district))


def find_duplicate(station: Station, draft: Draft) -> Duplicate | None:
    """The member who has the ID number or, failing that, the phone of `draft` already."""
    number, mobile = joining.read_id_number(draft.id_number, station.today()), phone.parse(draft.phone)
    with station.store.reading() as view:
        same_person = view.people.with_id_number(number.number) if isinstance(number, IdNumber) else []
        for person in same_person:
            if person.member_no:
                return _duplicate(view, person, FoundBy.ID_NUMBER)
        for person in view.people.with_phone(str(mobile)) if mobile else []:
            if person.member_no:
                return _duplicate(view, person, FoundBy.PHONE)
    return None


def _duplicate(view: View, person: Person, found_by: FoundBy) -> Duplicate:
    unions = published_unions(view)
    assert person.member_no is not None  # noqa: S101 - asked before
    return Duplicate(
        found_by,
        person.id,
        names.mask(person.name),
        person.member_no,
        phone.mask(person.phone),
        union_name(unions, person.union),
        joined_on(view, person),
    )


def application_of(draft: Draft, photo: bytes | None, release: Release | None) -> Application:
    """What is applied for; without a union of their own the person joins the transit union of the station's district,
    which `save` knows."""
    return Application(
        name=draft.name,
        id_number=draft.id_number,
        phone=draft.phone,
        occupation=draft.occupation or "",
        employer_or_platform=draft.employer,
        union_code=draft.union.code if draft.union else None,
        consent_version=draft.consent_version,
        photo=photo,
        phone_released_by=release.by.id if release else None,
        phone_release_reason=release.reason if release else "",
    )


def save(
    station: Station, draft: Draft, photo: bytes | None, release: Release | None, staff: Staff
) -> Registered | NotSaved:
    """Register; on disk when this returns."""
    application = replace(application_of(draft, photo, release), district_code=station.facts.district)
    joined = Joining(station).register(application, staff)
    if isinstance(joined, Refused):
        return NotSaved(joined.problems, find_duplicate(station, draft))
    with station.store.reading() as view:
        person = view.people.get(joined.person)
    union = union_name(Joining(station).unions(), person.union if person else None)
    return Registered(joined.person, joined.member_no, person.name if person else draft.name, union)
