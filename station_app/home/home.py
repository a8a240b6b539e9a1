"""Making a station's folder, and opening what lies in it."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from db.engine import sqlcipher_engine
from db.store import Store, prepare
from db.view import View
from station_app.home.epoch import present_epoch
from station_app.home.errors import DamagedHome, StationExists
from station_app.home.facts import FILE as FACTS_FILE
from station_app.home.facts import StationFacts
from station_app.home.files import sync_folder, write_private
from station_app.home.keyslots import KeySlots
from station_app.home.sealing import CannotOpen, derive, seal, unseal
from station_core.keys import SigningKey
from station_core.records.trust import WriterCertified

STORE_FILE = "store.db"
IDENTITY_FILE = "identity.sealed"
_IDENTITY = "device identity"


def refuse_taken(home: Path) -> None:
    """Raises StationExists where `home` holds a station, or anything else, already."""
    if (home / FACTS_FILE).exists() or (home.is_dir() and any(home.iterdir())) or home.is_file():
        raise StationExists(home=str(home))


@contextmanager
def new_home(home: Path) -> Iterator[Path]:
    """A folder to fill; it takes its place as `home` when the block ends well, and is gone when it does not.

    Raises StationExists where `home` holds a station, or anything else, already.
    """
    refuse_taken(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    partial = home.parent / f".{home.name}.{secrets.token_hex(4)}"
    partial.mkdir(mode=0o700)
    try:
        yield partial
        if home.is_dir():
            home.rmdir()
        partial.rename(home)
        sync_folder(home.parent)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def furnish(folder: Path, facts: StationFacts, key: SigningKey, certificate: bytes, wall_ms: Callable[[], int]) -> None:
    """Put a new station into `folder`: keys, and a store whose journal begins with the device's certificate."""
    store_key = secrets.token_bytes(32)
    KeySlots.make(folder, store_key).write(folder)
    write_private(folder / IDENTITY_FILE, seal(derive(store_key, _IDENTITY), _IDENTITY, bytes(key)))
    engine = sqlcipher_engine(folder / STORE_FILE, store_key, create=True)
    prepare(engine)
    store = Store(engine, facts.root_key_bytes, key, wall_ms)
    with store.writing() as tx:
        tx.append(WriterCertified(certificate=certificate))
    store.close()
    facts.write(folder)


def open_store(home: Path, facts: StationFacts, store_key: bytes, wall_ms: Callable[[], int]) -> Store:
    """The station's store. Raises the errors of `db.errors`, and DamagedHome where the identity cannot be read."""
    key = station_key(home, store_key)
    engine = sqlcipher_engine(home / STORE_FILE, store_key)
    prepare(engine)
    store = Store(engine, facts.root_key_bytes, key, wall_ms)
    _take_epoch(home, store, store_key)
    store.before_writing = lambda tx: _keep_up(store, tx)
    return store


def _keep_up(store: Store, view: View) -> None:
    """Another process of this station may have begun a new epoch: nothing more is written under the old one."""
    epoch = present_epoch(view)
    if epoch is not None:
        store.key = epoch.key


def _take_epoch(home: Path, store: Store, store_key: bytes) -> None:
    """Write with the key that the store names, and let the files that lie beside it follow."""
    with store.reading() as view:
        epoch = present_epoch(view)
    if epoch is None or epoch.key.public == store.key.public:
        return
    facts = StationFacts.read(home)
    write_private(home / IDENTITY_FILE, seal(derive(store_key, _IDENTITY), _IDENTITY, bytes(epoch.key)))
    replace(facts, writer_number=epoch.number).write(home)
    store.key = epoch.key


def station_key(home: Path, store_key: bytes) -> SigningKey:
    """The device's own key. Raises DamagedHome where it cannot be read with the store's key."""
    try:
        sealed = (home / IDENTITY_FILE).read_bytes()
        return SigningKey(unseal(derive(store_key, _IDENTITY), _IDENTITY, sealed))
    except (OSError, CannotOpen) as error:
        raise DamagedHome(file=IDENTITY_FILE) from error
