"""Who has been erased, as far as erasures have arrived here."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa

from db import schema
from db.dialect import standing_in
from db.prepared import Prepared
from station_core.ids import PersonId, WriterId
from station_core.records.erasure import Subject, person_subject

_subject, _import = schema.erased_subject.c, schema.erased_import.c
_ANYBODY = Prepared(sa.select(sa.exists(sa.select(_subject.subject)).label("erased")))

_IS_ERASED = Prepared(sa.select(_subject.subject).where(_subject.subject == sa.bindparam("subject")))


def anybody_erased(connection: sa.Connection) -> bool:
    row = _ANYBODY.one(connection)
    return row is not None and bool(row.erased)


def erased_among(connection: sa.Connection, subjects: Iterable[Subject]) -> set[Subject]:
    wanted = set(subjects)
    if len(wanted) == 1:  # a touch
        (subject,) = wanted
        return wanted if _IS_ERASED.one(connection, subject=subject) else set()
    return {Subject(subject) for subject in standing_in(connection, _subject.subject, wanted)}


def erased_people(connection: sa.Connection, people: Collection[PersonId]) -> frozenset[PersonId]:
    """Those of `people` who have been erased."""
    if not anybody_erased(connection):
        return frozenset()
    erased = erased_among(connection, map(person_subject, people))
    return frozenset(person for person in people if person_subject(person) in erased)


def erased_imports(connection: sa.Connection, writers: Collection[WriterId]) -> set[tuple[WriterId, int]]:
    """The rosters in the journals of `writers` that erasures name."""
    query = sa.select(_import.of_writer, _import.seq).where(_import.of_writer.in_(list(writers)))
    return {(WriterId(writer), seq) for writer, seq in connection.execute(query)}
