"""A store: journals and what is folded from them, read and written in transactions.

Use::

    with store.writing() as tx:
        facts = tx.services.of(...)
        tx.append(*decide(facts))
    # here it is on disk
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import sqlalchemy as sa

from db.condition import Condition, condition
from db.connections import Connections
from db.engine import empty_log
from db.entries import Journal, head_at, journal_of
from db.epochs import drop_branch, start_epoch
from db.errors import WriterIsRevoked
from db.fold.erasure import ERASED_HERE
from db.fold.judge import NOTHING_READ, Readings, Reason, Standing, objection_to, read_ahead
from db.fold.take_in import rebuild, take_in
from db.fold.trust import key_in_batch
from db.migrations.upgrade import upgrade
from db.queries.devices import Devices
from db.queries.local import REVOKED
from db.view import View
from station_core.clock import HybridClock, HybridTime, hybrid
from station_core.ids import WriterId
from station_core.journal.batch import Batch, BrokenChain, verify_batch
from station_core.journal.entry import Entry, seal
from station_core.journal.receipt import Outcome, Received
from station_core.keys import SigningKey, writer_id
from station_core.records.base import SALT_BYTES, Record, encode_body


class Opened(NamedTuple):
    """A batch that was verified, and its entries read."""

    entries: tuple[Entry, ...]
    readings: Readings


def open_batch(batch: Batch, public_key: bytes) -> Opened:
    """What taking `batch` in begins with, and what needs no store: a store with many to wait for should not be kept
    waiting by it. `public_key` must be that of the batch's writer. Raises BrokenChain.
    """
    entries = verify_batch(batch, public_key)
    return Opened(entries, read_ahead(entries))


class Transaction(View):
    """A view that can write; nothing of it stands until the transaction ends, and then all of it is on disk."""

    def __init__(self, connection: sa.Connection, store: "Store") -> None:
        super().__init__(connection)
        self._store = store

    def append(self, *records: Record) -> tuple[Entry, ...]:
        """Write `records` into this device's own journal and fold them.

        Raises WriterIsRevoked where they would be set aside everywhere because the device is known to be revoked: who
        stands at the counter must hear of it, and not be told that it was recorded.
        """
        if self._store.before_appending is not None:
            self._store.before_appending(self)
        key = self._store.key
        journal = journal_of(self._connection, self._store.own)
        standing = self._own_standing(journal)
        head = journal.head
        entries: list[Entry] = []
        for record in records:
            at = self._store.tick(after=head.at)
            if objection_to(record.kind, at, standing) is Reason.WRITER_REVOKED:
                raise WriterIsRevoked
            entry = seal(key, head, at, record.kind, encode_body(record, secrets.token_bytes(SALT_BYTES)))
            entries.append(entry)
            head = entry.head
        if entries:
            take_in(self._connection, self._store.root_key, journal, entries)
        return tuple(entries)

    @property
    def may_write(self) -> bool:
        """Whether this device is not known to be revoked."""
        return self._own_standing(journal_of(self._connection, self._store.own)).revoked_since is None

    def _own_standing(self, journal: Journal) -> Standing:
        """By the journals; and by the city's word, since a revoked device does not get the entry that says so."""
        if journal.standing.revoked_since is None and self.local.setting(REVOKED):
            return Standing(journal.standing.role, HybridTime(0))
        return journal.standing

    def receive(self, batch: Batch, opened: "Opened | None" = None) -> Received:
        """Take another device's entries in: all of the batch that is not held yet, or none with the reason why.

        `opened` is what `open_batch` made of it before.
        """
        journal = journal_of(self._connection, batch.writer)
        head = journal.head
        public_key = journal.public_key or key_in_batch(self._store.root_key, batch)
        if public_key is None:
            return Received(Outcome.UNKNOWN_WRITER, head)
        if batch.first_seq > head.seq + 1:
            return Received(Outcome.GAP, head)
        try:
            entries, readings = opened or Opened(verify_batch(batch, public_key), NOTHING_READ)
        except BrokenChain:
            return Received(Outcome.BROKEN, head)
        return self._continue(batch, entries, journal, readings)

    def _continue(self, batch: Batch, entries: Sequence[Entry], journal: Journal, readings: Readings) -> Received:
        """Hashes cover all before them: two journals that agree on one entry agree on every earlier one."""
        head = journal.head
        goes_on = batch.first_seq == head.seq + 1
        before = head if goes_on else head_at(self._connection, batch.writer, batch.first_seq - 1)
        if before is None or before.hash != batch.previous:
            return Received(Outcome.FORK, head)
        if batch.first_seq > 1 and entries[0].at <= before.at:
            return Received(Outcome.BROKEN, head)
        held = entries[: head.seq - batch.first_seq + 1]
        if held and head_at(self._connection, batch.writer, held[-1].seq) != held[-1].head:
            return Received(Outcome.FORK, head)
        new = entries[len(held) :]
        return self._take_new(new, journal, readings) if new else Received(Outcome.ALREADY_HAD, head)

    def _take_new(self, new: Sequence[Entry], journal: Journal, readings: Readings) -> Received:
        judgements = take_in(self._connection, self._store.root_key, journal, new, readings)
        self._store.observe(new[-1].at)
        aside = tuple(
            (entry.seq, judgement.reason)
            for entry, judgement in zip(new, judgements, strict=True)
            if judgement.reason is not None
        )
        return Received(Outcome.HELD, new[-1].head, len(new), aside)

    def start_epoch(self, key: SigningKey, after: int, certificate: bytes) -> int:
        """Go on in the journal of the new `key`, and write there again what the present journal has after `after`.

        How many entries that were. The caller gives the store its new key once the transaction has ended well.
        """
        return start_epoch(self._connection, self._store, key, after, certificate)

    def drop_branch(self, writer: WriterId, after: int, successor: WriterId) -> bool:
        """Let go of what another device wrote after `after` where its successor's journal has all of it. Whether."""
        return drop_branch(self._connection, self._store.root_key, (writer, after), successor)

    def rebuild(self) -> None:
        """Make every folded table again from the journals alone."""
        rebuild(self._connection, self._store.root_key)


class Store:
    """One open store. `root_key` is the city's public root key; `key` is this device's own;
    it is exchanged where the device begins a new epoch (`Transaction.start_epoch`).

    On a kiosk it has one connection and belongs to one thread; a city's store has a connection for each transaction,
    and may be used by many threads and processes: those that write come one after the other.
    """

    def __init__(self, engine: sa.Engine, root_key: bytes, key: SigningKey, wall_ms: Callable[[], int]) -> None:
        self._engine = engine
        self._connections = Connections(engine)
        self.root_key = root_key
        self.key = key
        self._wall_ms = wall_ms
        self._clock = HybridClock()
        self.before_writing: Callable[[Transaction], None] | None = None
        """Asked at the beginning of every writing transaction: another process may have begun a new epoch."""
        self.before_appending: Callable[[Transaction], None] | None = None
        """Asked before own records are written: another process may have seen later times than this one."""
        with self.reading() as view:
            for head in view.journals.heads().values():
                self.observe(head.at)

    @property
    def own(self) -> WriterId:
        return writer_id(self.key.public)

    @contextmanager
    def reading(self) -> Iterator[View]:
        with self._connections.transaction(reading=True) as connection:
            yield View(connection)

    @contextmanager
    def noting(self) -> Iterator[Devices]:
        """For notes of when devices were heard of: in a city they wait for nobody; a power cut may take the last."""
        with self._connections.transaction(noting=True) as connection:
            yield Devices(connection)

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        with self._connections.transaction() as connection:
            connection.info.pop(ERASED_HERE, None)
            tx = Transaction(connection, self)
            if self.before_writing is not None:
                self.before_writing(tx)
            yield tx
            erased = connection.info.pop(ERASED_HERE, False)
        if erased:
            empty_log(self._engine)

    def condition(self) -> Condition:
        """Whether it can do its work at this moment. Raises StoreError where the database does not answer."""
        with self._connections.transaction(reading=True) as connection:
            return condition(connection)

    def connections_in_use(self) -> int:
        """How many connections this process has in use at this moment; 0 where it has but one for everything."""
        pool = self._engine.pool
        return pool.checkedout() if isinstance(pool, sa.QueuePool) else 0

    def close(self) -> None:
        self._connections.close()

    def tick(self, after: HybridTime) -> HybridTime:
        """The time of the next own entry."""
        now_ms = self._wall_ms()
        self._clock.last = max(self._clock.last, after)
        return self._clock.tick(now_ms)

    def observe(self, seen: HybridTime) -> None:
        self._clock.observe(seen, self._wall_ms())

    def is_ahead(self, at: HybridTime) -> bool:
        """Whether this device's next entry will be before `at`: another one's clock was wrong by more than a day."""
        return at > max(self._clock.last, hybrid(self._wall_ms()))

    def now_ms(self) -> int:
        """What the wall clock of this device says."""
        return self._wall_ms()


def prepare(engine: sa.Engine) -> None:
    """Bring the tables to the present schema. Raises NewerStore, and the known errors of opening."""
    with engine.begin() as connection:
        upgrade(connection)
