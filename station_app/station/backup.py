"""Copies of the station's store in its own folder, as encrypted as the store."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.backup import copy_store
from db.engine import sqlcipher_engine
from db.errors import DamagedStore, DiskFull
from db.store import Store
from station_app.home.facts import StationFacts
from station_app.home.files import sync_folder
from station_app.home.home import STORE_FILE, station_key
from station_app.station.clock import local_time, now_ms

FOLDER = "backups"
KEPT = 7


@dataclass(frozen=True, slots=True)
class BackupMade:
    """`at` is local time."""

    file: Path
    at: datetime


def back_up(home: Path, store_key: bytes) -> BackupMade:
    """Copy the store to ``backups/DATE.db``, prove the copy, and let go of all but the last seven days' copies.

    Needs no open station and holds up none: from any thread. A copy takes its place only when it opens with the
    station's key and its journal verifies; until then an earlier one of the same day stays.
    Raises the errors of `db.errors` and `station_app.home.errors`.
    """
    facts = StationFacts.read(home)
    folder = home / FOLDER
    with _disk_errors():
        folder.mkdir(mode=0o700, exist_ok=True)
        partial = folder / ".partial.db"
        _remove(partial)
        try:
            copy_store(home / STORE_FILE, partial, store_key)
            _prove(home, facts, partial, store_key)
            file = folder / f"{local_time(now_ms()):%Y-%m-%d}.db"
            _publish(partial, file)
        finally:
            _remove(partial)
        for old in sorted(folder.glob("????-??-??.db"))[:-KEPT]:
            old.unlink()
    return BackupMade(file, _made_at(file))


def last_backup(home: Path) -> BackupMade | None:
    files = sorted((home / FOLDER).glob("????-??-??.db"))
    return BackupMade(files[-1], _made_at(files[-1])) if files else None


def _prove(home: Path, facts: StationFacts, file: Path, store_key: bytes) -> None:
    """Raises WrongKeyOrDamaged, DamagedStore."""
    store = Store(sqlcipher_engine(file, store_key), facts.root_key_bytes, station_key(home, store_key), now_ms)
    try:
        with store.reading() as view:
            faults = view.journals.faults(store.own)
    finally:
        store.close()
    if faults:
        raise DamagedStore


def _publish(partial: Path, file: Path) -> None:
    """Both the copy and its name are on disk afterwards."""
    partial.chmod(0o600)
    with partial.open("rb+") as written:
        os.fsync(written.fileno())
    partial.replace(file)
    sync_folder(file.parent)


def _made_at(file: Path) -> datetime:
    return local_time(round(file.stat().st_mtime * 1_000))


def _remove(partial: Path) -> None:
    """With what SQLite lays beside an open file."""
    for end in ("", "-wal", "-shm", "-journal"):
        partial.with_name(partial.name + end).unlink(missing_ok=True)


@contextmanager
def _disk_errors() -> Iterator[None]:
    """A folder that cannot be written is a full disk to those who stand before it."""
    try:
        yield
    except OSError as error:
        raise DiskFull from error
