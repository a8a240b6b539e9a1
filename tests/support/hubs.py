"""Stations that really run at an event: stores in folders, hubs on sockets of this machine, workers in threads."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from support.faults.programs import free_port
from support.stations import MadeStation, make_station
from support.worlds import World, tables

from db.store import Store
from db.values import Counts
from station_app.station.clock import now_ms
from station_app.station.neighbour import Neighbour, meet_hub
from station_app.station.station import Station
from station_app.workers.hub_worker import HubWorker, Serving
from station_app.workers.neighbour_worker import NeighbourNews, NeighbourWorker
from station_app.workers.store_thread import StoreThread
from station_core.keys import SigningKey
from station_core.records.base import Record
from sync.lan.address import HubAddress, parse_address

LOOPBACK = "127.0.0.1"
LIMIT_S = 60.0
"""Generous: what is tested is that something happens, and how soon is printed."""

T = TypeVar("T")


def new_world() -> World:
    """A city of its own, so that stations of other tests on this machine are strangers."""
    return World(SigningKey.generate())


@dataclass
class EventStation:
    """An open station; `hub` serves and `neighbour` exchanges once they are started."""

    made: MadeStation
    interfaces: list[str] | None = None
    news: list[NeighbourNews] = field(default_factory=list)
    arrivals: list[float] = field(default_factory=list)
    wall_ms: Callable[[], int] = now_ms
    stands_in: bool = False
    """Whether it takes the place of a hub that has gone, as the window does."""

    def __post_init__(self) -> None:
        self.store = StoreThread(self.made.open)
        self.store.start()
        self.store.opened.result()
        self.key = self.store.call(lambda station: station.store.key)
        facts = self.made.facts
        self.hub = HubWorker(
            self.made.home,
            facts,
            self.store,
            self.wall_ms,
            lambda: self.arrivals.append(time.monotonic()),
            (LOOPBACK, free_port()),
        )
        stand_in = self.hub if self.stands_in else None
        self.neighbour = NeighbourWorker(facts, self.store, self.wall_ms, self.news.append, self.interfaces, stand_in)

    def ask(self, job: Callable[[Station], T]) -> T:
        return self.store.call(job)

    def on_store(self, job: Callable[[Store], T]) -> T:
        return self.store.call(lambda station: job(station.store))

    def write(self, *records: Record) -> None:
        def append(station: Station) -> None:
            with station.store.writing() as tx:
                tx.append(*records)

        self.ask(append)
        self.neighbour.nudge()

    def serve(self) -> Serving:
        return self.hub.start(LOOPBACK, 0)

    def meet(self, address: HubAddress) -> Neighbour:
        return meet_hub(address, self.made.facts, self.key, self.wall_ms, self.on_store)

    def join(self, address: HubAddress | None = None) -> None:
        """Exchange in the background with the hub at `address`, or with whichever is found."""
        if address is not None:
            self.neighbour.use(address)
        self.neighbour.start()

    def counts(self) -> Counts:
        def ask(station: Station) -> Counts:
            with station.store.reading() as view:
                return view.overview.counts()

        return self.ask(ask)

    def tables(self) -> dict[str, list[tuple[object, ...]]]:
        return self.ask(lambda station: tables(station.store))

    def faults(self) -> list[str]:
        def ask(station: Station) -> list[str]:
            with station.store.reading() as view:
                return [fault for writer in view.journals.heads() for fault in view.journals.faults(writer)]

        return self.ask(ask)

    def close(self) -> None:
        self.neighbour.stop()
        self.hub.stop()
        self.store.stop()


@contextmanager
def event_station(
    folder: Path,
    world: World,
    label: str,
    *,
    has_heard: bool = False,
    interfaces: list[str] | None = None,
    stands_in: bool = False,
) -> Iterator[EventStation]:
    made = make_station(folder, world, label, has_heard=has_heard)
    station = EventStation(made, interfaces, stands_in=stands_in)
    try:
        yield station
    finally:
        station.close()


@contextmanager
def hub_process(home: Path, port: int = 0) -> Iterator[tuple["subprocess.Popen[str]", HubAddress]]:
    """`station hub` as a program of its own; killed on leaving where it still runs."""
    command = [sys.executable, "-m", "station_app.cli", "hub", "--home", str(home), "--json"]
    process = subprocess.Popen(
        [*command, "--host", LOOPBACK, "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said, "the hub has not begun"
        yield process, parse_address(json.loads(said)["addresses"][0])
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.communicate()


def wait_for(is_so: Callable[[], bool], what: str) -> float:
    """Seconds until it was so. Fails after a generous limit."""
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < LIMIT_S, f"still not so: {what}"
        time.sleep(0.01)
    return time.monotonic() - began
