"""The hub and the city side by side: neither holds the other up, and whoever meets the city brings it everything."""

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
from station_app.home.keyslots import KeySlots
from station_app.station.clock import now_ms
from station_app.station.exchange import exchange_with_city
from station_app.station.founding import found_station
from station_app.station.staffing import add_staff
from station_app.station.station import Station
from station_app.workers.sync_worker import SyncNews, SyncWorker
from station_core.records.documents import Role


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


def test_a_city_that_does_not_answer_holds_up_no_hub(tmp_path: Path) -> None:
    world = new_world()
    with (
        socket.socket() as silent,
        event_station(tmp_path / "a", world, "一号台", has_heard=True) as a,
        event_station(tmp_path / "b", world, "二号台") as b,
    ):
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        facts = replace(b.made.facts, city_url=f"http://127.0.0.1:{silent.getsockname()[1]}")
        asked = threading.Event()

        def hear(news: SyncNews) -> None:
            if news.progress is not None:
                asked.set()
            else:
                ended.append(news)

        ended: list[SyncNews] = []
        worker = SyncWorker(facts, b.key, b.store, now_ms, hear)
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
