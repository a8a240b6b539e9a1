"""The demonstration city with its roster and event, and the station that is enrolled in it."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from demo.invented import invented_people
from demo.programs import as_json, city, free_port, serving, station
from station_app.station.clock import local_day, now_ms

DISTRICT = "210106"
MEMBERS = 300
CITY_NAME = "沈阳市"
CITY_TITLE = "沈阳市总工会（演示）"
STATION_NAME = "铁西物流园流动服务站"
STAFF = (("李敏", "246813", True), ("王强", "135792", False))
"""Name, PIN, whether a supervisor."""
_STOCK = {"liudong.goods_bag": 150}
EVENT = "demo-truck-day"
EVENT_FACTS = ("--place", "铁西物流园", "--district", DISTRICT, "--pack", "liudong")
_FILE = "demo.json"


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """Where everything lies."""

    root: Path
    port: int

    @property
    def city_home(self) -> Path:
        return self.root / "city"

    @property
    def station_home(self) -> Path:
        return self.root / "station"

    @property
    def server_log(self) -> Path:
        return self.root / "city-server.log"


@contextmanager
def demo_world(root: Path) -> Iterator[DemoWorld]:
    """The demonstration in `root`, made where it is not there yet, with its city's server running."""
    made = (root / _FILE).is_file()
    world = DemoWorld(root, json.loads((root / _FILE).read_text())["port"] if made else free_port())
    if not made:
        root.mkdir(parents=True, exist_ok=True)
        _found_city(world)
    with serving(world.city_home, world.port, world.server_log) as address:
        if not made:
            _found_station(world, address)
            (root / _FILE).write_text(json.dumps({"port": world.port}))
        yield world


def _found_city(world: DemoWorld) -> None:
    home, today = world.city_home, local_day(now_ms())
    database = f"sqlite:///{world.root / 'city.db'}"
    city("init", "--db", database, "--home", home, "--region", "210100", "--name", CITY_NAME, "--title", CITY_TITLE)
    city("roster", "import", _write_roster(world.root / "roster.csv"), "--home", home)
    days = ("--from", today.isoformat(), "--to", (today + timedelta(days=6)).isoformat())
    stock = [part for service, number in _STOCK.items() for part in ("--stock", f"{service}={number}")]
    city("event", "publish", EVENT, "货车司机服务日", *EVENT_FACTS, *days, *stock, "--home", home)


def _found_station(world: DemoWorld, address: str) -> None:
    code = as_json(city("enrol", STATION_NAME, "--district", DISTRICT, "--home", world.city_home, "--json"))["code"]
    home = world.station_home
    station("init", "--home", home, "--city", address, "--code", code)
    for name, pin, supervises in STAFF:
        flags = ["--supervisor"] if supervises else []
        station("staff", "add", name, *flags, "--pin-stdin", "--home", home, typed=f"{pin}\n")


def _write_roster(file: Path) -> Path:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["name", "id_number", "phone", "occupation", "employer", "district"])
        for person in invented_people(MEMBERS):
            writer.writerow([person.name, person.id_number, person.phone, person.occupation, person.employer, DISTRICT])
    return file
