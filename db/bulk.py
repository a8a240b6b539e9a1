"""Many rows at once into PostgreSQL, which takes them row by row several times more slowly.

New rows go by COPY; rows that may be there by one INSERT over arrays, a column each. Values go to the driver as they
are, in its binary form: bytes, texts, integers.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from db.translate import translated

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
Row = dict[str, Any]


def copy_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert `rows`, all with the same columns. Raises the known errors of `db.errors`."""
    columns = tuple(rows[0])
    driver: Any = connection.connection.driver_connection
    with translated(), driver.cursor().copy(_copy_statement(table, columns)) as copy:
        copy.set_types(_types(table, columns))
        for row in rows:
            copy.write_row(list(row.values()))


def upsert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[Row], *, later: bool) -> None:
    """Insert `rows`; where the primary key is taken, the one with the later stamp stands, or else the earlier.

    Nearly all are new as a rule, and those go by COPY. Nobody else writes meanwhile (`db.engine`).
    """
    columns = tuple(rows[0])
    keys = tuple(column.name for column in table.primary_key.columns)
    taken = set(map(tuple, _execute(connection, _taken_statement(table, keys), rows, keys)))
    is_taken = [tuple(row[name] for name in keys) in taken for row in rows]
    new = [row for row, there in zip(rows, is_taken, strict=True) if not there]
    if new:
        copy_rows(connection, table, new)
    old = [row for row, there in zip(rows, is_taken, strict=True) if there]
    if old:
        _execute(connection, _update_statement(table, columns, later), old, columns)


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
def _update_statement(table: sa.Table, columns: tuple[str, ...], later: bool) -> str:
    primary = set(table.primary_key.columns.keys())
    values = ", ".join(f"{name} = new.{name}" for name in columns if name not in primary)
    same = " AND ".join(f"{table.name}.{name} = new.{name}" for name in columns if name in primary)
    return (
        f"UPDATE {table.name} SET {values} FROM {_arrays(table, columns)} WHERE {same} "  # noqa: S608
        f"AND (new.at, new.writer) {'>' if later else '<'} ({table.name}.at, {table.name}.writer)"
    )


def _arrays(table: sa.Table, columns: tuple[str, ...]) -> str:
    """A relation of those columns, made of an array each."""
    arrays = ", ".join(f"%b::{name}[]" for name in _types(table, columns))
    return f"unnest({arrays}) AS new ({', '.join(columns)})"
