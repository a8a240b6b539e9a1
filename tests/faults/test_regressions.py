"""What the fault suite has found, each by its name."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from support.faults.clocks import HOUR_MS
from support.faults.disks import FileDisk
from support.faults.leases import EVENT, GIFT, Leases
from support.faults.link import Link
from support.faults.machines import CITY_URL, StationNode
from support.faults.scene import CITY_ID, Scene, new_scene
from support.faults.tally import Tally

from city_server.exchange_store import CityExchangeStore
from station_core.records.documents import EventPublished
from sync.client import Client
from sync.exchange import exchange as plain_exchange
from sync.report import Report


@contextmanager
def quiet_scene(folder: Path, stations: int) -> Iterator[Scene]:
    """A city with stations that have just been enrolled, on good lines."""
    with new_scene(folder, Random(1), Tally()) as scene, scene.weather.calm():
        for _ in range(stations):
            scene.enrol()
        yield scene


def exchange(scene: Scene, station: StationNode) -> Report:
    synced = scene.exchange(station)
    assert synced is not None
    return synced.report


def test_a_revoked_station_names_a_fork_that_is_shorter_than_what_the_city_holds(tmp_path: Path) -> None:
    """Only the pull compared a journal that goes on in the city, and a revoked station is refused the pull: what was
    written on its cloned disk was neither handed in nor named, and the exchange told of no trouble but the revocation.
    Two of 80 histories with copied disks came upon it.
    """
    with quiet_scene(tmp_path, stations=1) as scene:
        clone = revoked_clone(scene)
        store = CityExchangeStore(clone.store)
        client = Client(Link(CITY_URL, scene.lines), CITY_ID, clone.store.key, clone.clock)
        assert {fork.writer for fork in plain_exchange(store, client).forks} == {clone.writer}


def test_a_revoked_copy_hands_in_what_the_city_lacks(tmp_path: Path) -> None:
    """A fork was healed by asking the city for a new name, which a revoked device was refused, and by fetching its own
    journal, which it was refused as well: so what its copy had recorded before the revocation stayed with it for ever.
    Every second history with both a copy and a revocation came upon it.
    """
    with quiet_scene(tmp_path, stations=1) as scene:
        clone = revoked_clone(scene)
        synced = scene.exchange(clone)
        assert synced is not None
        assert synced.healed is not None
        held = scene.ledger.contents(scene.city.store)
        assert all(held[record.content] == 1 for record in scene.ledger.acknowledged)
        with scene.city.store.reading() as view:
            successor = view.writers.get(clone.writer)
        assert successor is not None
        assert successor.revoked_since is not None


def revoked_clone(scene: Scene) -> StationNode:
    """A shorter history than that of the original, which the city has; both were revoked."""
    (original,) = scene.stations
    scene.clone(original)
    clone = scene.stations[1]
    for _ in range(3):
        scene.write(original, *scene.acts.register())
    exchange(scene, original)
    scene.write(clone, *scene.acts.register())
    scene.revoke(original)
    return clone


def test_an_older_disk_is_no_fork(tmp_path: Path) -> None:
    """The same question, asked where the history is the same: the station gets back what its disk lacks."""
    with quiet_scene(tmp_path, stations=1) as scene:
        (station,) = scene.stations
        assert isinstance(station.disk, FileDisk)
        backup = station.disk.back_up()
        scene.write(station, *scene.acts.register())
        exchange(scene, station)
        scene.restore(station, backup)
        report = exchange(scene, station)
        assert (report.forks, report.error) == (frozenset(), None)
        assert scene.ledger.contents(station.store) == scene.ledger.contents(scene.city.store)


def test_stock_is_not_asked_for_for_ever_where_a_lender_was_days_ahead(tmp_path: Path) -> None:
    """What is received after a request goes off it, by hybrid time. Beside a transfer from two days ahead, which drags
    no other clock along, each request of today counted as fulfilled: the next exchange made another, and so for ever.
    Seed 8032 came upon it.
    """
    with quiet_scene(tmp_path, stations=1) as scene:
        (station,) = scene.stations
        leases = Leases(Random(5), scene.acts.services)
        leases.publish(scene.city)
        leases.stand_there(station)
        scene.city.clock.offset_ms = 48 * HOUR_MS
        for _ in range(3):
            exchange(scene, station)
        with station.store.reading() as view:
            event = view.documents.get(EventPublished, EVENT)
            assert event is not None
            assert view.stock.held(event, station.writer)[GIFT] > 0
        for _ in range(40):
            leases.give_gift(station)
        before = exchange(scene, station)
        assert before.error is None
        assert [exchange(scene, station).pushed_entries for _ in range(3)] == [0, 0, 0]
