"""Statements that run at every touch: said in SQLAlchemy, compiled once, and then handed to the driver as they are.

What SQLAlchemy does around a small statement takes ten times as long as the statement. Values reach the driver and rows
come from it untouched, which is all that the column types of `db.schema` ask for. ``IN`` of a list is not for here:
its text depends on the list.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa

from db.translate import translated


class _Compiled(NamedTuple):
    """`values` turns a mapping of names into what the driver takes; `row` names the columns of an answer."""

    text: str
    defaults: dict[str, Any]
    values: Callable[[Mapping[str, Any]], Any]
    row: Callable[[Sequence[Any]], Any]


class Prepared:
    """One statement for SQLite and PostgreSQL alike.

    `columns` are those that an INSERT or UPDATE sets to the values of their names, where the statement does not say.
    Raises the errors of `db.errors` where the database says something that has a remedy.
    """

    def __init__(self, statement: sa.Executable, columns: Sequence[str] | None = None) -> None:
        self._statement: Any = statement
        self._columns = columns
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: sa.Connection, **values: Any) -> list[Any]:
        """All rows of the answer, with their columns as attributes."""
        compiled = self._for(connection)
        found = _execute(connection, compiled.text, compiled.values(compiled.defaults | values))
        return list(map(compiled.row, found))

    def one(self, connection: sa.Connection, **values: Any) -> Any | None:
        """The first row of the answer, or None."""
        found = self.rows(connection, **values)
        return found[0] if found else None

    def run(self, connection: sa.Connection, **values: Any) -> None:
        compiled = self._for(connection)
        _execute(connection, compiled.text, compiled.values(compiled.defaults | values))

    def run_many(self, connection: sa.Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Once for each of `rows`, which give every value."""
        if rows:
            compiled = self._for(connection)
            _execute(connection, compiled.text, list(map(compiled.values, rows)), many=True)

    def _for(self, connection: sa.Connection) -> _Compiled:
        dialect = connection.dialect
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = self._compile(dialect)
        return found

    def _compile(self, dialect: sa.Dialect) -> _Compiled:
        compiled = self._statement.compile(dialect=dialect, column_keys=self._columns)
        names = compiled.positiontup
        columns = [column.name for column in getattr(self._statement, "selected_columns", ())]
        return _Compiled(
            compiled.string,
            dict(compiled.params),
            dict if names is None else _tuple_of(names),
            _row_of(columns),
        )


def _row_of(columns: Sequence[str]) -> Callable[[Sequence[Any]], Any]:
    row: Any = namedtuple("Row", columns, rename=True)  # type: ignore[misc]
    return row._make


def _tuple_of(names: Sequence[str]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


def _execute(connection: sa.Connection, text: str, values: Any, *, many: bool = False) -> Sequence[Sequence[Any]]:
    """The rows, if it has any. Who watches statements (`before_cursor_execute`) sees these too."""
    cursor: Any = connection.connection.cursor()
    for watch in connection.dispatch.before_cursor_execute:
        watch(connection, cursor, text, values, None, many)
    with translated():
        (cursor.executemany if many else cursor.execute)(text, values)
        found: Sequence[Sequence[Any]] = cursor.fetchall() if cursor.description else ()
    return found
