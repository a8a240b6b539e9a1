"""Two stations that never meet, and a city: a card of one is good at the other, and all three agree in the end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from demo.frames import picture_of_pdf
from demo.invented import invented_people
from demo.programs import as_json, city, free_port, serving, station
from station_app.scanning.opencv import cv2
from station_app.station.counter import Counter
from station_app.station.staffing import ADMINISTRATOR
from station_app.station.station import Station
from station_core.ids import ServiceCode
from station_core.records.services import ServiceGiven

DISTRICT = "210106"
NEWCOMER = next(invented_people(1, seed=7))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "postgresql":
        yield request.getfixturevalue("postgres_url")
    else:
        yield f"sqlite:///{tmp_path / 'city.db'}"


def counts(home: Path) -> Any:
    found = as_json(station("status", "--home", home, "--json"))["counts"]
    return {key: found[key] for key in ("people", "services", "voided", "cards", "cards_revoked", "events", "entries")}


def verified(home: Path) -> bool:
    return bool(as_json(station("journal", "verify", "--home", home, "--json"))["ok"])


def scanned(home: Path, picture: Path) -> Any:
    return as_json(station("scan", picture, "--home", home, "--json"))


def register(home: Path) -> str:
    facts = (
        "--name",
        NEWCOMER.name,
        "--id-number",
        NEWCOMER.id_number,
        "--phone",
        NEWCOMER.phone,
        "--occupation",
        "courier",
    )
    joined = as_json(station("member", "add", *facts, "--consent", "--home", home, "--json"))
    return str(joined["member_no"])


def card_picture(home: Path, member_no: str, folder: Path) -> Path:
    pdf, picture = folder / "card.pdf", folder / "card.png"
    station("card", member_no, "--out", pdf, "--home", home)
    cv2.imwrite(str(picture), picture_of_pdf(pdf, dots_per_inch=200))
    return picture


def serve_on_the_card(home: Path, text: str) -> None:
    """Somebody who has not been heard of here is served on a good card."""
    opened = Station.open(home)
    try:
        served = Counter(opened).scan(text).served
        assert served is not None
        given = Counter(opened).give(served, ServiceCode("liudong.join_advice"), ADMINISTRATOR)
        assert isinstance(given, ServiceGiven)
        assert given.person is None
    finally:
        opened.close()


def test_a_card_of_noon_is_good_at_the_next_counter_and_everybody_agrees_at_night(
    database: str, tmp_path: Path
) -> None:
    home, a, b, port = tmp_path / "city", tmp_path / "a", tmp_path / "b", free_port()
    city("init", "--db", database, "--home", home, "--region", "210100", "--name", "试验市")
    with serving(home, port, tmp_path / "server.log") as address:
        for name, folder in (("甲站", a), ("乙站", b)):
            code = as_json(city("enrol", name, "--district", DISTRICT, "--home", home, "--json"))["code"]
            station("init", "--home", folder, "--city", address, "--code", code)

    # No network from here on: the city is down.
    member_no = register(a)
    picture = card_picture(a, member_no, tmp_path)
    found = scanned(b, picture)
    assert (found["kind"], found["verdict"], found["member"]["member_no"]) == ("card", "valid", member_no)
    assert counts(b)["people"] == 0
    assert as_json(station("service", "record", member_no, "goutonghui.haircut", "--home", a, "--json"))["ok"]
    serve_on_the_card(b, found["text"])

    with serving(home, port, tmp_path / "server.log"):
        for folder in (a, b, a):
            assert as_json(station("sync", "--home", folder, "--json"))["ok"]
    in_the_city = as_json(city("status", "--home", home, "--json"))
    assert in_the_city["counts"]["people"] == 1
    assert counts(a) == counts(b) == {key: in_the_city["counts"][key] for key in counts(a)}
    assert (counts(a)["services"], counts(a)["cards"]) == (2, 1)
    assert verified(a)
    assert verified(b)
    city("journal", "verify", "--home", home)  # raises where a journal has a fault
    assert scanned(b, picture)["verdict"] == "valid"
