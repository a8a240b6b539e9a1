"""The record that lets a person be forgotten, and whom other records are about."""

from typing import Annotated, ClassVar, NewType

import msgspec

from station_core.ids import MemberNo, PersonId, WriterId
from station_core.records.base import ID, Record
from station_core.records.cards import CardIssued
from station_core.records.people import PeopleImported, PersonChanged, PersonRegistered
from station_core.records.services import ServiceGiven

Subject = NewType("Subject", bytes)
"""Whom an entry is about: a person by id, or somebody of whom nothing is known but a member number."""


class EntryName(msgspec.Struct, frozen=True, array_like=True):
    """Which entry of which journal."""

    writer: Annotated[WriterId, ID]
    seq: Annotated[int, msgspec.Meta(ge=1)]


class PersonErased(Record, frozen=True, omit_defaults=True, kw_only=True):
    """Whatever is said of `people` is redacted wherever this arrives, before and after; it cannot be undone.

    `member_nos` were theirs: what was recorded by number alone is theirs too, and no number is given out twice.
    `imports` are rosters in which they stood; the city has written the other rows again before this
    (`PeopleImported.as_of`).
    """

    kind: ClassVar[str] = "person.erased"
    people: tuple[Annotated[PersonId, ID], ...]
    member_nos: tuple[MemberNo, ...] = ()
    imports: tuple[EntryName, ...] = ()
    reason: str


ABOUT_ONE_PERSON: dict[str, type[Record]] = {
    record.kind: record for record in (PersonRegistered, PersonChanged, ServiceGiven, CardIssued)
}
"""The kinds of records with one subject."""


def person_subject(person: PersonId) -> Subject:
    return Subject(b"p" + person)


def number_subject(number: MemberNo) -> Subject:
    return Subject(b"n" + number.encode())


def subjects_of_erasure(record: PersonErased) -> frozenset[Subject]:
    return frozenset((*map(person_subject, record.people), *map(number_subject, record.member_nos)))


def subject_of(record: Record) -> Subject | None:
    """None where the record is about nobody, about many, or was redacted."""
    match record:
        case PersonRegistered() | PersonChanged():
            return person_subject(record.person)
        case ServiceGiven(person=None, member_no=str() as number):
            return number_subject(number)
        case ServiceGiven() | CardIssued():
            return None if record.person is None else person_subject(record.person)
    return None


def without(record: PeopleImported, people: frozenset[PersonId]) -> PeopleImported:
    """`record` as it would be had `people` never stood in it."""
    if people.isdisjoint(record.people):
        return record
    kept = [place for place, person in enumerate(record.people) if person not in people]
    return msgspec.structs.replace(
        record,
        people=tuple(record.people[place] for place in kept),
        rows=tuple(record.rows[place] for place in kept),
    )
