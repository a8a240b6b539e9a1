"""The search index: one document of tokens a person, in SQLite's FTS5 or as a PostgreSQL tsvector."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from db import bulk, schema
from db.dialect import chunked, is_sqlite
from db.search.tokens import person_tokens
from station_core.ids import PersonId

_SQLITE_PUT = "INSERT OR REPLACE INTO person_search (rowid, tokens) VALUES (?, ?)"


def index_people(connection: sa.Connection, people: dict[PersonId, dict[str, str]]) -> None:
    """Write the documents of `people`, given with all their fields, over what the index held of them."""
    numbers = _numbers(connection, people)
    documents = [(numbers[person], " ".join(sorted(person_tokens(values)))) for person, values in people.items()]
    if not documents:
        return
    if is_sqlite(connection):
        connection.exec_driver_sql(_SQLITE_PUT, documents)
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
    columns = (schema.person.c.id, schema.person.c.no)
    return {
        PersonId(row.id): row.no
        for chunk in chunked(people)
        for row in connection.execute(sa.select(*columns).where(schema.person.c.id.in_(chunk)))
    }
