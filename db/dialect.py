"""The few places where SQLite and PostgreSQL differ in how the same thing is said."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
CHUNK = 500
"""How many keys one ``IN (…)`` holds."""


def is_sqlite(connection: sa.Connection) -> bool:
    return connection.dialect.name == "sqlite"


def insert(connection: sa.Connection, table: sa.Table) -> Any:
    """An INSERT that knows ``ON CONFLICT`` in the connection's dialect; both say it alike."""
    return _INSERTS[connection.dialect.name](table)


def keep_later(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write `rows`; where the primary key is taken, the row with the later stamp stands."""
    _upsert(connection, table, rows, later=True)


def keep_earlier(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write `rows`; where the primary key is taken, the row with the earlier stamp stands."""
    _upsert(connection, table, rows, later=False)


def _upsert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]], *, later: bool) -> None:
    if rows:
        connection.execute(_upsert_statement(connection.dialect.name, table, later), list(rows))


@cache
def _upsert_statement(dialect: str, table: sa.Table, later: bool) -> Any:
    """Made once: making it takes longer than running it."""
    statement = _INSERTS[dialect](table)
    new, old = statement.excluded, table.c
    newer = sa.tuple_(new.at, new.writer) > sa.tuple_(old.at, old.writer)
    older = sa.tuple_(new.at, new.writer) < sa.tuple_(old.at, old.writer)
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={column.name: new[column.name] for column in table.columns if not column.primary_key},
        where=newer if later else older,
    )


def chunked(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """`items` in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
