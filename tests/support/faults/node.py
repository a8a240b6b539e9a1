"""One machine of a history: its store, its clock, and a process that can end at any statement."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from random import Random
from typing import Any, TypeVar

import sqlalchemy as sa
from support.faults.clocks import WallClock
from support.faults.disks import Disk
from support.faults.tally import Fault, Tally

from db.store import Store
from station_app.station.exchange import StationStore
from station_core.ids import WriterId
from station_core.keys import SigningKey, writer_id

T = TypeVar("T")


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


@dataclass(eq=False)
class Node:
    name: str
    key: SigningKey
    root_key: bytes
    clock: WallClock
    disk: Disk
    rng: Random
    tally: Tally
    is_full: bool = False
    store: Store = field(init=False)
    _engine: sa.Engine = field(init=False)
    _fuse: int | None = field(init=False, default=None)
    _end: End = field(init=False, default=End.KILLED)

    def __post_init__(self) -> None:
        self._open()

    @property
    def writer(self) -> WriterId:
        return writer_id(self.key.public)

    @property
    def exchange_store(self) -> StationStore:
        return StationStore(self.writer, self.clock, self.run)

    def run(self, job: Callable[[Store], T]) -> T:
        """What `job` answers. Raises Crash where the process is to end after it, or ends on the way."""
        answer = job(self.store)
        self.disk.note_commit()
        if self._fuse is not None and self._end is End.AFTER_COMMIT:
            self._fuse -= 1
            if self._fuse < 0:
                with self._engine.connect() as connection:
                    self._die(connection)
        return answer

    def arm(self, end: End, after: int) -> None:
        """Let the process end after so many more statements (for AFTER_COMMIT: after so many jobs)."""
        self._end, self._fuse = end, after

    def disarm(self) -> None:
        self._fuse = None

    def set_full(self, full: bool) -> None:
        with self._engine.connect() as connection:
            self.disk.limit(connection.connection.driver_connection, full=full)
        self.is_full = full

    def restart(self) -> None:
        """A new process over what the last one left."""
        self.close()
        self.is_full = False
        self._open()

    def close(self) -> None:
        self.disarm()
        self.store.close()

    def _open(self) -> None:
        self._engine = _sharing_statements(self.disk.engine())
        sa.event.listen(self._engine, "before_cursor_execute", self._on_statement)
        sa.event.listen(self._engine, "commit", self._on_commit)
        self.store = Store(self._engine, self.root_key, self.key, self.clock)

    def _on_statement(self, connection: sa.Connection, *_: Any) -> None:
        if self._fuse is None or self._end is End.AFTER_COMMIT:
            return
        self._fuse -= 1
        if self._fuse < 0:
            self._die(connection)

    def _on_commit(self, connection: sa.Connection) -> None:
        self._on_statement(connection)

    def _die(self, connection: sa.Connection) -> None:
        self.disarm()
        self.tally[_COUNTED[self._end]] += 1
        self.disk.leave(connection.connection.driver_connection, power_cut=self._end is End.POWER_CUT)
        raise Crash(self)


_DIALECTS: dict[str, tuple[sa.Dialect, Any]] = {}


def _sharing_statements(engine: sa.Engine) -> sa.Engine:
    """Stores come and go by the dozen here: what one has compiled serves the next. SQLAlchemy keys it by dialect."""
    name = engine.dialect.name
    if name not in _DIALECTS:
        with engine.connect():
            _DIALECTS[name] = (engine.dialect, engine._compiled_cache)
    engine.dialect, engine._compiled_cache = _DIALECTS[name]
    engine.pool._dialect = engine.dialect
    return engine
