"""Folding of erasures: what is held about a person goes, and what arrives later is redacted before it is stored.

What stays of an entry is the same whether its erasure came before or after it: whatever redacting leaves of the body,
folded with the entry's own stamp. So the tables do not depend on the order, and a rebuild gives them again.
"""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from db import entries as stored
from db import schema
from db.dialect import chunked, keep_earlier
from db.fold.duplicates import tie_duplicates
from db.fold.erased import anybody_erased, erased_among, erased_imports
from db.fold.facts import revoke_cards_of_nobody
from db.fold.judge import Judgement, after_redaction
from db.fold.stamped import Stamp, Stamped
from db.fold.subjects import subject_of_entry
from db.search import forget_people
from station_core.ids import MemberNo, PersonId
from station_core.journal.entry import Entry
from station_core.records.cards import CardIssued
from station_core.records.erasure import PersonErased, subjects_of_erasure
from station_core.records.people import PeopleImported

ERASED_HERE = "erased"
"""In `Connection.info`: something was redacted in this transaction, and its old bytes may still lie about."""

_entry, _writer, _person = schema.entry.c, schema.writer.c, schema.person.c
_given, _card = schema.service_given.c, schema.card.c


def fold_erasures(connection: sa.Connection, items: Sequence[Stamped[PersonErased]]) -> None:
    _note(connection, items)
    for item in items:
        people, numbers = item.record.people, item.record.member_nos
        for which in _conditions(item.record):
            _redact_stored(connection, which)
        for chunk in chunked(people):
            _forget(connection, chunk)
        _make_anonymous(connection, people, numbers)
    connection.info[ERASED_HERE] = True


def redact_on_arrival(
    connection: sa.Connection, entries: Sequence[Entry], judgements: Sequence[Judgement]
) -> tuple[list[Entry], list[Judgement]]:
    """`entries` and what becomes of them, with those redacted that are about somebody who was erased before."""
    if not anybody_erased(connection):
        return list(entries), list(judgements)
    judged = list(zip(entries, judgements, strict=True))
    subjects = [subject_of_entry(entry, judgement.record) for entry, judgement in judged]
    erased = erased_among(connection, (subject for subject in subjects if subject is not None))
    with_rosters = {entry.writer for entry in entries if entry.kind == PeopleImported.kind}
    named = erased_imports(connection, with_rosters) if with_rosters else set()
    for place, (entry, judgement) in enumerate(judged):
        is_named = entry.kind == PeopleImported.kind and (entry.writer, entry.seq) in named
        if entry.body is not None and (subjects[place] in erased or is_named):
            redacted = entry.redacted()
            judged[place] = redacted, after_redaction(redacted, judgement)
    return [entry for entry, _ in judged], [judgement for _, judgement in judged]


def _note(connection: sa.Connection, items: Sequence[Stamped[PersonErased]]) -> None:
    """Of two erasures of the same person the earlier stands."""
    subjects = [
        {"subject": subject, "at": item.stamp.at, "writer": item.stamp.writer}
        for item in items
        for subject in subjects_of_erasure(item.record)
    ]
    keep_earlier(connection, schema.erased_subject, subjects)
    imports = [
        {"of_writer": name.writer, "seq": name.seq, "at": item.stamp.at, "writer": item.stamp.writer}
        for item in items
        for name in item.record.imports
    ]
    keep_earlier(connection, schema.erased_import, imports)


def _conditions(record: PersonErased) -> list[sa.ColumnElement[bool]]:
    """Which stored entries the erasure is about."""
    subjects = [_entry.subject.in_(chunk) for chunk in chunked(sorted(subjects_of_erasure(record)))]
    imports = [
        (_writer.id == name.writer) & (_entry.seq == name.seq) & (_entry.kind == PeopleImported.kind)
        for name in record.imports
    ]
    return [*subjects, *imports]


def _redact_stored(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    which = which & _entry.body.is_not(None)
    before = stored.judgements_of(connection, which)
    redacted = [entry.redacted() for entry in stored.stream_entries(connection, which)]
    judgements = [after_redaction(entry, before[entry.writer, entry.seq]) for entry in redacted]
    stored.replace_bodies(connection, redacted)
    stored.update_states(connection, redacted, judgements)
    cards = [
        Stamped(Stamp(entry.at, entry.writer), judgement.record)
        for entry, judgement in zip(redacted, judgements, strict=True)
        if isinstance(judgement.record, CardIssued)
    ]
    revoke_cards_of_nobody(connection, cards)


def _forget(connection: sa.Connection, people: Sequence[PersonId]) -> None:
    """The people's rows, photographs and search tokens; who was tied to them stands alone or with others."""
    query = sa.select(_person.no, _person.id, _person.id_number).where(_person.id.in_(people))
    rows = connection.execute(query).all()
    if not rows:
        return
    forget_people(connection, [row.no for row in rows])
    connection.execute(sa.delete(schema.person_photo).where(schema.person_photo.c.person.in_(people)))
    connection.execute(sa.delete(schema.person).where(_person.id.in_(people)))
    tie_duplicates(connection, {PersonId(row.id): {row.id_number} for row in rows if row.id_number})


def _make_anonymous(connection: sa.Connection, people: Collection[PersonId], numbers: Collection[MemberNo]) -> None:
    """What folding the redacted entries would give."""
    anonymous = {"person": None, "member_no": None, "answers": None}
    for chunk in chunked(people):
        connection.execute(sa.update(schema.service_given).where(_given.person.in_(chunk)).values(anonymous))
        connection.execute(sa.update(schema.card).where(_card.person.in_(chunk)).values(person=None))
    for numbers_chunk in chunked(numbers):
        theirs = _given.person.is_(None) & _given.member_no.in_(numbers_chunk)
        connection.execute(sa.update(schema.service_given).where(theirs).values(anonymous))
