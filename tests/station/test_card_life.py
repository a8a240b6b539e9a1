"""A card's life across districts: issued offline, lost, taken back, replaced; and who hears of it by which way."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from demo.frames import picture_of_pdf
from demo.invented import invented_people
from demo.programs import as_json, city, free_port, serving
from station_app.cli import main
from station_app.scanning.opencv import cv2
from station_app.station.station import Station
from station_core.credential import card, card_status, statuslist
from station_core.records.cards import CardStatusesPublished


class Places:
    """A city, and two stations in districts whose journals do not travel to each other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.city = folder, folder / "city"
        self.home, self.far, self.port = folder / "home", folder / "far", free_port()
        database = f"sqlite:///{folder / 'city.db'}"
        city("init", "--db", database, "--home", self.city, "--region", "210100", "--name", "试验市")
        with serving(self.city, self.port, folder / "server.log") as address:
            for name, district, home in (("甲站", "210106", self.home), ("乙站", "210202", self.far)):
                code = as_json(city("enrol", name, "--district", district, "--home", self.city, "--json"))["code"]
                station("init", "--home", home, "--city", address, "--code", code)

    def sync(self, *homes: Path) -> None:
        with serving(self.city, self.port, self.folder / "server.log"):
            for home in homes:
                assert as_json(station("sync", "--home", home, "--json"))["ok"]

    def new_card(self, member_no: str, name: str) -> tuple[str, Path]:
        """The text of its code, and a picture of it."""
        pdf, picture = self.folder / f"{name}.pdf", self.folder / f"{name}.png"
        station("card", member_no, "--out", pdf, "--home", self.home, "--earlier", "lost")
        cv2.imwrite(str(picture), picture_of_pdf(pdf, dots_per_inch=200))
        found = as_json(station("scan", picture, "--home", self.home, "--json"))
        return str(found["text"]), picture


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places(tmp_path_factory.mktemp("places"))


def run(*arguments: object) -> tuple[int, str]:
    """What the command `station` answers, without a process of its own."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        code = main([str(one) for one in arguments])
    return code, said.getvalue()


def station(*arguments: object) -> str:
    code, said = run(*arguments)
    assert code == 0
    return said


def verify(*arguments: object) -> tuple[int, Any]:
    code, said = run("verify", *arguments, "--json")
    return code, json.loads(said) if said else None


def joined(places: Places, seed: int) -> str:
    """The member number of somebody who has just joined at the station at home."""
    person = next(invented_people(1, seed=seed))
    facts = ("--name", person.name, "--id-number", person.id_number, "--phone", person.phone)
    told = station("member", "add", *facts, "--occupation", "courier", "--consent", "--home", places.home, "--json")
    return str(as_json(told)["member_no"])


def index_in(text: str) -> int:
    return card_status.index_of(card.read_claims(card.parse(text)).card_id)


def test_a_lost_card_is_refused_where_its_journal_never_comes(places: Places) -> None:
    member_no = joined(places, seed=11)
    lost, picture = places.new_card(member_no, "lost")
    assert verify(picture, "--home", places.far)[1]["verdict"] == "valid"

    found, _ = places.new_card(member_no, "found")
    assert (index_in(lost), index_in(found)) == (0, 1)
    assert [line["revoked"] for line in listed(places, member_no)] == [None, "lost"]
    assert verify(lost, "--home", places.home)[1]["revocation"] == "lost"
    assert verify(lost, "--home", places.far)[1]["verdict"] == "valid"  # nobody has told it

    places.sync(places.home, places.far)
    code, verdict = verify(lost, "--home", places.far)
    assert (code, verdict["verdict"], verdict["revocation"]) == (1, "revoked", card_status.LISTED)
    assert verdict["claims"]["member_no"] == member_no
    assert "作废" in verdict["title"]["zh"] or "注销" in verdict["title"]["zh"]
    assert verify(found, "--home", places.far)[0] == 0
    assert journals_of_others(places) == 0
    check_without_a_station(places, lost, found)
    check_a_card_newer_than_the_list(places, member_no)
    check_that_lists_are_published_once(places)


def listed(places: Places, member_no: str) -> list[Any]:
    shown = station("card", member_no, "--list", "--home", places.home, "--json")
    return [json.loads(line) for line in shown.splitlines()]


def journals_of_others(places: Places) -> int:
    """How many cards the far station has heard of."""
    opened = Station.open(places.far)
    try:
        with opened.store.reading() as view:
            return view.cards.counts()[0]
    finally:
        opened.close()


def check_without_a_station(places: Places, lost: str, found: str) -> None:
    file = places.folder / "city.trust"
    told = as_json(city("card", "trust", "--out", file, "--home", places.city, "--json"))
    by_trust = ("--key", told["root_key"], "--trust", file, "--home", places.folder / "nowhere")
    assert verify(lost, *by_trust)[1]["verdict"] == "revoked"
    code, verdict = verify(found, *by_trust)
    assert (code, verdict["verdict"], verdict["issuer"]["station"]) == (0, "valid", "甲站")
    assert verify(found, "--key", "00" * 32, "--trust", file)[0] == 3


def check_a_card_newer_than_the_list(places: Places, member_no: str) -> None:
    """Issued after the list, and shown at a counter that has not synced since."""
    newest, _ = places.new_card(member_no, "newest")
    assert verify(newest, "--home", places.far)[1]["verdict"] == "valid"


def check_that_lists_are_published_once(places: Places) -> None:
    places.sync(places.home, places.far)
    places.sync(places.far)
    assert as_json(city("card", "statuses", "--home", places.city, "--json"))["published"] == 0
    opened = Station.open(places.far)
    try:
        with opened.store.reading() as view:
            (published,) = view.documents.all(CardStatusesPublished)
            signed = statuslist.read_by(published.token, opened.store.root_key)
            assert [signed.statuses.status(index) for index in range(3)] == [1, 1, 0]
    finally:
        opened.close()


def test_a_member_who_leaves_gives_the_card_back(places: Places) -> None:
    member_no = joined(places, seed=12)
    text, _ = places.new_card(member_no, "leaver")
    told = as_json(station("card", member_no, "--revoke", "left", "--home", places.home, "--json"))
    assert (told["revoked"], told["reason"]) == (1, "left")
    assert verify(text, "--home", places.home)[1]["revocation"] == "left"
    assert run("card", member_no, "--revoke", "left", "--home", places.home)[0] == 1
