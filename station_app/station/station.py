"""An open station: its facts, its store, what it offers."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path

from db.store import Store
from db.view import View
from station_app.home.closed_lease import LeaseStands, lease_of_closed
from station_app.home.errors import StationLocked
from station_app.home.facts import StationFacts
from station_app.home.home import open_store
from station_app.home.keyslots import KeySlots
from station_app.station.clock import local_day, now_ms
from station_app.station.lease import keep_lease
from station_app.station.shelf import Offer, Shelf
from station_app.station.trust import StoreTrust
from station_core.credential.patterns import CodePattern, shipped_patterns
from station_core.ids import KeyId
from station_core.keys import key_id


class Station:
    """Belongs to the thread that opened it."""

    def __init__(self, home: Path, facts: StationFacts, store: Store) -> None:
        self.home = home
        self.facts = facts
        self.store = store
        self._shelf = Shelf(facts.district)

    @classmethod
    def open(cls, home: Path, store_key: bytes | None = None, wall_ms: Callable[[], int] = now_ms) -> "Station":
        """Open with the store's key, or with the device's own way in.

        Raises the errors of `station_app.home.errors`, StationLocked above all, and of `db.errors`.
        """
        facts = StationFacts.read(home)
        lease_of_closed(home, wall_ms())
        key = store_key if store_key is not None else KeySlots.read(home).open_with_device(home)
        store = open_store(home, facts, key, wall_ms)
        station = cls(home, StationFacts.read(home), store)
        if station.keep_lease().is_over:
            store.close()
            raise StationLocked
        return station

    def keep_lease(self) -> LeaseStands:
        """How the lease stands now, with what follows from it (`station_app.station.lease`)."""
        return keep_lease(self.home, self.store, self.facts.writer_number)

    def close(self) -> None:
        self.store.close()

    def now_ms(self) -> int:
        return self.store.now_ms()

    def today(self) -> date:
        return local_day(self.now_ms())

    @cached_property
    def patterns(self) -> tuple[CodePattern, ...]:
        """What other codes than our cards this station reads."""
        return shipped_patterns()

    @property
    def card_key_id(self) -> KeyId:
        return key_id(self.store.key.public)

    def offer(self, view: View) -> Offer:
        return self._shelf.offer(view, self.today())

    def trust(self, view: View) -> StoreTrust:
        return StoreTrust(view, self.store.root_key)
