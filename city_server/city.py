"""An open city: its folder, its store, and the clock on the wall."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from city_server.home import Home, read_home
from db.engine import url_engine
from db.store import Store, Transaction, prepare
from station_core.clock import MAX_AHEAD_MS


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class City:
    home: Home
    store: Store


def _catch_up(store: Store, tx: Transaction) -> None:
    """What another process took in counts as seen: what is written now is later than that."""
    store.observe(tx.journals.latest(before_ms=store.now_ms() + MAX_AHEAD_MS))


@contextmanager
def open_city(folder: Path) -> Iterator[City]:
    """The city in `folder`, its tables brought to the present schema. Raises CityError, and StoreError."""
    home = read_home(folder)
    engine = url_engine(home.about.db)
    try:
        prepare(engine)
        store = Store(engine, home.root.public, home.key, wall_ms)
        store.before_appending = lambda tx: _catch_up(store, tx)
    except BaseException:
        engine.dispose()
        raise
    try:
        yield City(home, store)
    finally:
        store.close()
