"""A station that knows itself out of service records nothing more, says so, and still hands in what it holds."""

from datetime import date
from pathlib import Path

import pytest
from support.cities import RunningCity, running_city
from support.stations import (
    EVENT,
    HAIRCUT,
    MEMBERS,
    NOTICE_VERSION,
    MadeStation,
    id_number,
    make_station,
    receive_from_city,
)
from support.worlds import World
from support.worlds import given as given_record

from city_server.enrolling import invite
from city_server.revoking import revoke_station
from db.errors import WriterIsRevoked
from db.lending import answer_wants
from station_app.flows.troubles import words_for
from station_app.station.cards import Cards
from station_app.station.counter import Counter
from station_app.station.founding import found_station
from station_app.station.healing import sync_station
from station_app.station.joining import Joining
from station_app.station.notices import Warned, cautions
from station_app.station.station import Station
from station_core.clock import HybridTime
from station_core.people.application import Application
from station_core.records.stock import StockWanted
from station_core.records.trust import WriterCertified, WriterRevoked
from sync.errors import Trouble

WANG = MEMBERS[0]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def made(tmp_path: Path, world: World) -> MadeStation:
    return make_station(tmp_path / "station", world)


@pytest.fixture
def revoked(made: MadeStation, world: World):
    """By a journal that has reached it."""
    station = made.open()
    receive_from_city(station, world, WriterRevoked(writer=station.store.own, since=HybridTime(1), reason="遗失"))
    yield station
    station.close()


def entries(station: Station) -> int:
    with station.store.reading() as view:
        return view.journals.heads()[station.store.own].seq


def test_nothing_is_given_registered_or_issued(revoked, made):
    before = entries(revoked)
    served = Counter(revoked).show(WANG.person)
    application = Application(
        name="赵小龙",
        id_number=id_number(date(1992, 3, 4), 451),
        phone="13900001111",
        occupation="courier",
        consent_version=NOTICE_VERSION,
        district_code=revoked.facts.district,
    )
    for act in (
        lambda: Counter(revoked).give(served, HAIRCUT, made.operator),
        lambda: Cards(revoked).issue(WANG.person, made.operator),
        lambda: Joining(revoked).register(application, made.operator),
    ):
        with pytest.raises(WriterIsRevoked):
            act()
    assert entries(revoked) == before
    with revoked.store.reading() as view:
        assert view.local.setting("last_serial", "0") == "0", "no member number is used up"


def test_staff_are_told_why_in_words(revoked):
    first = cautions(revoked)[0]
    assert (first.what, first.params) == (Warned.REVOKED, {"reason": "遗失"})
    what, do = words_for(WriterIsRevoked())
    assert (what.key, do.key) == ("common.trouble.revoked", "store.revoked")


def test_what_proves_itself_may_be_written_all_the_same(revoked, world):
    with revoked.store.writing() as tx:
        tx.append(WriterCertified(certificate=world.certificate(revoked.store.key)))


def test_a_revoked_hub_lends_nothing_and_fails_nobody(revoked, world):
    guest = world.device()
    guest.write(StockWanted(event=EVENT, service=HAIRCUT, quantity=5), at_ms=1)
    with revoked.store.writing() as tx:
        tx.receive(guest.batch())
    assert answer_wants(revoked.store, guest.id) == ()


@pytest.fixture
def city(tmp_path: Path):
    with running_city(tmp_path / "city") as running:
        yield running


def enrolled(city: RunningCity, folder: Path) -> Station:
    code, _ = invite(city.city.store, "一号车", "210106")
    found_station(folder, city.address, str(code))
    return Station.open(folder)


def write(station: Station) -> None:
    with station.store.writing() as tx:
        tx.append(given_record(None))


def test_the_citys_own_word_is_enough_and_what_is_held_is_handed_in(city, tmp_path):
    station = enrolled(city, tmp_path / "station")
    try:
        revoke_station(city.city.store, station.facts.writer_number, "设备遗失")
        write(station)
        for _ in range(2):
            report = sync_station(lambda job: job(station), station.now_ms).report
            assert report.error.code is Trouble.REVOKED
            with pytest.raises(WriterIsRevoked):
                write(station)
        with city.city.store.reading() as view:
            assert view.journals.heads()[station.store.own].seq == entries(station)
        assert cautions(station)[0].params == {"reason": "设备遗失"}
    finally:
        station.close()


def test_a_city_that_serves_it_again_takes_its_word_back(city, tmp_path):
    """A word that no journal bears out: the city was restored from a backup, or its answer was a mistake."""
    station = enrolled(city, tmp_path / "station")
    try:
        with station.store.writing() as tx:
            tx.local.set_setting("revoked", "遗失")
        with pytest.raises(WriterIsRevoked):
            write(station)
        assert sync_station(lambda job: job(station), station.now_ms).report.error is None
        write(station)
    finally:
        station.close()
