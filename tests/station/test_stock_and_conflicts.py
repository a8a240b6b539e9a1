"""Two stations with no network give out what each holds of a stock, and the organiser sees who had something twice."""

import json
from pathlib import Path
from typing import Any

import pytest

from demo.invented import invented_people
from demo.programs import CommandFailed, as_json, city, free_port, serving, station
from station_app.station.clock import local_day, now_ms

DISTRICT = "210106"
BAG = "liudong.goods_bag"
PEOPLE = list(invented_people(3, seed=11))


def stock(home: Path) -> Any:
    return as_json(station("stock", "--home", home, "--json"))


def lines(answer: str) -> list[Any]:
    return [json.loads(line) for line in answer.splitlines()]


def register(home: Path, place: int) -> str:
    person = PEOPLE[place]
    who = ("--name", person.name, "--id-number", person.id_number, "--phone", person.phone, "--occupation", "courier")
    return str(as_json(station("member", "add", *who, "--consent", "--home", home, "--json"))["member_no"])


def record(home: Path, member: str) -> None:
    assert as_json(station("service", "record", member, BAG, "--home", home, "--json"))["ok"]


def test_a_stock_lasts_while_stations_are_apart_and_over_use_is_listed_alike(tmp_path: Path) -> None:
    home, a, b, port = tmp_path / "city", tmp_path / "a", tmp_path / "b", free_port()
    today = local_day(now_ms()).isoformat()
    city("init", "--db", f"sqlite:///{tmp_path / 'city.db'}", "--home", home, "--region", "210100")
    facts = ("--place", "物流园", "--district", DISTRICT, "--pack", "liudong", "--from", today)
    city("event", "publish", "park", "东园", *facts, "--stock", f"{BAG}=3", "--home", home)
    with serving(home, port, tmp_path / "server.log") as address:
        for name, folder in (("甲站", a), ("乙站", b)):
            code = as_json(city("enrol", name, "--district", DISTRICT, "--home", home, "--json"))["code"]
            station("init", "--home", folder, "--city", address, "--code", code)
    assert (stock(a)["here"], stock(b)["here"]) == (2, 1)

    # No network from here on. The same person comes to both, and the last bag of one station is gone.
    first, second = register(a, 0), register(b, 0)
    record(a, first)
    record(b, second)
    with pytest.raises(CommandFailed, match="others hold about 2"):
        record(b, register(b, 1))
    assert lines(station("conflicts", "--home", a, "--json")) == []

    station("stock", "want", BAG, "5", "--home", b)
    station("stock", "return", "--home", a)
    assert (stock(a)["here"], stock(b)["wanted"]) == (0, 5)
    with serving(home, port, tmp_path / "server.log"):
        for folder in (a, b, a):
            assert as_json(station("sync", "--home", folder, "--json"))["ok"]
    assert (stock(a)["here"], stock(b)["here"], stock(b)["left"]) == (0, 1, 1)

    in_the_city = as_json(city("conflicts", "--home", home, "--json"))
    assert lines(station("conflicts", "--home", a, "--json")) == in_the_city
    assert lines(station("conflicts", "--home", b, "--json")) == in_the_city
    (line,) = in_the_city
    assert (line["kind"], line["service"], line["allowed"], line["given"]) == ("over_use", BAG, 1, 2)
    assert (line["counts"]["where"], line["extra"]["where"], line["where"]) == ("甲站", "乙站", "乙站")
