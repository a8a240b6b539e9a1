"""A city to measure on, in a process of its own as `city serve` runs it, and stations that enrolled there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from bench._people import imports
from bench._processes import listening, python
from city_server.city import open_city
from city_server.enrolling import invite
from city_server.founding import found_city
from city_server.publishing import publish_event
from db.store import Store
from station_app.station.clock import now_ms
from station_app.station.exchange import OnStoreThread, exchange_with_city
from station_app.station.founding import found_station
from station_app.station.station import Station
from station_core.ids import DistrictCode, EventId, PersonId
from station_core.records.documents import EventPublished
from sync.report import Report

EVENT = EventId("wuliuyuan-2026")
PACK = "liudong"
DISTRICT = DistrictCode("210106")
_MEMBERS = 4_000

T = TypeVar("T")


def new_city(folder: Path, db: str | None = None) -> list[PersonId]:
    """A city in `folder` with its catalogue, an event and members, whose ids are answered."""
    found_city(folder, db, region_code="210100")
    rosters = list(imports(_MEMBERS))
    with open_city(folder) as city:
        publish_event(
            city,
            EventPublished(
                event=EVENT,
                name="物流园",
                place="物流园",
                district=DISTRICT,
                first_day=date(2020, 1, 1),
                last_day=date(2099, 12, 31),
                packs=(PACK,),
            ),
        )
        with city.store.writing() as tx:
            tx.append(*rosters)
    return [person for roster in rosters for person in roster.people]


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """The port on which the city in `folder` is served, without TLS."""
    command = python("city_server.cli", "serve", "--home", folder, "--port", "0")
    with listening(command, folder / "serve.log") as (_, port):
        yield port


def enrolled_station(home: Path, city: Path, port: int, label: str) -> None:
    """A station in the folder `home`, certified by the city in the folder `city` that is served on `port`."""
    with open_city(city) as opened:
        code, _ = invite(opened.store, label, DISTRICT)
    found_station(home, address(port), str(code))


def exchange(station: Station, port: int) -> Report:
    """One whole exchange with the city on `port`, as `station sync` does it. Raises where it did not go well."""
    facts = replace(station.facts, city_url=address(port))
    report = exchange_with_city(facts, station.store.key, now_ms, _at_once(station.store))
    if report.error is not None:
        raise report.error
    return report


def address(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _at_once(store: Store) -> OnStoreThread:
    def run(job: Callable[[Store], T]) -> T:
        return job(store)

    return run
