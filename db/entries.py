"""The journals' own tables: writers and their entries."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from db import schema
from db.dialect import insert_new
from db.fold.judge import UNKNOWN_STANDING, EntryState, Judgement, Standing
from db.fold.subjects import subject_of_entry
from db.fold.trust import ensure_writer, standing_of
from db.prepared import Prepared
from station_core.clock import HybridTime
from station_core.ids import WriterId
from station_core.journal.body import body_digest
from station_core.journal.entry import EMPTY, Entry, Head

_entry, _writer = schema.entry.c, schema.writer.c


class Journal(NamedTuple):
    """A writer as it stands here: where its journal ends, and what it may write. `no` is absent for a new one."""

    writer: WriterId
    no: int | None
    head: Head
    standing: Standing
    public_key: bytes | None


_JOURNAL = Prepared(
    sa.select(
        _writer.no,
        _writer.last_seq,
        _writer.last_hash,
        _writer.last_at,
        _writer.role,
        _writer.revoked_since,
        _writer.public_key,
    )
    .where(_writer.id == sa.bindparam("writer"))
    .with_for_update()
)


def journal_of(connection: sa.Connection, writer: WriterId) -> Journal:
    """The journal of `writer`, which nobody else appends to until the transaction ends."""
    row = _JOURNAL.one(connection, writer=writer)
    if row is None:
        return Journal(writer, None, EMPTY, UNKNOWN_STANDING, None)
    head = Head(row.last_seq, row.last_hash, HybridTime(row.last_at))
    return Journal(writer, row.no, head, standing_of(row), row.public_key)


def number_of(writer: WriterId) -> sa.ScalarSelect[int]:
    """What `writer_no` must be for the entries of `writer`. Unlike a join it leads to their one partition."""
    return sa.select(_writer.no).where(_writer.id == writer).scalar_subquery()


def head_at(connection: sa.Connection, writer: WriterId, seq: int) -> Head | None:
    """The journal of `writer` as it ended with entry `seq`; None where that entry is not held."""
    if seq == 0:
        return EMPTY
    query = sa.select(_entry.hash, _entry.at).where(_entry.writer_no == number_of(writer), _entry.seq == seq)
    row = connection.execute(query).one_or_none()
    return None if row is None else Head(seq, row.hash, HybridTime(row.at))


_MOVE_HEAD = Prepared(
    sa.update(schema.writer)
    .where(_writer.no == sa.bindparam("writer_no"))
    .values(last_seq=sa.bindparam("seq"), last_hash=sa.bindparam("hash"), last_at=sa.bindparam("at"))
)


def insert_entries(
    connection: sa.Connection, journal: Journal, entries: Sequence[Entry], judgements: Sequence[Judgement]
) -> None:
    """Store `entries`, which follow `journal`, with what became of them, and move the journal's head."""
    no = journal.no if journal.no is not None else ensure_writer(connection, journal.writer).no
    rows = [_row(no, entry, judgement) for entry, judgement in zip(entries, judgements, strict=True)]
    insert_new(connection, schema.entry, rows)
    last = entries[-1]
    _MOVE_HEAD.run(connection, writer_no=no, seq=last.seq, hash=last.hash, at=last.at)


def _row(writer_no: int, entry: Entry, judgement: Judgement) -> dict[str, Any]:
    return {
        "writer_no": writer_no,
        "seq": entry.seq,
        "at": entry.at,
        "kind": entry.kind,
        "hash": entry.hash,
        "digest": entry.digest if entry.body is None else None,
        "signature": entry.signature,
        "body": entry.body,
        "state": judgement.state.value,
        "reason": judgement.reason,
        "subject": subject_of_entry(entry, judgement.record),
    }


def update_states(connection: sa.Connection, entries: Sequence[Entry], judgements: Sequence[Judgement]) -> None:
    if not entries:
        return
    numbers = _numbers(connection, entries)
    statement = (
        sa.update(schema.entry)
        .where(_entry.writer_no == sa.bindparam("no"), _entry.seq == sa.bindparam("at_seq"))
        .values(state=sa.bindparam("new_state"), reason=sa.bindparam("new_reason"))
    )
    rows = [
        {
            "no": numbers[entry.writer],
            "at_seq": entry.seq,
            "new_state": judgement.state.value,
            "new_reason": judgement.reason,
        }
        for entry, judgement in zip(entries, judgements, strict=True)
    ]
    connection.execute(statement, rows)


def replace_bodies(connection: sa.Connection, redacted: Sequence[Entry]) -> None:
    """Let what is left of these stored entries stand in the place of what was there."""
    if not redacted:
        return
    numbers = _numbers(connection, redacted)
    statement = (
        sa.update(schema.entry)
        .where(_entry.writer_no == sa.bindparam("no"), _entry.seq == sa.bindparam("at_seq"))
        .values(body=sa.bindparam("new_body"), digest=sa.bindparam("new_digest"), subject=None)
    )
    rows = [
        {
            "no": numbers[entry.writer],
            "at_seq": entry.seq,
            "new_body": entry.body,
            "new_digest": entry.digest if entry.body is None else None,
        }
        for entry in redacted
    ]
    connection.execute(statement, rows)


def _numbers(connection: sa.Connection, entries: Iterable[Entry]) -> dict[WriterId, int]:
    """The numbers of the writers of `entries`."""
    return {writer: ensure_writer(connection, writer).no for writer in {entry.writer for entry in entries}}


def judgements_of(connection: sa.Connection, which: sa.ColumnElement[bool]) -> dict[tuple[WriterId, int], Judgement]:
    """What became of the entries that `which` selects, by writer and number; without their records."""
    query = sa.select(_writer.id, _entry.seq, _entry.state, _entry.reason)
    joined = query.join(schema.writer, _writer.no == _entry.writer_no).where(which)
    return {
        (WriterId(row.id), row.seq): Judgement(EntryState(row.state), row.reason) for row in connection.execute(joined)
    }


def stream_entries(connection: sa.Connection, which: sa.ColumnElement[bool]) -> Iterator[Entry]:
    """The entries that `which` (over `entry` and `writer`) selects, writer by writer, in the order of each journal.

    They are found before the first is given, so that the caller may change their states on the way.
    """
    keys = (
        sa.select(_entry.writer_no, _entry.seq, _writer.id)
        .join(schema.writer, _writer.no == _entry.writer_no)
        .where(which)
        .order_by(_entry.writer_no, _entry.seq)
    )
    for no, first, last, writer in _runs(connection.execute(keys).all()):
        yield from read_entries(connection, writer, no, first, last)


def _runs(keys: Iterable[Any], longest: int = 1_000) -> Iterator[tuple[int, int, int, WriterId]]:
    """(writer number, first seq, last seq, writer) of each run of consecutive keys."""
    run: tuple[int, int, int, WriterId] | None = None
    for no, seq, writer in keys:
        if run and run[0] == no and seq == run[2] + 1 and seq - run[1] < longest:
            run = (no, run[1], seq, run[3])
            continue
        if run:
            yield run
        run = (no, seq, seq, WriterId(writer))
    if run:
        yield run


def read_entries(connection: sa.Connection, writer: WriterId, no: int, first: int, last: int) -> list[Entry]:
    query = sa.select(schema.entry).where(_entry.writer_no == no, _entry.seq.between(first, last)).order_by(_entry.seq)
    return [
        Entry(
            writer=writer,
            seq=row.seq,
            at=HybridTime(row.at),
            kind=row.kind,
            digest=body_digest(row.body) if row.body is not None else row.digest,
            hash=row.hash,
            signature=row.signature,
            body=row.body,
        )
        for row in connection.execute(query)
    ]


def folded_kinds(connection: sa.Connection, writers: Collection[WriterId]) -> dict[tuple[WriterId, str], HybridTime]:
    """The kinds of entries of `writers` that count now, each with the time of its latest entry."""
    query = (
        sa.select(_writer.id, _entry.kind, sa.func.max(_entry.at).label("latest"))
        .select_from(schema.entry.join(schema.writer, _writer.no == _entry.writer_no))
        .where(_writer.id.in_(list(writers)), _entry.state == EntryState.FOLDED)
        .group_by(_writer.id, _entry.kind)
    )
    return {(WriterId(row.id), row.kind): HybridTime(row.latest) for row in connection.execute(query)}
