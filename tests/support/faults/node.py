"""One machine of a history: its store, its clock, and a process that can end at any statement."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto
from random import Random
from typing import Any

import sqlalchemy as sa
from support.faults.clocks import WallClock
from support.faults.disks import Disk
from support.faults.ledger import Ledger
from support.faults.tally import Fault, Tally

from db.store import Store, Transaction
from station_core.ids import WriterId
from station_core.journal.entry import Entry
from station_core.records.base import Record


class Crash(BaseException):
    """The process of `node` is no more. Not an Exception: nothing in the product may catch it."""

    def __init__(self, node: "Node") -> None:
        super().__init__(node.name)
        self.node = node


class End(Enum):
    """How a process ends."""

    KILLED = auto()
    POWER_CUT = auto()
    AFTER_COMMIT = auto()


_COUNTED = {End.KILLED: Fault.KILLED, End.POWER_CUT: Fault.POWER_CUT, End.AFTER_COMMIT: Fault.DIED_AFTER_COMMIT}


class Node(ABC):
    """`ledger`: where everything is noted that this machine's transactions have acknowledged."""

    def __init__(self, name: str, clock: WallClock, disk: Disk, rng: Random, tally: Tally, ledger: Ledger) -> None:
        self.name, self.clock, self.disk, self.rng = name, clock, disk, rng
        self.tally, self.ledger = tally, ledger
        self.is_full = False
        self.is_dead = False
        self.store: Store
        self._fuse: int | None = None
        self._end = End.KILLED

    @abstractmethod
    def _opened(self) -> Store:
        """The store, as the product opens it, and what else a process of this machine has."""

    @property
    def writer(self) -> WriterId:
        """Who this machine writes as now."""
        return self.store.own

    def open(self) -> None:
        self.is_dead, self.is_full = False, False
        self.store = self._opened()
        self._watch(self.store)

    def restart(self) -> None:
        """A new process over what the last one left."""
        self.close()
        self.open()

    def close(self) -> None:
        self.disarm()
        self.store.close()

    def arm(self, end: End, after: int) -> None:
        """Let the process end after so many more statements (for AFTER_COMMIT: after so many transactions)."""
        self._end, self._fuse = end, after

    def disarm(self) -> None:
        self._fuse = None

    def set_full(self, full: bool) -> None:
        with self.store._engine.connect() as connection:
            self.disk.limit(connection.connection.driver_connection, full=full)
        self.is_full = full

    def _watch(self, store: Store) -> None:
        engine = sharing_statements(store._engine)

        def on_statement(connection: sa.Connection, *_: Any) -> None:
            if self.is_dead:
                raise Crash(self)
            if self._fuse is not None and self._end is not End.AFTER_COMMIT:
                self._burn(connection)

        sa.event.listen(engine, "before_cursor_execute", on_statement)
        sa.event.listen(engine, "commit", on_statement)
        begin = store.writing

        @contextmanager
        def writing() -> Iterator[Transaction]:
            written: list[Entry] = []
            with begin() as tx:
                _note_what_is_appended(tx, written)
                yield tx
            self._committed(written)

        store.writing = writing  # type: ignore[method-assign]

    def _committed(self, written: list[Entry]) -> None:
        """The transaction stands, and unless the process ends right here, whoever asked for it is told so."""
        self.disk.note_commit()
        if self._fuse is not None and self._end is End.AFTER_COMMIT:
            with self.store._engine.connect() as connection:
                self._burn(connection)
        self.ledger.note(written)

    def _burn(self, connection: sa.Connection) -> None:
        assert self._fuse is not None
        self._fuse -= 1
        if self._fuse >= 0:
            return
        self.disarm()
        self.tally[_COUNTED[self._end]] += 1
        self.disk.leave(connection.connection.driver_connection, power_cut=self._end is End.POWER_CUT)
        self.is_dead = True
        raise Crash(self)


def _note_what_is_appended(tx: Transaction, written: list[Entry]) -> None:
    append = tx.append

    def noting(*records: Record) -> tuple[Entry, ...]:
        entries = append(*records)
        written.extend(entries)
        return entries

    tx.append = noting  # type: ignore[method-assign]


_DIALECTS: dict[str, tuple[sa.Dialect, Any]] = {}


def sharing_statements(engine: sa.Engine) -> sa.Engine:
    """Stores come and go by the dozen here: what one has compiled serves the next. SQLAlchemy keys it by dialect."""
    name = engine.dialect.name
    if name not in _DIALECTS:
        with engine.connect():
            _DIALECTS[name] = (engine.dialect, engine._compiled_cache)
    engine.dialect, engine._compiled_cache = _DIALECTS[name]
    engine.pool._dialect = engine.dialect
    return engine
