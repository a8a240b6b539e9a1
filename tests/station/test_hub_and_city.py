"""The hub and the city side by side: neither holds the other up, and whoever meets the city brings it everything."""

import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.cities import RunningCity, running_city
from support.hubs import EventStation, event_station, new_world, wait_for
from support.stations import MadeStation
from support.worlds import given, person_id, registered

from city_server.enrolling import invite
from city_server.publishing import event_of, publish_event
from db.store import Store
from station_app.home.keyslots import KeySlots
from station_app.station.clock import local_day, now_ms
from station_app.station.exchange import exchange_with_city
from station_app.station.founding import found_station
from station_app.station.healing import sync_station
from station_app.station.staffing import add_staff
from station_app.station.station import Station
from station_app.workers.sync_worker import SyncNews, SyncWorker
from station_core.ids import DistrictCode, ServiceCode, WriterId
from station_core.records.documents import Role
from sync.lan.address import HubAddress


@pytest.fixture
def city(tmp_path: Path) -> Iterator[RunningCity]:
    with running_city(tmp_path / "city") as running:
        yield running


def enrolled(city: RunningCity, home: Path, label: str) -> EventStation:
    """A station of `city` that has a certificate and nothing else."""
    code, _ = invite(city.city.store, label, "210106")
    facts = found_station(home, city.address, str(code))
    store_key = KeySlots.read(home).open_with_device(home)
    station = Station.open(home, store_key)
    try:
        operator = add_staff(station, store_key, "刘芳", Role.OPERATOR, "314159")
    finally:
        station.close()
    return EventStation(MadeStation(home, facts, store_key, operator, operator))


def test_whichever_finds_the_city_later_brings_everybody_s_journals(city: RunningCity, tmp_path: Path) -> None:
    a, b = enrolled(city, tmp_path / "a", "一号台"), enrolled(city, tmp_path / "b", "二号台")
    try:
        person = person_id()
        a.write(registered(person, name="王德明"), given(person))
        b.write(given(person))
        b.join(a.serve().addresses[0])
        wait_for(lambda: a.counts() == b.counts() and a.counts().services == 2, "the two agree without the city")
        report = exchange_with_city(b.made.facts, b.key, now_ms, b.on_store)
        assert report.error is None
        with city.city.store.reading() as view:
            counts = view.overview.counts()
            held = view.journals.heads()
        assert (counts.people, counts.services) == (1, 2), "the first one's too, which the city never heard of"
        assert a.ask(lambda station: station.store.own) in held
        again = exchange_with_city(a.made.facts, a.key, now_ms, a.on_store)
        assert again.pushed_entries == 0, "nothing is handed in twice"
        wait_for(lambda: a.tables() == b.tables(), "the tables are equal")
    finally:
        b.close()
        a.close()


def test_a_hub_lends_of_its_own_part_of_the_stock(city: RunningCity, tmp_path: Path) -> None:
    today, bag = local_day(now_ms()), ServiceCode("liudong.goods_bag")
    district = DistrictCode("210106")
    running = event_of("park", "东园", "物流园", district, (today, today), ("liudong",), {bag: 100})
    a, b = enrolled(city, tmp_path / "a", "一号台"), enrolled(city, tmp_path / "b", "二号台")

    def held(station: EventStation) -> int:
        def ask(store: Store) -> int:
            with store.reading() as view:
                return view.stock.held(running, store.own)[bag]

        return station.on_store(ask)

    try:
        publish_event(city.city, running)
        assert exchange_with_city(a.made.facts, a.key, now_ms, a.on_store).error is None
        assert held(a) == 25, "the city's part for the hub"
        arrivals = len(a.arrivals)
        b.join(a.serve().addresses[0])
        wait_for(lambda: held(b) > 0, "the hub has lent, and the city was not asked")
        assert held(a) + held(b) == 25
        assert len(a.arrivals) > arrivals, "the hub's own window and its city hear of it"
        with city.city.store.reading() as view:
            assert view.stock.held(running, b.ask(lambda station: station.store.own))[bag] == 0
    finally:
        b.close()
        a.close()


def test_a_device_that_goes_on_under_another_key_serves_as_who_it_is_then(city: RunningCity, tmp_path: Path) -> None:
    """As after the healing of a fork: the hub proves itself by the new certificate, at the same place."""
    a, b = enrolled(city, tmp_path / "a", "一号台"), enrolled(city, tmp_path / "b", "二号台")
    try:
        assert a.hub.restart() is None, "who does not serve is made no hub by it"
        address = a.serve().addresses[0]
        before = certified_at(b, address)
        following = fork_and_heal(a, tmp_path / "copy")
        assert following != before
        served = a.hub.restart()
        assert served is not None
        assert served.addresses[0] == address
        assert certified_at(b, address) == following
        b.join(address)
        a.write(given(None))
        wait_for(lambda: b.counts().services == a.counts().services > 0, "guests go on with it")
    finally:
        b.close()
        a.close()


def certified_at(guest: EventStation, address: HubAddress) -> WriterId:
    hub = guest.meet(address)
    hub.close()
    return hub.link.certificate.writer


def fork_and_heal(station: EventStation, copy: Path) -> WriterId:
    """Let a copy of the disk write on and meet the city first; who the station is once it has healed."""
    assert sync_station(station.store.call, now_ms).report.error is None
    shutil.copytree(station.made.home, copy)
    twin = EventStation(replace(station.made, home=copy))
    try:
        twin.write(given(None))
        assert sync_station(twin.store.call, now_ms).report.error is None
    finally:
        twin.close()
    station.write(given(None))
    assert sync_station(station.store.call, now_ms).healed is not None
    return station.ask(lambda opened: opened.store.own)


def _let_city_be(station: Station, url: str) -> None:
    station.facts = replace(station.facts, city_url=url)


def test_a_city_that_does_not_answer_holds_up_no_hub(tmp_path: Path) -> None:
    world = new_world()
    with (
        socket.socket() as silent,
        event_station(tmp_path / "a", world, "一号台", has_heard=True) as a,
        event_station(tmp_path / "b", world, "二号台") as b,
    ):
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        b.ask(lambda station: _let_city_be(station, f"http://127.0.0.1:{silent.getsockname()[1]}"))
        asked = threading.Event()

        def hear(news: SyncNews) -> None:
            if news.progress is not None:
                asked.set()
            else:
                ended.append(news)

        ended: list[SyncNews] = []
        worker = SyncWorker(b.store, now_ms, hear)
        worker.start()
        assert asked.wait(30), "it waits for the city"
        b.join(a.serve().addresses[0])
        b.write(given(None))
        wait_for(lambda: a.counts().services == 1, "the hub has it")
        assert ended == [], "and the city has not even failed yet"
        silent.close()
        worker.cancel()
        # What waits in the silent city's queue is cut by closing it, so that the worker ends at once.
        worker.stop()
