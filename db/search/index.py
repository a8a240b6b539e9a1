"""The search index: one document of tokens a person, in SQLite's FTS5 or as a PostgreSQL tsvector."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from db import bulk, schema
from db.dialect import chunked, is_sqlite
from db.search.tokens import document
from station_core.ids import PersonId

_person = schema.person.c
_SQLITE_ADD = "INSERT INTO person_search (rowid, tokens) VALUES (?, ?)"
_SQLITE_PUT = "INSERT OR REPLACE INTO person_search (rowid, tokens) VALUES (?, ?)"


def index_people(connection: sa.Connection, people: Mapping[PersonId, Mapping[str, str]]) -> None:
    """Write the documents of `people`, given with all their fields, over what the index held of them.

    In the order of their numbers: FTS5 writes out what it has gathered whenever a number is lower than the one before.
    """
    numbers = _numbers(connection, people)
    fields = ("name", "member_no", "phone", "id_number")
    documents = [(numbers[person], document(*map(values.get, fields))) for person, values in people.items()]
    _write(connection, _SQLITE_PUT, sorted(documents))


def index_newcomers(connection: sa.Connection, after: int, documents: Sequence[str]) -> None:
    """Add the documents of the people who follow the row number `after`, in the order in which they were written.

    The store's write lock (`db.engine`) sees to it that nobody else's rows are among them.
    """
    query = sa.select(_person.no).where(_person.no > after).order_by(_person.no)
    numbers = connection.execute(query).scalars()
    _write(connection, _SQLITE_ADD, list(zip(numbers, documents, strict=True)))


def _write(connection: sa.Connection, on_sqlite: str, documents: list[tuple[int, str]]) -> None:
    if not documents:
        return
    if is_sqlite(connection):
        connection.exec_driver_sql(on_sqlite, documents)
    else:
        bulk.put_tokens(connection, documents)


def forget_people(connection: sa.Connection, numbers: Sequence[int]) -> None:
    """Take the documents of the people with these row numbers out.

    SQLite leaves the tokens of deleted documents in the index until it is merged: that is done here.
    """
    if is_sqlite(connection):
        connection.exec_driver_sql("DELETE FROM person_search WHERE rowid = ?", [(number,) for number in numbers])
        connection.exec_driver_sql("INSERT INTO person_search (person_search) VALUES ('optimize')")
    else:
        connection.exec_driver_sql("DELETE FROM person_search WHERE no = ANY(%s)", (list(numbers),))


def forget_search(connection: sa.Connection) -> None:
    """Empty the index."""
    if is_sqlite(connection):
        connection.exec_driver_sql("DELETE FROM person_search")
    else:
        connection.exec_driver_sql("TRUNCATE person_search")


def _numbers(connection: sa.Connection, people: Iterable[PersonId]) -> dict[PersonId, int]:
    columns = (_person.id, _person.no)
    return {
        PersonId(row.id): row.no
        for chunk in chunked(people)
        for row in connection.execute(sa.select(*columns).where(_person.id.in_(chunk)))
    }
