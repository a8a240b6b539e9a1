"""A station from a backup: in a new folder, or in the place of a damaged one, which is kept aside.

What was written after the backup comes back from the city and from neighbours at the next exchange. If something was
written here meanwhile, that exchange finds the journal forked and heals it (`station_app.station.healing`).
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from db.errors import StoreError
from station_app.home.device_key import FILE as DEVICE_KEY
from station_app.home.errors import HomeError, NoBackup, OtherStation
from station_app.home.facts import FILE as FACTS_FILE
from station_app.home.facts import StationFacts
from station_app.home.files import sync_folder
from station_app.home.home import IDENTITY_FILE, STORE_FILE, new_home
from station_app.home.keyslots import FILE as SLOTS_FILE
from station_app.home.keyslots import KeySlots
from station_app.station.backup import SMALL_FILES, backups, prove, sync_files
from station_app.station.clock import local_time, now_ms

_RESTORING = ".restoring"
_BESIDE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """`aside` is where the damaged files lie now; None for a new folder, or where there were none."""

    home: Path
    backup: Path
    aside: Path | None = None


def restore_new(backup: Path, home: Path) -> Restored:
    """Make the station of `backup` in the new folder `home`. Raises NoBackup, StationExists."""
    _check_whole(backup)
    with new_home(home) as folder:
        for file in (backup / name for name in (STORE_FILE, *SMALL_FILES, DEVICE_KEY)):
            if file.is_file():
                shutil.copy2(file, folder / file.name)
        sync_files(folder)
    return Restored(home, backup)


def restore_into(backup: Path, home: Path) -> Restored:
    """Put the store of `backup` in the place of that in `home`, whose files are kept in ``damaged-DATE``.

    Staff's PINs stay those of `home` where they can be read. No other program may have the station open.
    Raises NoBackup, OtherStation, and what proving the backup raises where the device's own key opens it.
    """
    _check_whole(backup)
    needed = _needed(backup, home)
    partial = home / _RESTORING
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    for name in (STORE_FILE, *SMALL_FILES):
        shutil.copy2((backup if name in needed else home) / name, partial / name)
    _prove_if_possible(partial, home)
    sync_files(partial)
    aside = _put_aside(home, needed)
    for name in (*(name for name in needed if name != STORE_FILE), STORE_FILE):
        (partial / name).rename(home / name)
    sync_folder(home)
    shutil.rmtree(partial, ignore_errors=True)
    return Restored(home, backup, aside)


def restore_latest(home: Path) -> Restored:
    """From the newest of the station's own backups that is whole. Raises NoBackup, and what the oldest one raised."""
    trouble: Exception = NoBackup(place=str(home))
    for made in backups(home):
        try:
            return restore_into(made.place, home)
        except (HomeError, StoreError) as error:
            trouble = error
    raise trouble


def _check_whole(backup: Path) -> None:
    if not all((backup / name).is_file() for name in (STORE_FILE, *SMALL_FILES)):
        raise NoBackup(place=str(backup))
    KeySlots.read(backup)


def _needed(backup: Path, home: Path) -> list[str]:
    """Which files are taken from the backup. Raises OtherStation where `home` is readable and another station's."""
    needed = [STORE_FILE, IDENTITY_FILE]
    theirs, slots = StationFacts.read(backup), KeySlots.read(backup)
    try:
        ours = StationFacts.read(home)
        if (ours.root_key, ours.label) != (theirs.root_key, theirs.label):
            raise OtherStation(label=theirs.label)
    except HomeError as error:
        if isinstance(error, OtherStation):
            raise
    needed.append(FACTS_FILE)
    try:
        if KeySlots.read(home).name != slots.name:
            raise OtherStation(label=theirs.label)
    except HomeError as error:
        if isinstance(error, OtherStation):
            raise
        needed.append(SLOTS_FILE)
    return needed


def _prove_if_possible(folder: Path, home: Path) -> None:
    """Where only PINs open the store, the proof that was made when the backup was written has to do."""
    try:
        store_key = KeySlots.read(folder).open_with_device(home)
    except HomeError:
        return
    prove(folder, store_key)


def _put_aside(home: Path, needed: list[str]) -> Path | None:
    """Move what is replaced, and what SQLite laid beside it, into a folder named by the moment."""
    names = [*needed, *(STORE_FILE + end for end in _BESIDE)]
    there = [home / name for name in names if (home / name).exists()]
    if not there:
        return None
    aside = home / f"damaged-{local_time(now_ms()):%Y-%m-%d-%H%M%S}"
    aside.mkdir(mode=0o700, exist_ok=True)
    for file in there:
        file.rename(aside / file.name)
    sync_folder(aside)
    return aside
