"""Stations and a city that really runs: what one of them writes, all come to hold."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from support.cities import RunningCity, Station, memory_store
from support.worlds import DAY, STAFF, given, member_no, person_id, registered, tables

from city_server.certifying import station_certificate
from city_server.city import wall_ms
from city_server.exchange_store import CityExchangeStore
from city_server.revoking import revoke_station
from station_core.clock import hybrid
from station_core.ids import CardId
from station_core.journal.batch import Batch, decode_batch, encode_batch
from station_core.journal.receipt import Outcome, Received
from station_core.keys import SigningKey
from station_core.records.cards import CardIssued
from station_core.records.documents import CataloguePublished, UnionsPublished
from station_core.records.people import PersonChanged, PersonFields
from station_core.records.trust import WriterCertified
from sync.client import Client
from sync.errors import SyncError, Trouble
from sync.exchange import exchange
from sync.messages import BatchResult
from sync.report import Fork, NotTaken, Phase, Progress
from sync.token import make_token
from sync.transport import Transport


def a_day_at_the_counter(station: Station) -> None:
    person = person_id()
    station.write(
        registered(person, name="王小明", member_no=member_no(1), phone="13800000001"),
        given(person),
        CardIssued(card=CardId(b"12345678"), person=person, issued_on=DAY, expires_on=DAY, operator=STAFF),
        given(None, "liudong.class"),
    )


def test_what_two_stations_write_all_three_hold(city: RunningCity) -> None:
    one, other = city.station("一号车"), city.station("二号车", "210111")
    a_day_at_the_counter(one)
    first = one.exchange()
    assert first.error is None
    assert first.pushed_entries == 5
    assert first.pulled_entries > 20  # the city's own journal: notice, unions, packs, both certificates
    second = other.exchange()
    assert second.error is None
    one.exchange()
    counts = []
    for store in (city.city.store, one.store, other.store):
        with store.reading() as view:
            assert not [fault for writer in view.journals.heads() for fault in view.journals.faults(writer)]
            assert view.documents.all(CataloguePublished)
            assert len(view.documents.all(UnionsPublished)) == 13
            counts.append(view.overview.counts())
    assert counts[0] == counts[1] == counts[2]
    assert (counts[0].people, counts[0].services, counts[0].cards) == (1, 2, 1)
    assert tables(one.store) == tables(other.store) == tables(city.city.store)


def test_nothing_travels_twice(city: RunningCity) -> None:
    station = city.station()
    a_day_at_the_counter(station)
    station.exchange()
    again = station.exchange()
    assert (again.pushed_entries, again.pulled_entries, again.error) == (0, 0, None)
    assert again.peer_heads[station.store.own] == 5


def test_the_same_push_twice_changes_nothing(city: RunningCity) -> None:
    station = city.station()
    a_day_at_the_counter(station)
    batch = encoded(station)
    with station.client() as client:
        assert [result.outcome for result in client.push([batch, batch])] == [Outcome.HELD, Outcome.ALREADY_HAD]
        before = tables(city.city.store)
        assert client.push([batch])[0].outcome is Outcome.ALREADY_HAD
    assert tables(city.city.store) == before


def encoded(station: Station, after: int = 0) -> bytes:
    with station.store.reading() as view:
        batch = view.journals.batch_after(station.store.own, after, 1 << 20)
    assert batch is not None
    return encode_batch(batch)


class Interrupted(Exception):
    """The line went dead."""


class DeadLine(Client):
    """Loses the answer of every push from the `after`-th on: the city has it, the station does not know."""

    after = 0

    def push(self, batches: Any) -> Any:
        answer = super().push(batches)
        if self.after == 0:
            raise Interrupted
        self.after -= 1
        return answer


def test_an_exchange_that_breaks_off_goes_on_where_it_was(city: RunningCity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.push.PUSH_BYTES", 1_000)
    monkeypatch.setattr("sync.push.BATCH_BYTES", 500)
    station = city.station()
    station.write(*(given(None, f"liudong.s{number}") for number in range(40)))
    with station.client() as client:
        client.__class__ = DeadLine
        client.after = 3  # type: ignore[attr-defined]
        with pytest.raises(Interrupted):
            exchange(CityExchangeStore(station.store), client)
    with city.city.store.reading() as view:
        held = view.journals.heads()[station.store.own].seq
    assert 0 < held < 41
    report = station.exchange()
    assert report.pushed_entries == 41 - held
    with city.city.store.reading() as view:
        assert view.overview.counts().services == 40
        assert view.journals.faults(station.store.own) == []


class Refusing(Client):
    """Its other side calls the first batch of `refused` broken; `sent` are the writers of each request."""

    refused: bytes
    sent: list[set[bytes]]

    def push(self, batches: Any) -> Any:
        writers = {bytes(decode_batch(data).writer) for data in batches}
        self.sent.append(writers)
        if self.refused not in writers:
            return super().push(batches)
        return tuple(BatchResult(Outcome.BROKEN, 0, bytes(32), 0, ()) for _ in batches)


def test_what_was_made_ahead_of_a_refused_journal_is_not_sent(
    sqlite_city: RunningCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.push.PUSH_BYTES", 1)
    monkeypatch.setattr("sync.push.BATCH_BYTES", 500)
    station, neighbour = sqlite_city.station("近"), sqlite_city.station("远")
    station.write(*(given(None, f"liudong.s{number}") for number in range(20)))
    neighbour.write(given(None))
    with station.store.writing() as tx:
        tx.receive(batch_of(neighbour))
    own = bytes(station.store.own)
    with station.client() as client:
        client.__class__ = Refusing
        client.refused, client.sent = own, []  # type: ignore[attr-defined]
        report = exchange(CityExchangeStore(station.store), client)
        assert sum(own in writers for writers in client.sent) == 1  # type: ignore[attr-defined]
    assert report.pushed.not_taken == [NotTaken(station.store.own, Outcome.BROKEN)]
    assert heads_at(sqlite_city)[bytes(neighbour.store.own)] == 2


def test_pulling_in_small_pieces(city: RunningCity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sync.client.PULL_BYTES", 2_000)
    station = city.station()
    seen: list[Progress] = []
    with station.client() as client:
        report = exchange(CityExchangeStore(station.store), client, seen.append)
    assert report.error is None
    assert report.pulled_entries == heads_at(city)[city.city.store.own]
    assert len([one for one in seen if one.phase is Phase.RECEIVING]) > 5


def heads_at(city: RunningCity) -> dict[bytes, int]:
    with city.city.store.reading() as view:
        return {bytes(writer): head.seq for writer, head in view.journals.heads().items()}


def test_a_cloned_device_is_a_fork_with_a_name(city: RunningCity) -> None:
    station = city.station()
    clone = Station(city.address, station.key, station.enrolled)
    station.write(given(None, "liudong.haircut"))
    clone.write(given(None, "liudong.class"))
    assert station.exchange().error is None
    report = clone.exchange()
    assert report.pushed.forks == report.pulled.forks == {Fork(station.store.own, 2)}
    assert report.pushed_entries == 0
    assert report.error is None  # a fork is no failure of the exchange, and holds up nobody else's journal
    assert report.pulled_entries > 20
    with city.city.store.reading() as view:
        assert view.overview.counts().services == 1


def test_a_neighbours_journal_is_brought_along(city: RunningCity) -> None:
    near, far = city.station("近"), city.station("远")
    far.write(given(None))
    carrier = CityExchangeStore(near.store)
    with near.store.writing() as tx:
        tx.receive(batch_of(far))
    report = near.exchange()
    assert report.pushed_entries == 3
    assert carrier.heads()[far.store.own].seq == heads_at(city)[bytes(far.store.own)] == 2


def batch_of(station: Station) -> Batch:
    batch = CityExchangeStore(station.store).batch_after(station.store.own, 0, 1 << 20)
    assert batch is not None
    return batch


def test_other_cities_journals_do_not_travel(city: RunningCity) -> None:
    here, elsewhere = city.station("沈阳", "210106"), city.station("大连", "210202")
    elsewhere.write(given(None))
    elsewhere.exchange()
    here.exchange()
    with here.store.reading() as view:
        held = view.journals.heads()
        known = view.writers.get(elsewhere.store.own)
    assert elsewhere.store.own not in held
    assert known is not None  # certified in the city's journal: its cards can be checked
    assert known.role is not None


def test_a_revoked_station_is_told_so_hands_in_and_gets_nothing(city: RunningCity) -> None:
    station = city.station()
    station.exchange()
    station.write(given(None))
    revoke_station(city.city.store, station.enrolled.certificate.writer_number, "设备丢失")
    station.write(given(None))
    report = station.exchange()
    assert report.pushed_entries == 2
    assert [one.reason for one in report.pushed.aside] == ["writer_revoked"]
    assert report.pulled_entries == 0
    assert report.error is not None
    assert report.error.code is Trouble.REVOKED
    assert report.error.params["reason"] == "设备丢失"
    with city.city.store.reading() as view:
        assert view.overview.counts().services == 1


@pytest.mark.parametrize("hours", [-30, 30])
def test_a_wrong_clock_is_measured_and_keeps_nothing_back(sqlite_city: RunningCity, hours: int) -> None:
    station = sqlite_city.station()
    station.wall_ms = lambda: wall_ms() + hours * 3_600_000
    station.write(given(None))
    report = station.exchange()
    assert report.error is None
    assert report.pushed_entries == 2
    assert report.clock_offset_ms is not None
    assert abs(report.clock_offset_ms + hours * 3_600_000) < 60_000


def test_a_wrong_clock_is_answered_in_minutes(sqlite_city: RunningCity) -> None:
    station = sqlite_city.station()
    token = make_token(station.key, station.enrolled.city_id, "heads", b"", wall_ms() - 42 * 60_000)
    with Transport(sqlite_city.address) as transport, pytest.raises(SyncError) as told:
        transport.post("heads", b"", token)
    assert told.value.code is Trouble.CLOCK_OFF
    assert told.value.params["minutes"] == 42


def test_a_failing_push_does_not_stop_the_pull(sqlite_city: RunningCity, monkeypatch: pytest.MonkeyPatch) -> None:
    station = sqlite_city.station()
    station.write(given(None))

    def lost(*_: object) -> object:
        raise SyncError(Trouble.TIMED_OUT)

    monkeypatch.setattr(Client, "push", lost)
    report = station.exchange()
    assert report.error is not None
    assert report.error.code is Trouble.TIMED_OUT
    assert report.pulled_entries > 20


def test_a_batch_that_was_tampered_with_is_refused_and_stops_none_behind_it(city: RunningCity) -> None:
    station, other = city.station("甲"), city.station("乙")
    station.write(given(None))
    good = batch_of(station)
    changed = replace(good.items[1], at=good.items[1].at + 1)
    bad = encode_batch(replace(good, items=(good.items[0], changed)))
    with station.client() as client:
        results = client.push([bad, b"\x00 no batch", encode_batch(batch_of(other))])
    assert [result.outcome for result in results] == [Outcome.BROKEN, Outcome.BROKEN, Outcome.HELD]
    assert bytes(station.store.own) not in heads_at(city)


class Spoilt(CityExchangeStore):
    """A store that cannot take the journals of one writer."""

    broken: bytes = b""

    def receive(self, batch: Batch) -> Received:
        if batch.writer == self.broken:
            return Received(Outcome.BROKEN, self.heads().get(batch.writer, self.heads()[self.own]))
        return super().receive(batch)


def test_a_journal_that_cannot_be_taken_holds_up_no_other(
    sqlite_city: RunningCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.client.PULL_BYTES", 300)
    stations = [sqlite_city.station(f"{number}号车") for number in range(3)]
    for station in stations:
        station.write(*(given(None, f"liudong.s{number}") for number in range(9)))
        station.exchange()
    reader = sqlite_city.station("后来的")
    store = Spoilt(reader.store)
    store.broken = sorted(station.store.own for station in stations)[0]
    with reader.client() as client:
        report = exchange(store, client)
    assert report.error is None
    assert [(one.writer, one.outcome) for one in report.pulled.not_taken] == [(store.broken, Outcome.BROKEN)]
    assert len(store.heads()) == 4


def test_both_sides_name_a_fork_at_an_older_entry(city: RunningCity) -> None:
    """The clone was copied early and wrote less: what it ends with, the city has otherwise."""
    station = city.station()
    clone = Station(city.address, station.key, station.enrolled)
    station.write(*(given(None) for _ in range(5)))
    station.exchange()
    clone.write(given(None))
    report = clone.exchange()
    assert Fork(station.store.own, 2) in report.forks


def test_many_first_pushes_of_one_writer_at_once(city: RunningCity) -> None:
    station = city.station()
    station.write(*(given(None) for _ in range(20)))
    batch = encoded(station)

    def push(_: int) -> Outcome:
        with station.client() as client:
            return client.push([batch])[0].outcome

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(push, range(6)))
    assert outcomes == [Outcome.ALREADY_HAD] * 5 + [Outcome.HELD]


def test_stations_that_change_the_same_person_at_once_agree_with_a_replay(city: RunningCity) -> None:
    """Folding reads what it then writes: two that fold at once must not overlook each other."""
    person = person_id()
    stations = [city.station(f"{number}号车") for number in range(4)]
    for number, station in enumerate(stations):
        station.write(registered(person, name="欧阳静", member_no=member_no(number)))
        for change in range(5):
            fields = PersonFields(employer=f"单位{number}-{change}", groups=(f"g{number}",))
            station.write(PersonChanged(person=person, fields=fields, operator=STAFF))

    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda station: push_all(station), stations))
    assert set(reports) == {Outcome.HELD}
    before = tables(city.city.store)
    with city.city.store.writing() as tx:
        tx.rebuild()
    assert tables(city.city.store) == before


def push_all(station: Station) -> Outcome:
    """Built here, pushed one entry at a time, so that the stations' transactions interleave."""
    outcome = Outcome.HELD
    for after in range(7):
        with station.client() as client:
            outcome = client.push([one_entry(station, after)])[0].outcome
    return outcome


def one_entry(station: Station, after: int) -> bytes:
    batch = CityExchangeStore(station.store).batch_after(station.store.own, after, 1)
    assert batch is not None
    return encode_batch(batch)


def test_a_device_of_another_city_is_not_known(sqlite_city: RunningCity) -> None:
    stranger = SigningKey.generate()
    station = sqlite_city.station()
    store = memory_store(station.enrolled.root_key, stranger)
    with Transport(sqlite_city.address) as transport:
        client = Client(transport, station.enrolled.city_id, stranger, wall_ms)
        report = exchange(CityExchangeStore(store), client)
    assert report.error is not None
    assert report.error.code is Trouble.NOT_ENROLLED


def test_a_city_from_an_older_backup_gets_to_know_its_station_again(sqlite_city: RunningCity) -> None:
    """What the root certified is proven by the station's own journal, whatever the city has forgotten."""
    home, key = sqlite_city.city.home, SigningKey.generate()
    certificate = station_certificate(home, key.public, "二号车", "210106", 10_777, wall_ms())
    store = memory_store(home.root.public, key)
    with store.writing() as tx:
        tx.append(WriterCertified(certificate=certificate), registered(person_id(), name="王德明"))
    with Transport(sqlite_city.address) as transport:
        report = exchange(CityExchangeStore(store), Client(transport, home.about.id, key, wall_ms))
    assert report.error is None
    assert report.pushed_entries == 2
    with sqlite_city.city.store.reading() as view:
        assert view.overview.counts().people == 1


def test_a_stolen_journal_is_no_proof(sqlite_city: RunningCity) -> None:
    """Whoever holds a copy of a journal, but not its key, gets nothing of it in under that device's name."""
    home, key, thief = sqlite_city.city.home, SigningKey.generate(), SigningKey.generate()
    certificate = station_certificate(home, key.public, "二号车", "210106", 10_778, wall_ms())
    store = memory_store(home.root.public, key)
    with store.writing() as tx:
        tx.append(WriterCertified(certificate=certificate))
    with Transport(sqlite_city.address) as transport:
        report = exchange(CityExchangeStore(store), Client(transport, home.about.id, thief, wall_ms))
    assert report.error is not None
    assert report.error.code is Trouble.NOT_ENROLLED
    with sqlite_city.city.store.reading() as view:
        assert store.own not in view.journals.heads()


def test_stopping_between_two_requests(sqlite_city: RunningCity) -> None:
    station = sqlite_city.station()
    with station.client() as client:
        report = exchange(CityExchangeStore(station.store), client, stopped=lambda: True)
    assert report.error is not None
    assert report.error.code is Trouble.STOPPED
    assert report.pulled_entries == 0


def test_a_certificate_near_its_end_is_renewed(sqlite_city: RunningCity, monkeypatch: pytest.MonkeyPatch) -> None:
    station = sqlite_city.station()
    before = station.enrolled.certificate.valid_until_ms
    monkeypatch.setattr("city_server.devices.RENEW_BEFORE_DAYS", 10_000)
    monkeypatch.setattr("city_server.certifying.VALID_DAYS", 20_000)
    station.exchange()
    with station.store.reading() as view:
        known = view.writers.get(station.store.own)
    assert known is not None
    assert known.valid_until_ms is not None
    assert known.valid_until_ms > before


def test_hybrid_times_of_a_clock_that_is_ahead_do_not_carry_the_city_along(sqlite_city: RunningCity) -> None:
    station = sqlite_city.station()
    station.store._wall_ms = lambda: wall_ms() + 48 * 3_600_000
    station.write(given(None))
    station.exchange()
    assert sqlite_city.city.store.tick(after=hybrid(0)) < hybrid(wall_ms() + 3_600_000)
