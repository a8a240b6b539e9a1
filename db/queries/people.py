"""Questions about people."""

from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa

from db import schema
from db.dialect import chunked
from db.prepared import Prepared
from db.search import find_people, people_with_phone
from db.values import Person
from station_core.clock import HybridTime
from station_core.ids import DistrictCode, MemberNo, PersonId, UnionCode, WriterId
from station_core.people.member_no import is_station_number
from station_core.records.erasure import number_subject
from station_core.records.people import Membership

_person = schema.person.c
SEARCH_LIMIT = 50
_asked = schema.person.alias("asked").c
_CANONICAL = sa.select(_asked.canonical).where(_asked.id == sa.bindparam("person")).scalar_subquery()
_WITH_DUPLICATES = Prepared(
    sa.select(schema.person).where(
        (_person.id == _CANONICAL) | ((_person.canonical == _CANONICAL) & (_person.canonical != _person.id))
    )
)
"""Two index look-ups: the partial index on `canonical` holds duplicates alone."""


class People:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, person: PersonId) -> Person | None:
        """The canonical self of `person`."""
        rows = _WITH_DUPLICATES.rows(self._connection, person=person)
        merged = [PersonId(row.id) for row in rows if row.id != row.canonical]
        canonical = (row for row in rows if row.id == row.canonical and row.registered_at is not None)
        return next((_person_of(row, merged) for row in canonical), None)

    def with_member_no(self, number: MemberNo) -> list[Person]:
        """Usually one person or none; two where two devices that were copies of each other gave the same number."""
        return self._where(_person.member_no == number)

    def with_id_number(self, id_number: str) -> list[Person]:
        return self._where(_person.id_number == id_number)

    def with_phone(self, phone: str) -> list[Person]:
        return self._load(people_with_phone(self._connection, phone))

    def in_household(self, household: str) -> list[Person]:
        return self._where(_person.household == household)

    def by_id_numbers(self, numbers: Collection[str]) -> dict[str, Person]:
        """Who has each of these ID numbers; those that nobody has are left out."""
        return self._by(_person.id_number, numbers)

    def by_member_nos(self, numbers: Collection[str]) -> dict[str, Person]:
        """Who has each of these member numbers; those that nobody has are left out."""
        return self._by(_person.member_no, numbers)

    def search(self, text: str, limit: int = SEARCH_LIMIT) -> list[Person]:
        """Those that fit what was typed: part of a name, pinyin, initials, a number or its last digits."""
        return self._load(find_people(self._connection, text, limit))

    def photo(self, person: PersonId) -> bytes | None:
        """The picture of `person`, as JPEG or PNG bytes."""
        query = sa.select(schema.person_photo.c.image).where(schema.person_photo.c.person == person)
        image: bytes | None = self._connection.execute(query).scalar_one_or_none()
        return image

    def last_serial(self, writer_number: int) -> int:
        """The highest serial among member numbers of the writer with that number; 0 where it gave none."""
        prefix = f"{writer_number:05}"
        first, last = MemberNo(f"{prefix}0000000"), MemberNo(f"{prefix}9999999")
        query = sa.select(_person.member_no).where(_person.member_no.between(first, last))
        given = self._connection.execute(query.order_by(_person.member_no.desc())).scalars()
        return max(
            next((int(number[5:11]) for number in numbers if number and is_station_number(number)), 0)
            for numbers in (given, self._erased_numbers(first, last))
        )

    def _erased_numbers(self, first: MemberNo, last: MemberNo) -> Iterator[str]:
        """Member numbers of people who were erased, the highest first: they are not given out again."""
        subject = schema.erased_subject.c.subject
        between = subject.between(number_subject(first), number_subject(last))
        query = sa.select(subject).where(between).order_by(subject.desc())
        return (bytes(found)[1:].decode() for found in self._connection.execute(query).scalars())

    def _by(self, column: sa.Column[str | None], values: Collection[str]) -> dict[str, Person]:
        owners: dict[str, PersonId] = {}
        for chunk in chunked(dict.fromkeys(values)):
            query = sa.select(column, _person.canonical).where(column.in_(chunk), _person.registered_at.is_not(None))
            owners |= {value: PersonId(canonical) for value, canonical in self._connection.execute(query)}
        people = {person.id: person for person in self._load(owners.values())}
        return {value: people[canonical] for value, canonical in owners.items() if canonical in people}

    def _where(self, condition: sa.ColumnElement[bool]) -> list[Person]:
        query = sa.select(_person.canonical).where(condition, _person.registered_at.is_not(None))
        return self._load([PersonId(canonical) for canonical in self._connection.execute(query).scalars()])

    def _load(self, people: Collection[PersonId]) -> list[Person]:
        """The people with these (canonical) ids, in their order, each once."""
        rows: dict[PersonId, Any] = {}
        merged: dict[PersonId, list[PersonId]] = {}
        for chunk in chunked(dict.fromkeys(people)):
            query = sa.select(schema.person).where(_person.id.in_(chunk), _person.registered_at.is_not(None))
            rows |= {PersonId(row.id): row for row in self._connection.execute(query)}
            others = sa.select(_person.id, _person.canonical).where(
                _person.canonical.in_(chunk), _person.canonical != _person.id
            )
            for other, canonical in self._connection.execute(others):
                merged.setdefault(PersonId(canonical), []).append(PersonId(other))
        return [_person_of(rows[person], merged.get(person, [])) for person in dict.fromkeys(people) if person in rows]


def _person_of(row: Any, merged: list[PersonId]) -> Person:
    return Person(
        id=PersonId(row.id),
        member_no=MemberNo(row.member_no) if row.member_no else None,
        name=row.name or "",
        id_number=row.id_number or "",
        phone=row.phone or "",
        occupation=row.occupation or "",
        employer=row.employer or "",
        union=UnionCode(row.union_code) if row.union_code else None,
        district=DistrictCode(row.district) if row.district else None,
        household=row.household or "",
        groups=frozenset((row.groups or "").split()),
        membership=Membership(row.membership) if row.membership in set(Membership) else Membership.APPROVED,
        consent=row.consent or "",
        registered_at=HybridTime(row.registered_at),
        registered_by=WriterId(row.registered_by),
        merged=tuple(sorted(merged)),
    )
