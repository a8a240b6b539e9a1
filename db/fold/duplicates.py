"""Several records of one person, found by the ID number: the earliest registered is the canonical one for all.

Nothing is joined for good: change the ID number back and they are two people again, each with its history.
"""

from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from db import schema
from db.dialect import chunked
from station_core.ids import PersonId

_person = schema.person.c


def tie_duplicates(connection: sa.Connection, touched: dict[PersonId, set[str]]) -> None:
    """Give everybody who has, or had, one of the touched ID numbers the canonical self that follows from the tables."""
    numbers = {number for person_numbers in touched.values() for number in person_numbers}
    groups = _groups(connection, numbers)
    wanted: dict[PersonId, PersonId] = {}
    for members in groups.values():
        canonical = min(members, key=_seniority).id
        wanted |= {row.id: canonical for row in members if row.canonical != canonical}
    grouped = {row.id for members in groups.values() for row in members}
    wanted |= {person: person for person in touched if person not in grouped}
    if wanted:
        update = sa.update(schema.person).where(_person.id == sa.bindparam("person_id"))
        connection.execute(
            update.values(canonical=sa.bindparam("canonical_id")),
            [{"person_id": person, "canonical_id": canonical} for person, canonical in wanted.items()],
        )


def _groups(connection: sa.Connection, numbers: set[str]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    columns = (_person.id, _person.id_number, _person.canonical, _person.registered_at, _person.registered_by)
    for chunk in chunked(numbers):
        for row in connection.execute(sa.select(*columns).where(_person.id_number.in_(chunk))):
            groups[row.id_number].append(row)
    return groups


def _seniority(row: Any) -> tuple[bool, int, bytes, bytes]:
    """Those whose registration has not arrived come last; the person's id decides between equals."""
    return (row.registered_at is None, row.registered_at or 0, row.registered_by or b"", row.id)
