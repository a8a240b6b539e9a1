"""A city and stations that only ever meet by files."""

import itertools
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from city_server.bundles import answer_request, export_to_station
from city_server.bundles import import_bundle as import_into_city
from city_server.city import City, open_city
from city_server.enrolling import invite
from city_server.founding import found_city
from station_app.station.bundle import Imported, export_to_city, import_bundle
from station_app.station.exchange import exchange_status
from station_app.station.founding_by_file import found_from_file, request_enrolment
from station_app.station.station import Station
from station_core.ids import MemberNo, OperatorId, PersonId, RecordId, ServiceCode
from station_core.records.base import Record
from station_core.records.people import PersonFields, PersonRegistered
from station_core.records.services import ServiceGiven
from sync.bundle.read import Taken

STAFF = OperatorId("op-1")
_serials = itertools.count(1)


@dataclass
class StickStation:
    """A real station in its folder; each of its files gets a name of its own."""

    home: Path
    stick: Path
    station: Station = field(init=False)

    def __post_init__(self) -> None:
        self.station = Station.open(self.home)

    @property
    def number(self) -> int:
        return self.station.facts.writer_number

    @property
    def own_seq(self) -> int:
        return self.heads()[self.station.store.own][0]

    def run(self, job: Any) -> Any:
        return job(self.station.store)

    def write(self, *records: Record) -> None:
        with self.station.store.writing() as tx:
            tx.append(*records)

    def export(self, *, everything: bool = False) -> Path:
        target = self.stick / f"{self.number}-{next(_serials)}.bundle"
        return export_to_city(self.run, target, everything=everything).file

    def take(self, file: Path) -> Imported:
        return import_bundle(self.run, file)

    def waiting(self) -> int:
        return exchange_status(self.station.store).waiting_entries

    def heads(self) -> dict[bytes, tuple[int, bytes]]:
        with self.station.store.reading() as view:
            return {writer: (head.seq, head.hash) for writer, head in view.journals.heads().items()}

    def counts(self) -> Any:
        with self.station.store.reading() as view:
            return view.overview.counts()


@dataclass
class StickCity:
    city: City
    stick: Path
    folder: Path

    def request(self, name: str = "一号车") -> tuple[Path, Path]:
        """(the folder of a station to come, its request)."""
        code, _ = invite(self.city.store, name, "210106")
        serial = next(_serials)
        home, request = self.folder / f"station-{serial}", self.stick / f"{serial}.request"
        request_enrolment(home, str(code), request)
        return home, request

    def answer(self, request: Path) -> Path:
        return answer_request(self.city, request, self.stick / f"{next(_serials)}.bundle")[1].file

    def station(self, name: str = "一号车") -> StickStation:
        home, request = self.request(name)
        found_from_file(home, self.answer(request))
        return StickStation(home, self.stick)

    def export(self, station: StickStation, *, everything: bool = False) -> Path:
        target = self.stick / f"city-{next(_serials)}.bundle"
        return export_to_station(self.city, station.number, target, everything=everything).file

    def take(self, file: Path) -> Taken:
        return import_into_city(self.city, file).taken

    def heads(self) -> dict[bytes, tuple[int, bytes]]:
        with self.city.store.reading() as view:
            return {writer: (head.seq, head.hash) for writer, head in view.journals.heads().items()}

    def counts(self) -> Any:
        with self.city.store.reading() as view:
            return view.overview.counts()


@contextmanager
def stick_city(folder: Path, db: str | None = None) -> Iterator[StickCity]:
    found_city(folder / "city", db, region_code="210100")
    stick = folder / "stick"
    stick.mkdir()
    with open_city(folder / "city") as city:
        yield StickCity(city, stick, folder)


def service() -> ServiceGiven:
    """A haircut for somebody passing by."""
    return ServiceGiven(
        id=RecordId(secrets.token_bytes(16)),
        service=ServiceCode("liudong.haircut"),
        on=date(2026, 11, 24),
        operator=STAFF,
    )


def newcomer(photo_bytes: int = 0) -> PersonRegistered:
    """An invented person; a photo of that size cannot be compressed."""
    serial = next(_serials)
    return PersonRegistered(
        person=PersonId(secrets.token_bytes(16)),
        fields=PersonFields(
            member_no=MemberNo(f"SY{serial:06}"),
            name="试验员",
            photo=secrets.token_bytes(photo_bytes) if photo_bytes else None,
        ),
        operator=STAFF,
    )
