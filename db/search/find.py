"""Putting a question to the search index."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from db import schema
from db.dialect import is_sqlite
from db.search.tokens import MAX_NAME_CHARS, Query, Token, backwards, exact_token, parse_query
from station_core.ids import PersonId
from station_core.people import names

_person = schema.person.c


def find_people(connection: sa.Connection, text: str, limit: int) -> list[PersonId]:
    """At most `limit` people that fit what was typed, those with exactly that name first; duplicates count as one."""
    query = parse_query(text)
    if not query.groups:
        return []
    exact = _has(exact_token(names.normalise(text)[:MAX_NAME_CHARS]))
    found: dict[PersonId, None] = {}
    for question in (exact, query):
        for person in _matches(connection, question, limit):
            found.setdefault(person)
            if len(found) >= limit:
                return list(found)
    return list(found)


def people_with_phone(connection: sa.Connection, phone: str) -> list[PersonId]:
    """Those whose phone it is; the table itself has no index of phones."""
    statement = _statement(connection).where(_person.phone == phone)
    parameters = {"expression": _expression(connection, _has(backwards(phone)))}
    return [PersonId(canonical) for canonical in connection.execute(statement, parameters).scalars()]


def _has(token: str) -> Query:
    return Query(((Token(token),),))


def _matches(connection: sa.Connection, query: Query, limit: int) -> Iterator[PersonId]:
    runs = (_undotted(_person.name).contains(run, autoescape=True) for run in query.contains)
    statement = _statement(connection).where(*runs).limit(limit)
    for (canonical,) in connection.execute(statement, {"expression": _expression(connection, query)}):
        yield PersonId(canonical)


def _statement(connection: sa.Connection) -> sa.Select[Any]:
    numbers = sa.text(_SQLITE_MATCH if is_sqlite(connection) else _POSTGRESQL_MATCH)
    return (
        sa.select(_person.canonical)
        .select_from(numbers.columns(sa.column("no", sa.Integer)).subquery("hit").join(schema.person, _on_number()))
        .where(_person.registered_at.is_not(None))
    )


def _undotted(name: sa.ColumnElement[str]) -> sa.ColumnElement[str]:
    """The dot in 买买提·艾山 is often left out when typing."""
    return sa.func.replace(name, names.DOT, "", type_=sa.Text)


_SQLITE_MATCH = "SELECT rowid AS no FROM person_search WHERE person_search MATCH :expression"
_POSTGRESQL_MATCH = "SELECT no FROM person_search WHERE tokens @@ CAST(:expression AS tsquery)"


def _on_number() -> sa.ColumnElement[bool]:
    return sa.literal_column("hit.no", sa.Integer) == _person.no


def _expression(connection: sa.Connection, query: Query) -> str:
    """`query` in the language of FTS5, or of tsquery."""
    if is_sqlite(connection):
        return " AND ".join(
            "(" + " OR ".join(f'"{text}"' + " *" * begins for text, begins in group) + ")" for group in query.groups
        )
    return " & ".join(
        "(" + " | ".join(f"'{text}'" + ":*" * begins for text, begins in group) + ")" for group in query.groups
    )
