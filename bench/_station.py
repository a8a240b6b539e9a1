"""A station to measure on: certified by a city of the bench's own, with its catalogue and an event."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from resources import path
from station_app.home.facts import StationFacts
from station_app.home.home import furnish, new_home
from station_app.station.clock import now_ms
from station_app.station.station import Station
from station_core.clock import HybridTime, hybrid
from station_core.credential.certificate import Certificate, Role, certify
from station_core.desk.staff import Staff
from station_core.ids import DistrictCode, EventId, OperatorId
from station_core.journal.batch import Batch, batch_of
from station_core.journal.entry import EMPTY, Entry, Head, seal
from station_core.keys import SigningKey
from station_core.records.base import Record, encode_body
from station_core.records.documents import CataloguePublished, EventPublished
from station_core.records.roles import Role as Duty
from station_core.records.trust import WriterCertified

DISTRICT = DistrictCode("210106")
STAFF = Staff(OperatorId("op-bench"), "bench", Duty.OPERATOR)
_CITY_NUMBER, _STATION_NUMBER = 10_000, 10_001
_ROOT = SigningKey(bytes([1]) * 32)
_PACKS = ("liudong",)


def certificate_of(key: SigningKey, role: Role, number: int) -> bytes:
    return certify(
        Certificate(
            city_id="bench",
            city_name="测试市",
            public_key=key.public,
            label=f"bench {number}",
            district=DISTRICT,
            writer_number=number,
            role=role,
            valid_from_ms=0,
            valid_until_ms=1 << 41,
        ),
        _ROOT,
    )


@dataclass
class CityJournal:
    """What a city wrote, each entry later than the one before."""

    key: SigningKey = field(default_factory=lambda: SigningKey(bytes([2]) * 32))
    head: Head = EMPTY

    def seal(self, record: Record) -> Entry:
        """The next entry."""
        at = HybridTime(max(hybrid(now_ms() - 3_600_000), self.head.at + 1))
        entry = seal(self.key, self.head, at, record.kind, encode_body(record, bytes(16)))
        self.head = entry.head
        return entry

    def write(self, record: Record) -> Batch:
        """The next entry in a batch of its own."""
        previous = self.head.hash
        return batch_of([self.seal(record)], previous)

    def opening(self) -> list[Batch]:
        """The city's certificate, its catalogue, an event that runs today."""
        return [self.write(record) for record in (self._certified(), *_published())]

    def _certified(self) -> WriterCertified:
        return WriterCertified(certificate=certificate_of(self.key, Role.CITY, _CITY_NUMBER))


def _published() -> list[Record]:
    packs = [tomllib.loads(path("catalogues", f"{name}.toml").read_text(encoding="utf-8")) for name in _PACKS]
    event = EventPublished(
        event=EventId("bench"),
        name="物流园",
        place="物流园",
        district=DISTRICT,
        first_day=date(2020, 1, 1),
        last_day=date(2099, 12, 31),
        packs=_PACKS,
    )
    return [*(CataloguePublished(pack=pack["id"], content=pack) for pack in packs), event]


def new_station(home: Path) -> tuple[Station, CityJournal]:
    """A station in the folder `home`, which must not be there yet, with what the city publishes. Close it."""
    key, city = SigningKey.generate(), CityJournal()
    facts = StationFacts(
        label="bench",
        district=DISTRICT,
        writer_number=_STATION_NUMBER,
        city_id="bench",
        city_name="测试市",
        city_title="测试市总工会",
        city_url="http://127.0.0.1:9",
        root_key=_ROOT.public.hex(),
    )
    with new_home(home) as folder:
        furnish(folder, facts, key, certificate_of(key, Role.STATION, _STATION_NUMBER), now_ms)
    station = Station.open(home)
    for batch in city.opening():
        take(station, batch)
    return station, city


def take(station: Station, batch: Batch) -> None:
    """Let `batch` arrive at `station`."""
    with station.store.writing() as tx:
        received = tx.receive(batch)
    if received.aside or not received.new_entries:
        raise RuntimeError(f"the bench's own records were not taken: {received.outcome} {received.aside}")
