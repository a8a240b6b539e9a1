"""Folding of a roster's rows about people of whom nothing is known yet: written as they stand, many at a time.

A row that is the first to say something of a person has one stamp for all its fields, so that the row of the table
follows from it alone (`Registers.row`); nothing has to be read, merged or tied but where an ID number is there already.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter

import sqlalchemy as sa

from db import schema
from db.dialect import insert_rows, standing_in
from db.fold.duplicates import tie_duplicates
from db.fold.registers import FIELDS
from db.fold.stamped import Stamp
from db.search import index_newcomers
from db.search.tokens import document
from station_core.ids import PersonId
from station_core.records.people import PeopleImported

Cells = tuple[str | None, ...]
"""In the order of `FIELDS`."""

_person = schema.person.c
_COLUMNS = ("id", "canonical", "registered_at", "registered_by", *FIELDS, "at", "writer", "stamps")
_NAME, _MEMBER_NO, _PHONE, _ID_NUMBER = map(FIELDS.index, ("name", "member_no", "phone", "id_number"))


def fold_newcomers(connection: sa.Connection, stamp: Stamp, record: PeopleImported) -> list[int]:
    """Fold the rows of those who stand nowhere yet, and only once in `record`. Answers the places of the other rows."""
    others = _known(connection, record.people)
    others |= {person for person, times in Counter(record.people).items() if times > 1}
    cells_of = reader(record.columns)
    rows = list(zip(record.people, record.rows, strict=True))
    new = [(person, cells_of(row)) for person, row in rows if person not in others]
    if new:
        _write(connection, stamp, new)
    return [place for place, person in enumerate(record.people) if person in others] if others else []


def reader(columns: Sequence[str]) -> Callable[[Sequence[str | tuple[str, ...] | None]], Cells]:
    """What gives the texts of a row with these `columns`; the last of several columns with one name counts."""
    found = {("union_code" if name == "union" else name): place for place, name in enumerate(columns)}
    pick = itemgetter(*(found.get(name, len(columns)) for name in FIELDS))

    def cells_of(row: Sequence[str | tuple[str, ...] | None]) -> Cells:
        return tuple([" ".join(cell) if isinstance(cell, tuple) else cell for cell in pick((*row, None))])

    return cells_of


def _known(connection: sa.Connection, people: Sequence[PersonId]) -> set[PersonId]:
    return {PersonId(person) for person in standing_in(connection, _person.id, people)}


def _write(connection: sa.Connection, stamp: Stamp, new: Sequence[tuple[PersonId, Cells]]) -> None:
    at, writer = stamp
    shared = set(_shared_numbers(connection, [cells[_ID_NUMBER] for _, cells in new]))
    last_no = connection.execute(sa.select(sa.func.max(_person.no))).scalar_one() or 0
    rows = [(person, person, at, writer, *cells, at, writer, None) for person, cells in new]
    insert_rows(connection, schema.person, _COLUMNS, rows)
    tied = {person: {number} for person, cells in new if (number := cells[_ID_NUMBER]) and number in shared}
    if tied:
        tie_duplicates(connection, tied)
    documents = [document(cells[_NAME], cells[_MEMBER_NO], cells[_PHONE], cells[_ID_NUMBER]) for _, cells in new]
    index_newcomers(connection, last_no, documents)


def _shared_numbers(connection: sa.Connection, numbers: Sequence[str | None]) -> Iterator[str]:
    """Those of `numbers` that stand there twice, or in the table already."""
    times = Counter(filter(None, numbers))
    yield from (number for number, count in times.items() if count > 1)
    yield from standing_in(connection, _person.id_number, sorted(times))
