"""A cloned disk, a restored backup: both copies were used, the city has everything once, and all agree in the end."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.cities import RunningCity, running_city
from support.worlds import given, registered, tables

from city_server.enrolling import invite
from city_server.revoking import revoke_station
from db.store import Store, Transaction
from station_app.home.facts import StationFacts
from station_app.home.home import IDENTITY_FILE, station_key
from station_app.home.keyslots import KeySlots
from station_app.station import healing
from station_app.station.founding import found_station
from station_app.station.healing import FORKED, Synced, sync_station
from station_app.station.station import Station
from station_core.ids import MemberNo, PersonId, RecordId
from station_core.journal.receipt import Outcome
from station_core.records.trust import WriterSucceeded
from sync.errors import SyncError, Trouble


@pytest.fixture
def city(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningCity]:
    db = request.getfixturevalue("postgres_url") if getattr(request, "param", "") == "postgresql" else None
    with running_city(tmp_path / "city", db) as running:
        yield running


@pytest.fixture
def copies(city: RunningCity, tmp_path: Path) -> tuple[Path, Path]:
    """A station that has synchronised, written on, and been cloned."""
    a, b = tmp_path / "a", tmp_path / "b"
    code, _ = invite(city.city.store, "一号车", "210106")
    found_station(a, city.address, str(code))
    record(a, 1)
    sync(a)
    record(a, 2)
    shutil.copytree(a, b)
    return a, b


def record(home: Path, *services: int) -> None:
    """Give services that are known by number, as a counter does."""
    station = Station.open(home)
    with station.store.writing() as tx:
        tx.append(*(given(None, record=RecordId(number.to_bytes(16))) for number in services))
    station.close()


def sync(home: Path) -> Synced:
    station = Station.open(home)
    try:
        return sync_station(lambda job: job(station), station.now_ms)
    finally:
        station.close()


def services_in(store: Store) -> list[int]:
    """The services of every journal, as often as they stand there."""
    with store.reading() as view:
        rows = view._connection.exec_driver_sql("SELECT id FROM service_given").scalars()
        return sorted(int.from_bytes(bytes(row)) for row in rows)


def services(home: Path) -> list[int]:
    station = Station.open(home)
    try:
        return services_in(station.store)
    finally:
        station.close()


def faults(store: Store) -> list[str]:
    with store.reading() as view:
        return [fault for writer in view.journals.heads() for fault in view.journals.faults(writer)]


def looked_at(home: Path) -> dict[str, list[tuple[object, ...]]]:
    station = Station.open(home)
    try:
        assert faults(station.store) == []
        return tables(station.store)
    finally:
        station.close()


def assert_whole(city: RunningCity, homes: tuple[Path, ...], services: list[int]) -> None:
    for home in homes:
        sync(home)
    for home in homes:
        assert not sync(home).report.forks
    there = tables(city.city.store)
    assert faults(city.city.store) == []
    assert services_in(city.city.store) == services
    for home in homes:
        assert looked_at(home) == there


@pytest.mark.parametrize("city", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_both_copies_of_a_disk_are_used_and_nothing_is_lost_or_doubled(city: RunningCity, copies: tuple[Path, ...]):
    a, b = copies
    record(a, 3, 4)
    record(b, 5, 6)
    first, second = sync(a), sync(b)
    assert first.healed is None
    assert {fork.writer for fork in first.report.forks} == set()
    assert second.healed is not None
    assert second.healed.entries == 2, "record 2 was in both copies before the fork: it is not written again"
    assert second.report.error is None
    assert StationFacts.read(b).writer_number == second.healed.number != StationFacts.read(a).writer_number
    record(a, 7)
    record(b, 8)
    assert_whole(city, copies, [1, 2, 3, 4, 5, 6, 7, 8])
    with city.city.store.reading() as view:
        (noted,) = view.documents.all(WriterSucceeded)
    opened = Station.open(a)
    assert noted.writer == opened.store.own
    opened.close()


def test_a_third_copy_heals_as_well_and_a_healed_one_can_be_cloned(
    city: RunningCity, copies: tuple[Path, ...], tmp_path
):
    a, b = copies
    c = tmp_path / "c"
    shutil.copytree(b, c)
    for home, number in ((a, 3), (b, 4), (c, 5)):
        record(home, number)
        sync(home)
    d = tmp_path / "d"
    shutil.copytree(c, d)
    record(c, 6)
    record(d, 7)
    assert_whole(city, (a, b, c, d), [1, 2, 3, 4, 5, 6, 7])


def test_a_copy_that_wrote_nothing_goes_on_as_it_is(city: RunningCity, copies: tuple[Path, ...]):
    """A restored backup whose computer is gone: it fetches its own journal and is no fork."""
    a, old = copies
    record(a, 3)
    sync(a)
    assert sync(old).healed is None
    record(old, 4)
    assert_whole(city, (old,), [1, 2, 3, 4])


class Cut(Exception):
    """The power."""


@pytest.mark.parametrize("step", ["next_key", "common_head", "renew", "answer", "within", "after"])
def test_a_power_cut_between_any_two_steps_is_gone_on_from(city, copies, step, monkeypatch):
    a, b = copies
    record(a, 3)
    record(b, 4)
    sync(a)
    _cut_at(step, monkeypatch)
    with pytest.raises(Cut):
        sync(b)
    monkeypatch.undo()
    record(b, 5)
    assert_whole(city, copies, [1, 2, 3, 4, 5])
    with city.city.store.reading() as view:
        assert len(view.documents.all(WriterSucceeded)) == 1, "one fork, one successor"


def _cut_at(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real_renew, real_start = healing.renew, Transaction.start_epoch

    def cut(*_: object, **__: object) -> None:
        raise Cut

    def answered(*arguments: object) -> None:
        real_renew(*arguments)
        raise Cut

    def within(*arguments: object) -> None:
        real_start(*arguments)
        raise Cut

    match step:
        case "next_key":
            monkeypatch.setattr(healing, "_next_key", cut)
        case "common_head" | "renew":
            monkeypatch.setattr(healing, step, cut)
        case "answer":
            monkeypatch.setattr(healing, "renew", answered)
        case "within":
            monkeypatch.setattr(Transaction, "start_epoch", within)
        case "after":
            monkeypatch.setattr(healing, "replace", cut)


def test_a_city_out_of_reach_leaves_the_fork_for_the_next_time(city, copies, monkeypatch):
    a, b = copies
    record(a, 3)
    record(b, 4)
    sync(a)

    def out_of_reach(*_: object) -> None:
        raise SyncError(Trouble.UNREACHABLE)

    monkeypatch.setattr(healing, "renew", out_of_reach)
    synced = sync(b)
    assert (synced.healed, synced.report.error) == (None, None)
    station = Station.open(b)
    with station.store.reading() as view:
        assert view.local.setting(FORKED)
    station.close()
    record(b, 5)
    monkeypatch.undo()
    assert_whole(city, copies, [1, 2, 3, 4, 5])


def test_a_person_whom_both_copies_registered_under_one_number_is_two_people(city, copies):
    a, b = copies
    for home, person in ((a, 1), (b, 2)):
        station = Station.open(home)
        with station.store.writing() as tx:
            tx.append(registered(PersonId(person.to_bytes(16)), member_no="100010000019"))
        station.close()
    assert_whole(city, copies, [1, 2])
    with city.city.store.reading() as view:
        assert len(view.people.with_member_no(MemberNo("100010000019"))) == 2


def test_a_revoked_copy_hands_in_under_a_name_that_is_revoked_as_well(city, copies):
    a, b = copies
    record(a, 3)
    record(b, 4)
    sync(a)
    revoked = revoke_station(city.city.store, StationFacts.read(a).writer_number, "lost")
    record(b, 5)
    synced = sync(b)
    assert synced.healed is not None
    assert synced.healed.entries == 2
    assert synced.report.error is not None
    assert synced.report.error.code is Trouble.REVOKED
    with city.city.store.reading() as view:
        (succeeded,) = view.documents.all(WriterSucceeded)
        successor = view.writers.get(succeeded.successor)
        assert successor is not None
        since = view.writers.get(revoked.station.id).revoked_since
        assert since is not None
        assert (successor.revoked_since, successor.revoked_reason) == (since, "lost")
        assert view.overview.counts().set_aside == 1, "what it wrote after the revocation"
    assert services_in(city.city.store) == [1, 2, 3, 4]
    assert sync(b).healed is None


def test_a_device_without_a_fork_is_not_given_a_second_name(city, copies):
    a, _ = copies
    station = Station.open(a)
    with pytest.raises(SyncError) as refused:
        healing.heal(station.facts, station.store.key, station.now_ms, lambda job: job(station))
    assert refused.value.code is Trouble.REFUSED
    station.close()


def test_the_sealed_identity_follows_the_store(city, copies):
    a, b = copies
    record(a, 3)
    record(b, 4)
    sync(a)
    sync(b)
    station = Station.open(b)
    store_key = KeySlots.read(b).open_with_device(b)
    assert station_key(b, store_key).public == station.store.key.public
    assert (b / IDENTITY_FILE).read_bytes() != (a / IDENTITY_FILE).read_bytes()
    station.close()


def test_a_window_that_stood_open_while_a_command_healed_writes_under_the_new_name(city, copies):
    a, b = copies
    record(a, 3)
    record(b, 4)
    sync(a)
    window = Station.open(b)
    old = window.store.own
    sync(b)
    with window.store.writing() as tx:
        (entry,) = tx.append(given(None, record=RecordId((5).to_bytes(16))))
    assert entry.writer != old
    assert sync_station(lambda job: job(window), window.now_ms).report.error is None
    window.close()
    assert_whole(city, copies, [1, 2, 3, 4, 5])


def test_a_neighbour_that_took_the_lost_branch_lets_go_of_it(city, copies, tmp_path, monkeypatch):
    """It met the copy without a network, and holds entries of it that the city knows otherwise."""
    a, b = copies
    neighbour = tmp_path / "neighbour"
    code, _ = invite(city.city.store, "二号车", "210106")
    found_station(neighbour, city.address, str(code))
    sync(neighbour)
    record(a, 3)
    record(b, 4, 5)
    copy, other = Station.open(b), Station.open(neighbour)
    with copy.store.reading() as view:
        batch = view.journals.batch_after(copy.store.own, 2, 1_000_000)
    with other.store.writing() as tx:
        assert batch is not None
        assert tx.receive(batch).outcome is Outcome.HELD
    copy.close()
    other.close()
    sync(a)
    assert sync(neighbour).report.forks, "nobody has written the lost branch again yet: it is kept"
    assert services(neighbour) == [1, 2, 4, 5]
    _cut_at("after", monkeypatch)
    with pytest.raises(Cut):
        sync(b)
    monkeypatch.undo()
    assert sync(neighbour).report.forks, "the successor is known, and its journal is not: it is kept"
    assert services(neighbour) == [1, 2, 4, 5]
    sync(b)
    assert_whole(city, (*copies, neighbour), [1, 2, 3, 4, 5])
