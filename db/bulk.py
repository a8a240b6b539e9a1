"""Many rows at once into PostgreSQL, which takes them row by row several times more slowly.

Rows go as arrays, one for each column, in one statement; many new rows go faster still by COPY, which takes more round
trips. Values go to the driver as they are, in its binary form: bytes, texts, integers.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from db.translate import translated

MANY = 300
"""From so many rows on COPY is the faster way."""
_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
Row = dict[str, Any]


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert `rows`, all with the same columns. Raises the known errors of `db.errors`."""
    columns = tuple(rows[0])
    if len(rows) < MANY:
        _execute(connection, _insert_statement(table, columns), rows, columns)
    else:
        _copy(connection, table, columns, rows)


def upsert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Row], *, later: bool) -> None:
    """Insert `rows`; where the primary key is taken, the one with the later stamp stands, or else the earlier.

    As a rule nearly all of many rows are new. Nobody else writes meanwhile (`db.engine`).
    """
    columns = tuple(rows[0])
    if len(rows) >= MANY:
        new, rows = _parted(connection, table, rows)
        if new:
            _copy(connection, table, columns, new)
    if rows:
        _execute(connection, _upsert_statement(table, columns, later), rows, columns)


def _parted(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Those whose keys are not there yet, and the others."""
    keys = tuple(column.name for column in table.primary_key.columns)
    taken = set(map(tuple, _execute(connection, _taken_statement(table, keys), rows, keys)))
    parts: tuple[list[Row], list[Row]] = ([], [])
    for row in rows:
        parts[tuple(row[name] for name in keys) in taken].append(row)
    return parts


def _copy(connection: sa.Connection, table: sa.Table, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    driver: Any = connection.connection.driver_connection
    with translated(), driver.cursor().copy(_copy_statement(table, columns)) as copy:
        copy.set_types(_types(table, columns))
        for row in rows:
            copy.write_row(list(row.values()))


def put_tokens(connection: sa.Connection, documents: Sequence[tuple[int, str]]) -> None:
    """Write the search documents, by row number of their person: tokens between spaces."""
    numbers, tokens = zip(*documents, strict=True)
    connection.exec_driver_sql(_PUT_TOKENS, (list(numbers), list(tokens)))


_PUT_TOKENS = (
    "INSERT INTO person_search (no, tokens) "
    "SELECT no, array_to_tsvector(string_to_array(tokens, ' ')) FROM unnest(%b::int[], %b::text[]) AS new (no, tokens) "
    "ON CONFLICT (no) DO UPDATE SET tokens = excluded.tokens"
)


def _execute(connection: sa.Connection, statement: str, rows: Sequence[Row], columns: tuple[str, ...]) -> Any:
    """`statement` over the `columns` of `rows`, an array each."""
    return connection.exec_driver_sql(statement, tuple([row[name] for row in rows] for name in columns))


@cache
def _copy_statement(table: sa.Table, columns: tuple[str, ...]) -> str:
    return f"COPY {table.name} ({', '.join(columns)}) FROM STDIN (FORMAT binary)"


@cache
def _types(table: sa.Table, columns: tuple[str, ...]) -> list[str]:
    return [table.c[name].type.compile(_DIALECT).lower() for name in columns]


@cache
def _taken_statement(table: sa.Table, keys: tuple[str, ...]) -> str:
    names = ", ".join(keys)
    return f"SELECT {names} FROM {table.name} JOIN {_arrays(table, keys)} USING ({names})"  # noqa: S608


@cache
def _insert_statement(table: sa.Table, columns: tuple[str, ...]) -> str:
    names = ", ".join(columns)
    return f"INSERT INTO {table.name} ({names}) SELECT {names} FROM {_arrays(table, columns)}"  # noqa: S608


@cache
def _upsert_statement(table: sa.Table, columns: tuple[str, ...], later: bool) -> str:
    keys = [column.name for column in table.primary_key.columns]
    others = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
    return (
        f"{_insert_statement(table, columns)} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {others} "
        f"WHERE (excluded.at, excluded.writer) {'>' if later else '<'} ({table.name}.at, {table.name}.writer)"
    )


def _arrays(table: sa.Table, columns: tuple[str, ...]) -> str:
    """A relation of those columns, made of an array each."""
    arrays = ", ".join(f"%b::{name}[]" for name in _types(table, columns))
    return f"unnest({arrays}) AS new ({', '.join(columns)})"
