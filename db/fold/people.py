"""Folding of people: registers merged, photographs, duplicates of one ID number tied together, the search index."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from db import schema
from db.dialect import chunked, insert_new, keep_later
from db.fold.duplicates import tie_duplicates
from db.fold.erased import erased_people
from db.fold.newcomers import fold_newcomers, reader
from db.fold.registers import FIELDS, Registers
from db.fold.stamped import Stamp, Stamped
from db.search import index_people
from station_core.ids import PersonId
from station_core.records.erasure import without
from station_core.records.people import PeopleImported, PersonChanged, PersonFields, PersonRegistered

PeopleRecord = PersonRegistered | PersonChanged | PeopleImported
WRITES_AT_ONCE = 20_000


class _Write(NamedTuple):
    person: PersonId
    values: dict[str, str]
    stamp: Stamp
    registers: bool


def fold_people(connection: sa.Connection, items: Sequence[Stamped[PeopleRecord]]) -> None:
    for writes in chunked(_writes(connection, items), WRITES_AT_ONCE):
        _fold_writes(connection, writes)
    _fold_photos(connection, items)


def _writes(connection: sa.Connection, items: Iterable[Stamped[PeopleRecord]]) -> Iterator[_Write]:
    for stamp, record in items:
        if isinstance(record, PeopleImported):
            first = Stamp(record.as_of.at, record.as_of.writer) if record.as_of else stamp
            yield from _roster_writes(connection, first, without(record, erased_people(connection, record.people)))
        else:
            registers = isinstance(record, PersonRegistered)
            yield _Write(record.person, _columns(record.fields), stamp, registers)


def _columns(fields: PersonFields) -> dict[str, str]:
    raw: dict[str, Any] = msgspec.to_builtins(fields, builtin_types=(bytes,))
    raw.pop("photo", None)
    if "union" in raw:
        raw["union_code"] = raw.pop("union")
    if "groups" in raw:
        raw["groups"] = " ".join(raw["groups"])
    return raw


def _roster_writes(connection: sa.Connection, stamp: Stamp, record: PeopleImported) -> Iterator[_Write]:
    """What `record` says of people of whom something is known already; whoever is new is folded here and now."""
    cells_of = reader(record.columns)
    for place in fold_newcomers(connection, stamp, record):
        cells = zip(FIELDS, cells_of(record.rows[place]), strict=True)
        values = {name: text for name, text in cells if text is not None}
        yield _Write(record.people[place], values, stamp, True)


def _fold_writes(connection: sa.Connection, writes: Sequence[_Write]) -> None:
    before = dict(_load(connection, {write.person for write in writes}))
    old_numbers = {person: state.values.get("id_number") for person, state in before.items()}
    after: dict[PersonId, Registers] = {}
    for write in writes:
        state = after.get(write.person)
        if state is None:
            state = after[write.person] = before.get(write.person) or Registers()
        state.write(write.values, write.stamp)
        if write.registers:
            state.register(write.stamp)
    _save(connection, after, set(before))
    tie_duplicates(connection, _touched(after, old_numbers))
    index_people(connection, {person: state.values for person, state in after.items()})


def _touched(after: dict[PersonId, Registers], old_numbers: dict[PersonId, str | None]) -> dict[PersonId, set[str]]:
    """The ID numbers that each person has or had."""
    return {
        person: {number for number in (state.values.get("id_number"), old_numbers.get(person)) if number}
        for person, state in after.items()
    }


def _load(connection: sa.Connection, people: Iterable[PersonId]) -> Iterator[tuple[PersonId, Registers]]:
    for chunk in chunked(people):
        for row in connection.execute(sa.select(schema.person).where(schema.person.c.id.in_(chunk))):
            yield PersonId(row.id), Registers.from_row(row)


def _save(connection: sa.Connection, states: dict[PersonId, Registers], existing: set[PersonId]) -> None:
    rows = {person: state.row() for person, state in states.items()}
    new = [{"id": person, "canonical": person, **row} for person, row in rows.items() if person not in existing]
    insert_new(connection, schema.person, new)
    changed = [{"person_id": person, **row} for person, row in rows.items() if person in existing]
    if changed:
        update = sa.update(schema.person).where(schema.person.c.id == sa.bindparam("person_id"))
        columns: dict[str, Any] = {name: sa.bindparam(name) for name in changed[0] if name != "person_id"}
        connection.execute(update.values(columns), changed)


def _fold_photos(connection: sa.Connection, items: Iterable[Stamped[PeopleRecord]]) -> None:
    rows = [
        {"person": record.person, "at": stamp.at, "writer": stamp.writer, "image": record.fields.photo}
        for stamp, record in items
        if not isinstance(record, PeopleImported) and record.fields.photo is not None
    ]
    keep_later(connection, schema.person_photo, rows)
