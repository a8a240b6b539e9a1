"""Where a store lies, and what is left there when its process is killed or the power fails."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Protocol

import sqlalchemy as sa

from db.backup import copy_store
from db.engine import sqlcipher_engine, url_engine
from db.store import prepare

STORE_KEY = bytes(range(32))
_SYNCHRONOUS_FULL = 2
_NO_LIMIT = 1_073_741_823
"""SQLite's own upper bound of pages."""


class Disk(Protocol):
    """What lies under one store. `leave` is called in the middle of whatever the store does."""

    def engine(self) -> sa.Engine: ...

    def note_commit(self) -> None:
        """Whatever was to be written until now is committed."""
        ...

    def leave(self, connection: Any, *, power_cut: bool) -> None:
        """Keep what a next process will find, were this one to end now. `connection` is the driver's."""
        ...

    def limit(self, connection: Any, *, full: bool) -> None:
        """No page more, or as many as there is room for."""
        ...


class FileDisk:
    """A SQLite file, encrypted as on a kiosk or plain as in a small city.

    A process that is killed leaves file and write-ahead log as the system has them. A power cut leaves what SQLite has
    had synced: with synchronous=FULL the log as far as its last commit, and of what came after it as much as chance
    wants; with less, the log is synced at checkpoints only, so that none of it can be counted on
    (https://sqlite.org/pragma.html#pragma_synchronous).
    """

    def __init__(self, folder: Path, name: str, rng: Random, *, encrypted: bool = True, source: Path | None = None):
        self._folder, self._name, self._rng, self._encrypted = folder, name, rng, encrypted
        self._generation = 0
        self._committed_log_bytes = 0
        self.file = self._next()
        shutil.copy(source or empty_store(encrypted), self.file)

    def engine(self) -> sa.Engine:
        return sqlcipher_engine(self.file, STORE_KEY) if self._encrypted else url_engine(f"sqlite:///{self.file}")

    def note_commit(self) -> None:
        log = _log_of(self.file)
        self._committed_log_bytes = log.stat().st_size if log.exists() else 0

    def leave(self, connection: Any, *, power_cut: bool) -> None:
        is_synced = connection.execute("PRAGMA synchronous").fetchone()[0] >= _SYNCHRONOUS_FULL
        old, self.file = self.file, self._next()
        shutil.copy(old, self.file)
        log = _log_of(old)
        if log.exists() and (is_synced or not power_cut):
            content = log.read_bytes()
            least = min(self._committed_log_bytes, len(content)) if power_cut else len(content)
            _log_of(self.file).write_bytes(content[: self._rng.randint(least, len(content))])

    def limit(self, connection: Any, *, full: bool) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0] if full else _NO_LIMIT
        connection.execute(f"PRAGMA max_page_count = {pages}")

    def clone(self, name: str) -> "FileDisk":
        """A copy of the file with its log, as somebody makes one who copies a disk in use."""
        copy = FileDisk(self._folder, name, self._rng, encrypted=self._encrypted, source=self.file)
        if _log_of(self.file).exists():
            shutil.copy(_log_of(self.file), _log_of(copy.file))
        return copy

    def back_up(self) -> Path:
        """The product's own copy of a kiosk's store."""
        target = self._next()
        copy_store(self.file, target, STORE_KEY)
        return target

    def restore(self, backup: Path) -> None:
        self.file = self._next()
        shutil.copy(backup, self.file)

    def _next(self) -> Path:
        self._generation += 1
        return self._folder / f"{self._name}-{self._generation}.db"


class OpenedDisk:
    """A database that keeps its own promises, such as PostgreSQL, or one that real processes work on."""

    def __init__(self, engine: Callable[[], sa.Engine]) -> None:
        self._engine = engine

    def engine(self) -> sa.Engine:
        return self._engine()

    def note_commit(self) -> None:
        pass

    def leave(self, connection: Any, *, power_cut: bool) -> None:
        pass

    def limit(self, connection: Any, *, full: bool) -> None:
        pass


def _log_of(file: Path) -> Path:
    return file.with_name(file.name + "-wal")


@cache
def empty_store(encrypted: bool) -> Path:
    """An empty store with today's tables, made once: migrations take their time."""
    folder = Path(tempfile.mkdtemp(prefix="station-faults-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / "empty.db"
    engine = (
        sqlcipher_engine(file, STORE_KEY, create=True) if encrypted else url_engine(f"sqlite:///{file}", create=True)
    )
    prepare(engine)
    engine.dispose()
    return file
