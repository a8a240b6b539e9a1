"""A whole station in a folder, made without a network: staff with PINs, what a city publishes, invented members."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from support.worlds import World

from resources import path
from station_app.home.facts import StationFacts
from station_app.home.home import furnish, new_home, open_store
from station_app.home.keyslots import KeySlots
from station_app.station.clock import now_ms
from station_app.station.staffing import add_staff
from station_app.station.station import Station
from station_core.credential.certificate import Role as DeviceRole
from station_core.desk.staff import Staff
from station_core.ids import DistrictCode, EventId, MemberNo, PersonId, ServiceCode, UnionCode
from station_core.journal.receipt import Outcome
from station_core.keys import SigningKey
from station_core.people.id_number import check_character
from station_core.records.base import Record
from station_core.records.documents import (
    CataloguePublished,
    CityDescribed,
    EventPublished,
    NoticePublished,
    UnionOrganisation,
    UnionsPublished,
)
from station_core.records.people import PeopleImported
from station_core.records.roles import Role

DISTRICT = DistrictCode("210106")
OPERATOR_PIN, SUPERVISOR_PIN = "314159", "271828"
NOTICE_VERSION = "2026-03"
EVENT = EventId("2026-park-east")
HAIRCUT = ServiceCode("liudong.haircut")
TRANSIT = UnionOrganisation(
    code=UnionCode("tx-transit"), name="铁西区新就业形态劳动者工会周转库", district=DISTRICT, transit=True
)
PARK = UnionOrganisation(code=UnionCode("tx-park"), name="顺达物流园联合工会", district=DISTRICT)
FREIGHT = UnionOrganisation(code=UnionCode("tx-freight"), name="顺通货运有限公司工会委员会", district=DISTRICT)
_PUBLISHED_MS = 1_700_000_000_000
"""Before any test runs: what a city publishes must not run ahead of the station's clock."""


@dataclass(frozen=True, slots=True)
class Member:
    """An invented member of the city's roster."""

    person: PersonId
    number: MemberNo
    name: str
    id_number: str
    phone: str


@dataclass(frozen=True, slots=True)
class MadeStation:
    """`operator` and `supervisor` unlock with OPERATOR_PIN and SUPERVISOR_PIN."""

    home: Path
    facts: StationFacts
    store_key: bytes
    operator: Staff
    supervisor: Staff

    def open(self) -> Station:
        """The station, for the thread that asks. Close it."""
        return Station.open(self.home, self.store_key)


def id_number(born: date, sequence: int, region: str = "210106") -> str:
    """A well-formed ID number (GB 11643) of nobody; an odd `sequence` is a man's."""
    digits = f"{region}{born:%Y%m%d}{sequence:03}"
    return digits + check_character(digits)


def _member(place: int, name: str, born: date) -> Member:
    number = MemberNo(f"SY{place:06}")
    return Member(PersonId(place.to_bytes(16)), number, name, id_number(born, place), f"1380000{place:04}")


MEMBERS = (
    _member(1, "王德明", date(1978, 5, 6)),
    _member(2, "王秀兰", date(1985, 11, 30)),
    _member(3, "欧阳春兰", date(1990, 3, 7)),
    _member(4, "买买提·艾力", date(1982, 8, 1)),
)


def make_station(
    home: Path, world: World | None = None, label: str = "物流园一号台", *, has_heard: bool = True
) -> MadeStation:
    """A station in `home` (which must not be there, or be empty), certified by a city that never answers.

    Several of one `world` are of one city. Unless it `has_heard` of the city, nothing of what is published has arrived.
    """
    world, key = world or World(), SigningKey.generate()
    certificate = world.certificate(key, label=label)
    facts = StationFacts(
        label=label,
        district=DISTRICT,
        writer_number=world.numbers,
        city_id="test-city",
        city_name="试验市",
        city_title="试验市总工会",
        city_url="http://127.0.0.1:9",
        root_key=world.root.public.hex(),
    )
    with new_home(home) as folder:
        furnish(folder, facts, key, certificate, now_ms)
    store_key = KeySlots.read(home).open_with_device(home)
    station = Station(home, facts, open_store(home, facts, store_key, now_ms))
    try:
        operator = add_staff(station, store_key, "刘芳", Role.OPERATOR, OPERATOR_PIN)
        supervisor = add_staff(station, store_key, "韩立群", Role.SUPERVISOR, SUPERVISOR_PIN)
        if has_heard:
            receive_from_city(station, world, *published())
    finally:
        station.close()
    return MadeStation(home, facts, store_key, operator, supervisor)


def receive_from_city(station: Station, world: World, *records: Record) -> None:
    """Let `records` arrive in a journal of the city's."""
    city = world.device(DeviceRole.CITY)
    for record in records:
        city.write(record, _PUBLISHED_MS)
    with station.store.writing() as tx:
        received = tx.receive(city.batch())
    assert received.outcome is Outcome.HELD
    assert not received.aside, received.aside


def published() -> tuple[Record, ...]:
    """What the city has published: itself, unions, the privacy notice, one pack, an event, its roster."""
    pack = tomllib.loads(path("catalogues", "liudong.toml").read_text(encoding="utf-8"))
    return (
        CityDescribed(name="试验市", title="试验市总工会"),
        UnionsPublished(district=DISTRICT, unions=(TRANSIT, PARK, FREIGHT)),
        NoticePublished(
            version=NOTICE_VERSION,
            texts={
                "zh": "一、我们收集哪些信息\n姓名、公民身份号码、手机号码。",
                "en": "What we collect: name, ID number, mobile number.",
            },
        ),
        CataloguePublished(pack=pack["id"], content=pack),
        EventPublished(
            event=EVENT,
            name="东园货车司机服务日",
            place="铁西物流园",
            district=DISTRICT,
            first_day=date(2020, 1, 1),
            last_day=date(2099, 12, 31),
            packs=(pack["id"],),
        ),
        PeopleImported(
            columns=("member_no", "name", "id_number", "phone", "occupation", "union", "district", "membership"),
            people=tuple(member.person for member in MEMBERS),
            rows=tuple(
                (
                    member.number,
                    member.name,
                    member.id_number,
                    member.phone,
                    "truck_driver",
                    PARK.code,
                    DISTRICT,
                    "approved",
                )
                for member in MEMBERS
            ),
        ),
    )
