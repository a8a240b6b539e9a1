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

from db.engine import sqlcipher_engine, url_engine
from db.store import prepare
from station_app.home.home import STORE_FILE
from station_app.home.keyslots import KeySlots
from station_app.station.backup import back_up
from station_app.station.restore import restore_into

STORE_KEY = bytes(range(32))
_SYNCHRONOUS_FULL = 2
_NO_LIMIT = 1_073_741_823
"""SQLite's own upper bound of pages."""
_MEMORY = Path("/dev/shm")


def quick_folder() -> Path | None:
    """Where files lie in memory: what would survive is worked out here, so nothing has to wait for a real disk."""
    return _MEMORY if _MEMORY.is_dir() else None


class Disk(Protocol):
    """What lies under one store, which is in the folder `home`. `leave` is called in the middle of anything it does."""

    home: Path

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
    """A folder with a SQLite file in it, encrypted as on a kiosk or plain as in a small city.

    A process that is killed leaves file and write-ahead log as the system has them. A power cut leaves what SQLite has
    had synced: with synchronous=FULL the log as far as its last commit, and of what came after it as much as chance
    wants; with less, the log is synced at checkpoints only, so that none of it can be counted on
    (https://sqlite.org/pragma.html#pragma_synchronous). Small files are written in one step, and stay.
    """

    def __init__(self, folder: Path, name: str, rng: Random, *, encrypted: bool = True, source: Path | None = None):
        self._folder, self._name, self._rng = folder, name, rng
        self._generation = 0
        self._committed_log_bytes = 0
        self.home = self._next(source or empty_home(encrypted))

    @property
    def file(self) -> Path:
        return self.home / STORE_FILE

    def note_commit(self) -> None:
        log = _log_of(self.file)
        self._committed_log_bytes = log.stat().st_size if log.exists() else 0

    def leave(self, connection: Any, *, power_cut: bool) -> None:
        is_synced = connection.execute("PRAGMA synchronous").fetchone()[0] >= _SYNCHRONOUS_FULL
        log = _log_of(self.file)
        self.home = self._next(self.home)
        if log.exists() and (is_synced or not power_cut):
            content = log.read_bytes()
            least = min(self._committed_log_bytes, len(content)) if power_cut else len(content)
            _log_of(self.file).write_bytes(content[: self._rng.randint(least, len(content))])

    def limit(self, connection: Any, *, full: bool) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0] if full else _NO_LIMIT
        connection.execute(f"PRAGMA max_page_count = {pages}")

    def clone(self, name: str) -> "FileDisk":
        """A copy of the folder with the log, as somebody makes one who copies a disk in use."""
        copy = FileDisk(self._folder, name, self._rng, source=self.home)
        if _log_of(self.file).exists():
            shutil.copy(_log_of(self.file), _log_of(copy.file))
        return copy

    def back_up(self) -> Path:
        """The product's own copy of a station. Raises what it raises."""
        self._generation += 1
        to = self._folder / f"{self._name}-backup-{self._generation}"
        return back_up(self.home, STORE_KEY, to).place

    def restore(self, backup: Path) -> None:
        """The product's own way back; nobody may have the store open."""
        restore_into(backup, self.home)
        self.note_commit()

    def _next(self, source: Path) -> Path:
        """Another folder with the files of `source`, without the log."""
        self._generation += 1
        home = self._folder / f"{self._name}-{self._generation}"
        home.mkdir()
        for file in source.iterdir():
            if file.is_file() and file.name not in (f"{STORE_FILE}-wal", f"{STORE_FILE}-shm"):
                shutil.copy(file, home / file.name)
        return home


class OpenedDisk:
    """A database that keeps its own promises, such as PostgreSQL, or a folder that real processes work on."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def note_commit(self) -> None:
        pass

    def leave(self, connection: Any, *, power_cut: bool) -> None:
        pass

    def limit(self, connection: Any, *, full: bool) -> None:
        pass


def _log_of(file: Path) -> Path:
    return file.with_name(file.name + "-wal")


@cache
def empty_home(encrypted: bool) -> Path:
    """A folder with an empty store, and for a kiosk with the keys to it, made once: migrations take their time."""
    folder = Path(tempfile.mkdtemp(prefix="station-faults-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    file = folder / STORE_FILE
    make: Callable[[], sa.Engine] = (
        (lambda: sqlcipher_engine(file, STORE_KEY, create=True))
        if encrypted
        else (lambda: url_engine(f"sqlite:///{file}", create=True))
    )
    engine = make()
    prepare(engine)
    engine.dispose()
    if encrypted:
        KeySlots.make(folder, STORE_KEY).write(folder)
    return folder
