"""The primary dies while stations hand in; the standby takes over, and nothing that was acknowledged is missing."""

import os
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from support.cities import Station
from support.postgres import Cluster, NoPostgres, find_programs
from support.replication import ACKNOWLEDGED, Standby, asked, configure, either_url, wait_for_standby, wait_until
from support.served import served
from support.worlds import given, person_id, registered

from city_server.city import open_city, wall_ms
from city_server.enrolling import invite
from city_server.exchange_store import CityExchangeStore
from city_server.founding import found_city
from db.store import Store
from station_core.ids import WriterId
from station_core.journal.batch import encode_batch
from station_core.journal.entry import Head
from station_core.journal.receipt import Outcome
from station_core.keys import SigningKey
from sync.enrol import enrol
from sync.errors import SyncError
from sync.transport import Transport

pytestmark = pytest.mark.postgres

STATIONS = 3
ROUNDS = 12
"""So many pushes of each station are acknowledged before the primary dies, and again afterwards."""


@dataclass
class Pair:
    primary: Cluster
    standby: Standby
    home: Path
    address: str

    def kill_primary(self) -> None:
        os.kill(self.primary.process_id, signal.SIGKILL)
        wait_until(lambda: not self.primary.is_running())


@contextmanager
def city_on_two(folder: Path, *, waits: bool) -> Iterator[Pair]:
    """A primary, a standby that it waits for or not, and `city serve` on whichever of them can be written to."""
    try:
        programs = find_programs()
    except NoPostgres as reason:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(reason))
    with ExitStack() as stack:
        primary = stack.enter_context(Cluster(programs, ACKNOWLEDGED))
        standby = stack.enter_context(Standby(programs, ACKNOWLEDGED, primary=primary))
        wait_until(lambda: asked(primary, "SELECT 1 FROM pg_stat_replication WHERE state = 'streaming'"))
        if waits:
            wait_for_standby(primary)
        home = found_city(folder, either_url(primary, standby, primary.create_database()), region_code="210100")
        _, address = stack.enter_context(served(home.folder))
        yield Pair(primary, standby, home.folder, address)


@dataclass
class Pushing(threading.Thread):
    """A station that records and hands in, over and over, until it is told to stop."""

    station: Station
    acknowledged: list[Head] = field(default_factory=list)
    recorded: int = 0
    refused: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self._ended = threading.Event()

    __hash__ = threading.Thread.__hash__

    def run(self) -> None:
        while not self._ended.is_set():
            person = person_id()
            self.station.write(registered(person, name="王小明"), given(person))
            self.recorded += 1
            try:
                self._push()
            except SyncError:
                self.refused += 1
                self._ended.wait(0.1)

    def _push(self) -> None:
        after = self.acknowledged[-1].seq if self.acknowledged else 0
        batch = CityExchangeStore(self.station.store).batch_after(self.station.store.own, after, 1 << 20)
        assert batch is not None
        with self.station.client() as client:
            (result,) = client.push([encode_batch(batch)])
        assert result.outcome in (Outcome.HELD, Outcome.ALREADY_HAD)
        self.acknowledged.append(Head(result.seq, result.hash))

    def stop(self) -> None:
        self._ended.set()


@contextmanager
def pushing(pair: Pair) -> Iterator[list[Pushing]]:
    threads = [Pushing(_enrolled(pair, f"{number}号车")) for number in range(1, STATIONS + 1)]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        for thread in threads:
            thread.stop()
        for thread in threads:
            thread.join()


def _enrolled(pair: Pair, label: str) -> Station:
    with open_city(pair.home) as city:
        code, _ = invite(city.store, label, "210106")
    key = SigningKey.generate()
    with Transport(pair.address) as transport:
        return Station(pair.address, key, enrol(transport, code, key, wall_ms))


def wait_for_rounds(threads: list[Pushing], more: int) -> None:
    goals = [len(thread.acknowledged) + more for thread in threads]
    wait_until(lambda: all(len(one.acknowledged) >= goal for one, goal in zip(threads, goals, strict=True)))


def missing(home: Path, acknowledged: Mapping[WriterId, list[Head]]) -> int:
    """How many acknowledged entries the city does not hold as they were acknowledged."""
    with open_city(home) as city, city.store.reading() as view:
        heads, hash_at = view.journals.heads(), view.journals.hash_at
        lost = 0
        for writer, theirs in acknowledged.items():
            held = heads[writer].seq if writer in heads else 0
            lost += max(0, theirs[-1].seq - held)
            lost += sum(hash_at(writer, head.seq) != head.hash for head in theirs if head.seq <= held)
    return lost


def so_far(threads: list[Pushing]) -> dict[WriterId, list[Head]]:
    return {thread.station.store.own: list(thread.acknowledged) for thread in threads}


def assert_in_order(store: Store, threads: list[Pushing]) -> None:
    """Every journal verifies, each service counts once, and a rebuild changes nothing."""
    with store.reading() as view:
        heads = view.journals.heads()
        assert {writer: view.journals.faults(writer) for writer in heads if view.journals.faults(writer)} == {}
        assert view.overview.counts().services == sum(thread.recorded for thread in threads)
        before = view.digests.all()
    with store.writing() as tx:
        tx.rebuild()
        assert tx.digests.all() == before


def test_no_acknowledged_entry_is_missing_after_failover(tmp_path: Path) -> None:
    with city_on_two(tmp_path / "city", waits=True) as pair:
        with pushing(pair) as threads:
            wait_for_rounds(threads, ROUNDS)
            pair.kill_primary()
            acknowledged = so_far(threads)
            pair.standby.promote()
            assert missing(pair.home, acknowledged) == 0
            wait_for_rounds(threads, ROUNDS)
            with Standby(find_programs(), ACKNOWLEDGED, primary=pair.standby) as successor:
                wait_for_standby(pair.standby)
                wait_for_rounds(threads, 2)
                assert asked(successor, "SELECT pg_is_in_recovery()") == [(True,)]
                configure(pair.standby, "synchronous_standby_names", "")
        for thread in threads:
            assert thread.station.exchange().error is None
        assert missing(pair.home, so_far(threads)) == 0
        with open_city(pair.home) as city:
            assert_in_order(city.store, threads)


def test_without_waiting_for_the_standby_they_are(tmp_path: Path) -> None:
    """What the other test looks for can happen, and is seen: here the primary acknowledges what it alone has."""
    with city_on_two(tmp_path / "city", waits=False) as pair, pushing(pair) as threads:
        wait_for_rounds(threads, 2)
        pair.standby.cut_off()
        wait_for_rounds(threads, 2)
        for thread in threads:
            thread.stop()
        pair.kill_primary()
        acknowledged = so_far(threads)
        pair.standby.promote()
        assert missing(pair.home, acknowledged) >= 2 * STATIONS


def test_a_standby_that_is_gone_holds_back_acknowledgements_until_it_is_given_up(tmp_path: Path) -> None:
    with city_on_two(tmp_path / "city", waits=True) as pair, pushing(pair) as threads:
        wait_for_rounds(threads, 2)
        pair.standby.cut_off()
        with httpx.Client(trust_env=False, timeout=60) as client:
            wait_until(lambda: "city_commits_waiting_for_standby 1.0" in client.get(f"{pair.address}/metrics").text)
            acknowledged = so_far(threads)
            assert client.get(f"{pair.address}/health").status_code == 200
            assert so_far(threads) == acknowledged
        configure(pair.primary, "synchronous_standby_names", "")
        wait_for_rounds(threads, 2)
