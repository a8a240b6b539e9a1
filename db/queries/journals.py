"""Questions about the journals themselves, and what the exchange needs of them."""

from collections.abc import Iterator

import sqlalchemy as sa

from db import schema
from db.entries import head_at, number_of, read_entries
from db.fold.judge import EntryState
from db.values import SetAside
from station_core.clock import HybridTime, hybrid
from station_core.ids import WriterId
from station_core.journal.batch import Batch, batch_of
from station_core.journal.entry import GENESIS_HASH, Entry, Head, entry_hash
from station_core.keys import verify

_entry, _writer = schema.entry.c, schema.writer.c
_PAGE = 500
_WHERE_IT_ENDS = sa.select(_writer.no, _writer.last_seq).where(_writer.id == sa.bindparam("writer"))


class Journals:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def heads(self) -> dict[WriterId, Head]:
        """Where each journal ends here; writers without an entry are left out."""
        query = sa.select(_writer.id, _writer.last_seq, _writer.last_hash, _writer.last_at).where(_writer.last_seq > 0)
        return {
            WriterId(row.id): Head(row.last_seq, row.last_hash, HybridTime(row.last_at))
            for row in self._connection.execute(query)
        }

    def latest(self, before_ms: int) -> HybridTime:
        """The time of the latest entry that ends a journal, of those before that moment; 0 where there is none."""
        query = sa.select(sa.func.max(_writer.last_at)).where(_writer.last_at < hybrid(before_ms))
        return HybridTime(self._connection.execute(query).scalar_one() or 0)

    def hash_at(self, writer: WriterId, seq: int) -> bytes | None:
        """The hash of one entry; that of "before the first" for 0; None where the entry is not held."""
        head = head_at(self._connection, writer, seq)
        return None if head is None else head.hash

    def batch_after(self, writer: WriterId, seq: int, max_bytes: int) -> Batch | None:
        """The entries of `writer` after `seq`, as many as `max_bytes` of bodies hold and at least one.

        A batch ends at an entry that carries its signature, so one may come out longer. None where nothing follows.
        """
        previous = self.hash_at(writer, seq)
        if previous is None:
            return None
        entries: list[Entry] = []
        size, end = 0, 0
        for entry in self._entries_after(writer, seq):
            size += len(entry.body or b"") + 64
            if end and size > max_bytes:
                break
            entries.append(entry)
            if entry.signature is not None:
                end = len(entries)
        return batch_of(entries[:end], previous) if end else None

    def _entries_after(self, writer: WriterId, seq: int, *, beyond: bool = False) -> Iterator[Entry]:
        """`beyond`: also such as lie behind the noted end, where none should be."""
        row = self._connection.execute(_WHERE_IT_ENDS, {"writer": writer}).one_or_none()
        no, last = row or (None, 0)
        while no is not None and (page := read_entries(self._connection, writer, no, seq + 1, seq + _PAGE)):
            yield from page
            seq = page[-1].seq
            if seq == last and not beyond:
                return

    def count_after(self, writer: WriterId, seq: int) -> dict[str, int]:
        """How many entries of each kind follow `seq`."""
        query = (
            sa.select(_entry.kind, sa.func.count())
            .where(_entry.writer_no == number_of(writer), _entry.seq > seq)
            .group_by(_entry.kind)
        )
        return {kind: int(number) for kind, number in self._connection.execute(query)}

    def set_aside(self, limit: int = 200) -> list[SetAside]:
        """What is held but not folded, the latest first."""
        query = (
            sa.select(_writer.id, _entry.seq, _entry.kind, _entry.at, _entry.reason)
            .join(schema.writer, _writer.no == _entry.writer_no)
            .where(_entry.state != EntryState.FOLDED)
            .order_by(_entry.at.desc())
            .limit(limit)
        )
        return [
            SetAside(WriterId(row.id), row.seq, row.kind, HybridTime(row.at), row.reason or "")
            for row in self._connection.execute(query)
        ]

    def set_aside_counts(self) -> dict[WriterId, int]:
        """How many entries of each writer are held but not folded; writers without any are left out."""
        query = (
            sa.select(_writer.id, sa.func.count())
            .join(schema.entry, _writer.no == _entry.writer_no)
            .where(_entry.state != EntryState.FOLDED)
            .group_by(_writer.id)
        )
        return {WriterId(writer): int(number) for writer, number in self._connection.execute(query)}

    def faults(self, writer: WriterId) -> list[str]:
        """What does not hold in the journal of `writer`: gaps, hashes, times, signatures. Empty where all does."""
        query = sa.select(_writer.public_key, _writer.last_seq, _writer.last_hash).where(_writer.id == writer)
        row = self._connection.execute(query).one()
        found: list[str] = []
        previous, seq, at = GENESIS_HASH, 0, -1
        for entry in self._entries_after(writer, 0, beyond=True):
            found += _faults_of(entry, previous, seq, at, row.public_key)
            previous, seq, at = entry.hash, entry.seq, entry.at
        if (seq, previous) != (row.last_seq, row.last_hash):
            found.append(f"the journal ends at entry {seq}, not at {row.last_seq} as noted")
        return found


def _faults_of(entry: Entry, previous: bytes, seq: int, at: int, public_key: bytes | None) -> Iterator[str]:
    if entry.seq != seq + 1:
        yield f"entry {seq + 1} is missing"
    if entry.at <= at:
        yield f"entry {entry.seq} is not later than the one before it"
    if entry.hash != entry_hash(entry.writer, entry.seq, entry.at, entry.kind, entry.digest, previous):
        yield f"entry {entry.seq} does not fit its hash"
    if entry.signature is not None and public_key and not verify(public_key, entry.hash, entry.signature):
        yield f"the signature of entry {entry.seq} is not its writer's"
