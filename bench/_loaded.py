"""A station with days of services that its city has not heard of, and that city as often as it is wanted."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from support.postgres import Cluster

from bench._city import enrolled_station, exchange, new_city, serving
from bench._served import Counter, RunningClock, Served
from city_server.home import read_home, write_home
from station_app.station.clock import now_ms
from station_app.station.station import Station

CopyDatabase = Callable[[Path], str]
"""Copies the database of a city for the city in that folder; the copy's address."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """`station` holds `served`; the city in the folder `city` does not, and is left as it is."""

    station: Station
    served: list[Served]
    city: Path
    copy_database: CopyDatabase

    @contextmanager
    def fresh_city(self, folder: Path) -> Iterator[int]:
        """The port of a server of the city as it was before the first service, with its files in `folder`."""
        folder.mkdir()
        home = read_home(self.city)
        about = msgspec.structs.replace(home.about, db=self.copy_database(folder))
        write_home(replace(home, folder=folder, about=about))
        with serving(folder) as port:
            yield port

    def hand_in(self, port: int) -> None:
        """One exchange. Raises unless every service arrived and counts there."""
        report = exchange(self.station, port)
        if report.pushed_entries != len(self.served) or report.pushed.aside:
            raise RuntimeError(f"{len(self.served)} services were to travel, and not {report}")


@contextmanager
def loaded(folder: Path, services: int, cluster: Cluster | None = None) -> Iterator[Loaded]:
    """A station and its city in `folder`; the city's database is an SQLite file there, or lies in `cluster`."""
    folder.mkdir()
    city, home = folder / "city", folder / "station"
    address, copy = _in_a_file(city) if cluster is None else _in_cluster(cluster)
    members = new_city(city, address)
    with serving(city) as port:
        enrolled_station(home, city, port, "station")
        station = Station.open(home, wall_ms=RunningClock(now_ms()))
        exchange(station, port)
        exchange(station, port)
    try:
        yield Loaded(station, Counter(station.store, members).record(services), city, copy)
    finally:
        station.close()


def _in_a_file(city: Path) -> tuple[str, CopyDatabase]:
    def copy(folder: Path) -> str:
        shutil.copy(city / "city.db", folder / "city.db")
        return f"sqlite:///{folder / 'city.db'}"

    return f"sqlite:///{city / 'city.db'}", copy


def _in_cluster(cluster: Cluster) -> tuple[str, CopyDatabase]:
    database = cluster.create_database()
    return cluster.url(database), lambda _: cluster.url(cluster.create_database(database))
