"""Entries become part of a store: each is stored whatever it holds, and folded where it may be."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from db import entries as stored
from db import schema
from db.dialect import chunked
from db.fold.documents import DOCUMENT_KINDS, fold_documents
from db.fold.erasure import fold_erasures, redact_on_arrival
from db.fold.facts import fold_card_revocations, fold_cards, fold_services, fold_voids
from db.fold.judge import NOTHING_READ, EntryState, Judgement, Readings, Reason, Standing, judge, objection_to
from db.fold.people import fold_people
from db.fold.stamped import Stamp, Stamped
from db.fold.stock import fold_events, fold_transfers, fold_wants
from db.fold.trust import certify, forget_trust, revoke, standings
from db.search import forget_search
from station_core.ids import WriterId
from station_core.journal.entry import Entry
from station_core.records.base import Record
from station_core.records.cards import CardIssued, CardRevoked
from station_core.records.documents import EventPublished
from station_core.records.erasure import PersonErased
from station_core.records.people import PeopleImported, PersonChanged, PersonRegistered
from station_core.records.services import RecordVoided, ServiceGiven
from station_core.records.stock import StockTransferred, StockWanted
from station_core.records.trust import WriterCertified, WriterRevoked

_Fold = Callable[[sa.Connection, Sequence[Stamped[Any]]], None]
_FOLDS: dict[str, _Fold] = {
    PersonRegistered.kind: fold_people,
    PersonChanged.kind: fold_people,
    PeopleImported.kind: fold_people,
    ServiceGiven.kind: fold_services,
    RecordVoided.kind: fold_voids,
    CardIssued.kind: fold_cards,
    CardRevoked.kind: fold_card_revocations,
    StockTransferred.kind: fold_transfers,
    StockWanted.kind: fold_wants,
    **dict.fromkeys(DOCUMENT_KINDS, fold_documents),
    EventPublished.kind: fold_events,
}
_TRUST_KINDS = (WriterCertified.kind, WriterRevoked.kind)
_FIRST_KINDS = (*_TRUST_KINDS, PersonErased.kind)
"""What is folded before anything else, in this order: it decides what becomes of the rest."""
_REFOLD_CHUNK = 2_000


def take_in(
    connection: sa.Connection,
    root_key: bytes,
    journal: stored.Journal,
    entries: Sequence[Entry],
    readings: Readings = NOTHING_READ,
) -> list[Judgement]:
    """Store `entries`, which are new and follow `journal`, and fold what may be folded. `readings`: see `judge`.

    What each became, in their order. When an entry changes what is known of a writer, the stored entries of that
    writer are judged again.
    """
    known = {journal.writer: journal.standing}
    folded, judgements, changed = _fold(connection, root_key, entries, known, readings)
    stored.insert_entries(connection, journal, folded, judgements)
    while changed:
        changed = _judge_again(connection, root_key, changed)
    return judgements


def rebuild(connection: sa.Connection, root_key: bytes) -> None:
    """Empty every folded table and fold the journals again from their first entry."""
    for table in schema.FOLDED:
        connection.execute(sa.delete(table))
    forget_search(connection)
    forget_trust(connection)
    connection.execute(sa.update(schema.entry).values(state=EntryState.WAITING, reason=None))
    for kind in _FIRST_KINDS:
        _refold(connection, root_key, schema.entry.c.kind == kind)
    _refold(connection, root_key, schema.entry.c.kind.not_in(_FIRST_KINDS))


def _fold(
    connection: sa.Connection,
    root_key: bytes,
    entries: Sequence[Entry],
    known: dict[WriterId, Standing],
    readings: Readings = NOTHING_READ,
) -> tuple[list[Entry], list[Judgement], set[WriterId]]:
    """Judge and fold `entries` of writers of whom this is `known`.

    The entries as they are to be stored, what became of them, and whose standing changed.
    """
    judgements: dict[int, Judgement] = {}
    changed: set[WriterId] = set()
    for index, judgement, writer in _fold_trust(connection, root_key, entries):
        judgements[index] = judgement
        changed |= {writer} if writer else set()
    if changed:
        known = standings(connection, known)
    for index, entry in enumerate(entries):
        if index not in judgements:
            judgements[index] = judge(entry, known[entry.writer], readings)
    in_order = [judgements[index] for index in range(len(entries))]
    _fold_erasures(connection, zip(entries, in_order, strict=True))
    entries, in_order = redact_on_arrival(connection, entries, in_order)
    _fold_records(connection, zip(entries, in_order, strict=True))
    return entries, in_order, changed


def _fold_trust(
    connection: sa.Connection, root_key: bytes, entries: Sequence[Entry]
) -> Iterator[tuple[int, Judgement, WriterId | None]]:
    """Certificates first, then revocations: the rest is judged by what they say."""
    for kind in _TRUST_KINDS:
        for index, entry in enumerate(entries):
            if entry.kind != kind:
                continue
            judgement = judge(entry, standings(connection, {entry.writer})[entry.writer])
            writer = None
            if isinstance(judgement.record, WriterCertified):
                proven, writer = certify(connection, root_key, judgement.record)
                if not proven:
                    judgement = Judgement(EntryState.ASIDE, Reason.BAD_CERTIFICATE)
            elif isinstance(judgement.record, WriterRevoked):
                writer = revoke(connection, judgement.record)
            yield index, judgement, writer


def _fold_erasures(connection: sa.Connection, judged: Iterable[tuple[Entry, Judgement]]) -> None:
    erasures = [
        Stamped(Stamp(entry.at, entry.writer), judgement.record)
        for entry, judgement in judged
        if isinstance(judgement.record, PersonErased)
    ]
    if erasures:
        fold_erasures(connection, erasures)


def _fold_records(connection: sa.Connection, judged: Iterable[tuple[Entry, Judgement]]) -> None:
    by_fold: dict[_Fold, list[Stamped[Record]]] = defaultdict(list)
    for entry, judgement in judged:
        if judgement.record is not None and entry.kind in _FOLDS:
            by_fold[_FOLDS[entry.kind]].append(Stamped(Stamp(entry.at, entry.writer), judgement.record))
    for fold, items in by_fold.items():
        fold(connection, items)


def _judge_again(connection: sa.Connection, root_key: bytes, writers: set[WriterId]) -> set[WriterId]:
    """Fold what waited for `writers`' certificates; where something folded no longer counts, fold everything anew."""
    if _something_no_longer_counts(connection, writers):
        rebuild(connection, root_key)
        return set()
    query = schema.writer.c.id.in_(list(writers)) & (schema.entry.c.state != EntryState.FOLDED)
    return _refold(connection, root_key, query)


def _something_no_longer_counts(connection: sa.Connection, writers: set[WriterId]) -> bool:
    known = standings(connection, writers)
    folded = stored.folded_kinds(connection, writers)
    return any(objection_to(kind, latest, known[writer]) for (writer, kind), latest in folded.items())


def _refold(connection: sa.Connection, root_key: bytes, which: sa.ColumnElement[bool]) -> set[WriterId]:
    changed: set[WriterId] = set()
    for chunk in chunked(stored.stream_entries(connection, which), _REFOLD_CHUNK):
        known = standings(connection, {entry.writer for entry in chunk})
        folded, judgements, writers = _fold(connection, root_key, chunk, known)
        redacted = [after for before, after in zip(chunk, folded, strict=True) if after is not before]
        stored.replace_bodies(connection, redacted)
        stored.update_states(connection, folded, judgements)
        changed |= writers
    return changed
