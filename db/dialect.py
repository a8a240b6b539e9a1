"""The few places where SQLite and PostgreSQL differ in how the same thing is said."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from db import bulk
from db.prepared import Prepared

T = TypeVar("T")
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
CHUNK = 500
"""How many keys one ``IN (…)`` holds."""


def is_sqlite(connection: sa.Connection) -> bool:
    return connection.dialect.name == "sqlite"


def insert(connection: sa.Connection, table: sa.Table) -> Any:
    """An INSERT that knows ``ON CONFLICT`` in the connection's dialect; both say it alike."""
    return _INSERTS[connection.dialect.name](table)


def insert_new(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write `rows`, whose keys are not there yet; all have the same columns."""
    if not rows:
        return
    if is_sqlite(connection):
        _new_statement(table, tuple(rows[0])).run_many(connection, rows)
    else:
        bulk.insert_rows(connection, table, rows)


def keep_later(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write `rows`; of all with the same primary key, there or among them, the one with the later stamp stands."""
    _upsert(connection, table, rows, later=True)


def keep_earlier(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write `rows`; of all with the same primary key, there or among them, the one with the earlier stamp stands."""
    _upsert(connection, table, rows, later=False)


def _upsert(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]], *, later: bool) -> None:
    if not rows:
        return
    standing = _one_of_each(table, rows, later=later)
    if is_sqlite(connection):
        _upsert_statement(table, later=later).run_many(connection, standing)
    else:
        bulk.upsert_rows(connection, table, standing, later=later)


def _one_of_each(table: sa.Table, rows: Sequence[dict[str, Any]], *, later: bool) -> Sequence[dict[str, Any]]:
    """Of rows with the same key the one that stands: PostgreSQL refuses to touch a row twice in one statement."""
    if len(rows) == 1:
        return rows
    key_of = itemgetter(*(column.name for column in table.primary_key.columns))
    in_order = sorted(rows, key=itemgetter("at", "writer"), reverse=not later)
    return list({key_of(row): row for row in in_order}.values())


@cache
def _new_statement(table: sa.Table, columns: tuple[str, ...]) -> Prepared:
    return Prepared(sa.insert(table), columns)


@cache
def _upsert_statement(table: sa.Table, *, later: bool) -> Prepared:
    statement = sqlite.insert(table)
    new, old = statement.excluded, table.c
    newer = sa.tuple_(new.at, new.writer) > sa.tuple_(old.at, old.writer)
    older = sa.tuple_(new.at, new.writer) < sa.tuple_(old.at, old.writer)
    return Prepared(
        statement.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_={column.name: new[column.name] for column in table.columns if not column.primary_key},
            where=newer if later else older,
        )
    )


def insert_rows(
    connection: sa.Connection, table: sa.Table, columns: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Write `rows`, given as the driver takes them: for many, where binding by name takes longer than writing."""
    if not rows:
        return
    if is_sqlite(connection):
        connection.exec_driver_sql(_insert_statement(connection.dialect, table, columns), list(rows))
    else:
        bulk.insert_rows(connection, table, [dict(zip(columns, row, strict=True)) for row in rows])


@cache
def _insert_statement(dialect: sa.Dialect, table: sa.Table, columns: tuple[str, ...]) -> str:
    quoted = ", ".join(map(dialect.identifier_preparer.quote, columns))
    places = ", ".join("?" * len(columns))
    return f"INSERT INTO {table.name} ({quoted}) VALUES ({places})"  # noqa: S608  # names of our own tables alone


def contains_bytes(connection: sa.Connection, column: sa.Column[bytes], part: bytes) -> sa.ColumnElement[bool]:
    """Whether the bytes of `column` have `part` among them."""
    place = sa.func.instr if is_sqlite(connection) else sa.func.pg_catalog.position
    return place(column, sa.literal(part, sa.LargeBinary)) > 0


def standing_in(connection: sa.Connection, column: sa.Column[T], values: Iterable[T]) -> Iterator[T]:
    """Those of `values` that stand in `column`, once for each row."""
    for chunk in chunked(values):
        yield from connection.execute(sa.select(column).where(column.in_(chunk))).scalars()


def chunked(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """`items` in lists of at most `size`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
