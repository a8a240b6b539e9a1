"""Copies of the station in its own folder or on a disk that is brought: each is a station's folder, as encrypted.

The device's own key is left out unless somebody asks for it: a backup that is lost opens with staff's PINs alone.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.backup import copy_store
from db.engine import sqlcipher_engine
from db.errors import DamagedStore, DiskFull
from db.store import Store
from station_app.home.device_key import FILE as DEVICE_KEY
from station_app.home.facts import FILE as FACTS_FILE
from station_app.home.facts import StationFacts
from station_app.home.files import sync_folder
from station_app.home.home import IDENTITY_FILE, STORE_FILE, station_key
from station_app.home.keyslots import FILE as SLOTS_FILE
from station_app.station.clock import local_time, now_ms

FOLDER = "backups"
KEPT_DAYS, KEPT_WEEKS = 7, 4
SMALL_FILES = (IDENTITY_FILE, SLOTS_FILE, FACTS_FILE)
_NAME = "%Y-%m-%d-%H%M%S"
_PARTIAL = ".partial"


@dataclass(frozen=True, slots=True)
class BackupMade:
    """`at` is local time; `place` the backup's folder."""

    place: Path
    at: datetime


def back_up(home: Path, store_key: bytes, to: Path | None = None, *, with_device_key: bool = False) -> BackupMade:
    """Copy the station to a folder of its own within `to`, prove the copy, and let go of old ones.

    Without `to` it goes to the station's own folder ``backups``, where of the last seven days and the last four weeks
    the newest is kept. Needs no open station and holds up none: from any thread. A copy takes its place only when
    it opens with the station's key and its journal verifies; until then every earlier one stays.
    Raises the errors of `db.errors` and `station_app.home.errors`.
    """
    folder = to or home / FOLDER
    at = local_time(now_ms()).replace(microsecond=0)
    place, partial = folder / f"{at:{_NAME}}", folder / _PARTIAL
    with _disk_errors():
        folder.mkdir(mode=0o700, exist_ok=True)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        try:
            copy_store(home / STORE_FILE, partial / STORE_FILE, store_key)
            for name in (*SMALL_FILES, *((DEVICE_KEY,) if with_device_key else ())):
                shutil.copy2(home / name, partial / name)
            prove(partial, store_key)
            _publish(partial, place)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
        if to is None:
            _let_go_of_old(folder)
    return BackupMade(place, at)


def backups(home: Path) -> list[BackupMade]:
    """Those in the station's own folder, the newest first."""
    found = [(_moment(place.name), place) for place in (home / FOLDER).glob("????-??-??-??????")]
    return sorted((BackupMade(place, at) for at, place in found if at), key=lambda made: made.at, reverse=True)


def last_backup(home: Path) -> BackupMade | None:
    return next(iter(backups(home)), None)


def is_due(home: Path) -> bool:
    """Whether today has no backup yet."""
    last = last_backup(home)
    return last is None or last.at.date() != local_time(now_ms()).date()


def prove(folder: Path, store_key: bytes) -> None:
    """Raises WrongKeyOrDamaged, DamagedStore or DamagedHome unless `folder` is a station whose own journal verifies."""
    facts = StationFacts.read(folder)
    engine = sqlcipher_engine(folder / STORE_FILE, store_key)
    store = Store(engine, facts.root_key_bytes, station_key(folder, store_key), now_ms)
    try:
        with store.reading() as view:
            faults = view.journals.faults(store.own)
    finally:
        store.close()
    if faults:
        raise DamagedStore


def kept(moments: Iterable[datetime]) -> set[datetime]:
    """The newest of each of the last seven days that have any, and of each of the last four weeks."""
    days: dict[object, datetime] = {}
    weeks: dict[object, datetime] = {}
    for at in sorted(moments, reverse=True):
        days.setdefault(at.date(), at)
        weeks.setdefault(at.isocalendar()[:2], at)
    return {*list(days.values())[:KEPT_DAYS], *list(weeks.values())[:KEPT_WEEKS]}


def _let_go_of_old(folder: Path) -> None:
    found = backups(folder.parent)
    keep = kept(made.at for made in found)
    for made in found:
        if made.at not in keep:
            shutil.rmtree(made.place)


def _publish(partial: Path, place: Path) -> None:
    """The copy and its name are on disk afterwards."""
    sync_files(partial)
    if place.exists():  # made within the same second
        shutil.rmtree(place)
    partial.rename(place)
    sync_folder(place.parent)


def sync_files(folder: Path) -> None:
    """Let the files of `folder` be on disk, for their owner alone; what SQLite lays beside an open file goes."""
    for file in folder.iterdir():
        if file.name.endswith(("-wal", "-shm", "-journal")):
            file.unlink()
            continue
        file.chmod(0o600)
        with file.open("rb+") as written:
            os.fsync(written.fileno())
    sync_folder(folder)


def _moment(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, _NAME).astimezone()
    except ValueError:
        return None


@contextmanager
def _disk_errors() -> Iterator[None]:
    """A folder that cannot be written is a full disk to those who stand before it."""
    try:
        yield
    except OSError as error:
        raise DiskFull from error
