"""The two kinds of machines: a city's server, and a kiosk that can be its event's hub."""

from collections.abc import Callable
from hashlib import sha256
from random import Random
from typing import TypeVar, cast

from fastapi import FastAPI
from support.faults.clocks import WallClock
from support.faults.disks import Disk
from support.faults.ledger import Ledger
from support.faults.node import Node
from support.faults.tally import Fault, Tally

from city_server.app import create_app
from city_server.city import City
from city_server.home import Home
from db.engine import url_engine
from db.store import Store
from station_app.station.hub import HubHost, hub_app, who_serves
from station_app.station.station import Station
from station_app.workers.neighbour_worker import NeighbourWorker
from station_app.workers.store_thread import StoreThread
from station_core.ids import WriterId
from sync.lan.address import HubAddress
from sync.lan.certificate import fingerprint
from sync.lan.discovery import Found

T = TypeVar("T")

CITY_HOST = "city.example"
CITY_URL = f"https://{CITY_HOST}"


class CityNode(Node):
    """A city's database behind the city's own web application."""

    def __init__(
        self, home: Callable[[], Home], clock: WallClock, disk: Disk, rng: Random, tally: Tally, ledger: Ledger
    ) -> None:
        """`home` says anew with each process where the database lies."""
        super().__init__("city", clock, disk, rng, tally, ledger)
        self._home = home
        self.open()

    def _opened(self) -> Store:
        home = self._home()
        store = Store(url_engine(home.about.db), home.root.public, home.key, self.clock)
        self.city = City(home, store)
        self.app = create_app(self.city)
        return store


class StationNode(Node):
    """A kiosk without its window. `was`: every writer it ever was; `app` answers while it is a hub.

    It looks for hubs in `announced` by the product's own worker, whose steps are taken one by one.
    """

    def __init__(
        self,
        name: str,
        clock: WallClock,
        disk: Disk,
        rng: Random,
        tally: Tally,
        ledger: Ledger,
        announced: "Announced",
    ) -> None:
        super().__init__(name, clock, disk, rng, tally, ledger)
        self._announced = announced
        self.was: set[WriterId] = set()
        self.station: Station
        self.app: FastAPI | None = None
        self.open()

    @property
    def host(self) -> str:
        return f"{self.name}.example"

    def _opened(self) -> Store:
        self.station = Station.open(self.disk.home, wall_ms=self.clock)
        self.app = None
        thread = cast("StoreThread", _NoThread(self))
        self.guest = NeighbourWorker(self.station.facts, thread, self.clock, lambda _news: None, None)
        self.guest._finder = self._announced  # type: ignore[assignment]
        self.was.add(self.station.store.own)
        return self.station.store

    def restart(self) -> None:
        self.tally[Fault.HUB_ENDED] += self.app is not None
        super().restart()

    def on_station(self, job: Callable[[Station], T]) -> T:
        return job(self.station)

    def on_store(self, job: Callable[[Store], T]) -> T:
        return job(self.store)

    def note_who(self) -> None:
        """It may have gone on as a new writer."""
        self.was.add(self.store.own)
        if self.app is not None:
            self.serve()

    def serve(self) -> None:
        """Be the event's hub from now on. Raises SyncError where the product does."""
        shown = fingerprint(certificate_of(self.host))
        answer = who_serves(self.store, self.station.facts.city_id, shown)
        host = HubHost(self.station.facts, self.clock, self.on_store, lambda: None)
        self.app = hub_app(host, answer)
        address = HubAddress(f"https://{self.host}:8655", shown)
        self._announced.hubs[self.host] = Found(self.store.own, shown, answer.signature, (address,))

    def stop_serving(self) -> None:
        self.app = None
        self._announced.hubs.pop(self.host, None)


class Announced:
    """What machines hear of hubs; of one that has died it goes on being heard for a while."""

    def __init__(self) -> None:
        self.hubs: dict[str, Found] = {}

    def found(self) -> tuple[Found, ...]:
        return tuple(sorted(self.hubs.values(), key=lambda hub: hub.writer))


class _NoThread:
    """Stands for the store's thread: each job is done at once."""

    def __init__(self, node: StationNode) -> None:
        self._node = node

    def call(self, job: Callable[[Station], T]) -> T:
        return self._node.on_station(job)


def certificate_of(host: str) -> bytes:
    """What stands for the TLS certificate of a machine: DER in the product, its name here."""
    return b"certificate of " + sha256(host.encode()).digest()
