"""An event without internet: stations, one of them the hub, on real sockets."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from support.hubs import LOOPBACK, EventStation, event_station, hub_process, new_world, wait_for
from support.stations import MEMBERS
from support.worlds import World, given, person_id, registered

from station_app.home.hub_files import CERTIFICATE_FILE, KEY_FILE
from station_app.station.neighbour import judge
from station_app.station.peers import CITY
from station_app.station.station import Station
from station_core.clock import hybrid
from station_core.credential.certificate import Role
from station_core.ids import CardId
from station_core.journal.receipt import Outcome
from station_core.keys import SigningKey, writer_id
from station_core.records.cards import CardIssued
from station_core.records.trust import WriterCertified, WriterRevoked
from sync.errors import SyncError, Trouble
from sync.lan.address import HubAddress
from sync.lan.announcement import sign_fingerprint
from sync.lan.discovery import Found
from sync.lan.pinning import certificate_at, trusting_only
from sync.transport import Transport


@pytest.fixture
def world() -> World:
    return new_world()


@pytest.fixture
def a(tmp_path: Path, world: World) -> Iterator[EventStation]:
    """The hub of most tests; it alone has heard of the city."""
    with event_station(tmp_path / "a", world, "一号台", has_heard=True) as station:
        yield station


@pytest.fixture
def b(tmp_path: Path, world: World) -> Iterator[EventStation]:
    with event_station(tmp_path / "b", world, "二号台") as station:
        yield station


@pytest.fixture
def c(tmp_path: Path, world: World) -> Iterator[EventStation]:
    with event_station(tmp_path / "c", world, "三号台") as station:
        yield station


def trouble_of(station: EventStation, address: HubAddress) -> Trouble:
    with pytest.raises(SyncError) as told:
        station.meet(address)
    return told.value.code


def agree(*stations: EventStation) -> bool:
    first = stations[0].tables()
    return all(each.tables() == first for each in stations[1:])


def test_what_one_counter_records_the_others_see_through_a_hub(
    a: EventStation, b: EventStation, c: EventStation, capsys: pytest.CaptureFixture[str]
) -> None:
    address = a.serve().addresses[0]
    for each in (b, c):
        each.join(address)
    wait_for(lambda: b.counts() == c.counts() == a.counts(), "all hold the same")
    assert b.counts().people == len(MEMBERS), "the city's roster came by way of the hub"

    person, day = person_id(), a.ask(lambda station: station.today())
    card = CardIssued(
        card=CardId(os.urandom(8)),
        person=person,
        issued_on=day,
        expires_on=day + timedelta(days=365),
        operator=b.made.operator.id,
    )
    for what, record, count in (
        ("registration", registered(person, name="新会员"), lambda s: s.counts().people == len(MEMBERS) + 1),
        ("service", given(person), lambda s: s.counts().services == 1),
        ("card", card, lambda s: s.counts().cards == 1),
    ):
        time.sleep(0.7)  # at whatever moment between two looks of the others
        began = time.monotonic()
        b.write(record)
        wait_for(lambda count=count: count(c), what)
        with capsys.disabled():
            sys.stdout.write(f"\n  {what}: at the third station {time.monotonic() - began:.2f} s after it was recorded")
    wait_for(lambda: agree(a, b, c), "the tables are equal")
    assert [each.faults() for each in (a, b, c)] == [[], [], []]
    assert {guest.label for guest in a.hub.guests()} == {"二号台", "三号台"}


def test_both_directions_at_once_double_nothing(a: EventStation, b: EventStation, c: EventStation) -> None:
    address = a.serve().addresses[0]
    for each in (b, c):
        each.join(address)

    def serve(station: EventStation) -> None:
        for _ in range(25):
            station.write(given(MEMBERS[0].person))

    threads = [threading.Thread(target=serve, args=(each,)) for each in (a, b, c)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wait_for(lambda: all(each.counts().services == 75 for each in (a, b, c)), "75 services everywhere")
    wait_for(lambda: agree(a, b, c), "the tables are equal")


def test_a_killed_hub_is_replaced_and_nothing_is_lost_or_doubled(
    tmp_path: Path, world: World, b: EventStation, c: EventStation
) -> None:
    with event_station(tmp_path / "hub", world, "中心站", has_heard=True) as first:
        home = first.made.home
    recorded, stop = 0, threading.Event()
    with hub_process(home) as (process, address):
        for each in (b, c):
            each.join(address)
        wait_for(lambda: b.counts().people == c.counts().people == len(MEMBERS), "both hold the roster")

        def work() -> None:
            nonlocal recorded
            while not stop.is_set():
                b.write(given(MEMBERS[recorded % 4].person))
                recorded += 1

        worker = threading.Thread(target=work)
        worker.start()
        wait_for(lambda: c.counts().services > 20, "the hub is in the middle of its work")
        process.send_signal(signal.SIGKILL)
        process.wait()
        stop.set()
        worker.join()
    b.write(given(MEMBERS[0].person))
    c.write(given(MEMBERS[1].person))
    b.neighbour.use(c.serve().addresses[0])
    wait_for(lambda: b.counts().services == c.counts().services == recorded + 2, "the two that are left agree")

    again = Station.open(home)
    again.close()
    with hub_process(home) as (_, address):
        c.hub.stop()
        for each in (b, c):
            each.neighbour.use(address)
        c.write(given(MEMBERS[2].person))
        wait_for(lambda: b.counts().services == recorded + 3, "the old hub serves again")
        wait_for(lambda: agree(b, c), "the tables are equal")
    back = Station.open(home)
    try:
        with back.store.reading() as view:
            assert view.overview.counts() == b.counts()
            assert [fault for writer in view.journals.heads() for fault in view.journals.faults(writer)] == []
    finally:
        back.close()
    assert b.faults() == c.faults() == []


def test_a_hub_whose_device_the_city_never_certified_is_refused(tmp_path: Path, b: EventStation) -> None:
    with event_station(tmp_path / "rogue", new_world(), "假中心站") as rogue:
        serving = rogue.serve()
        assert trouble_of(b, serving.addresses[0]) is Trouble.HUB_UNPROVEN
        assert trouble_of(b, HubAddress(serving.addresses[0].url)) is Trouble.HUB_UNPROVEN, "a typed address as well"
        b.join(serving.addresses[0])
        wait_for(lambda: any(news.trouble for news in b.news), "it is told")
        assert b.news[-1].trouble is Trouble.HUB_UNPROVEN
        assert rogue.hub.guests() == (), "it was asked nothing"


def test_another_certificate_than_the_address_names_is_not_talked_to(a: EventStation, b: EventStation) -> None:
    address = a.serve().addresses[0]
    assert address.fingerprint is not None
    wrong = bytes([address.fingerprint[0] ^ 1]) + address.fingerprint[1:]
    assert trouble_of(b, HubAddress(address.url, wrong)) is Trouble.WRONG_FINGERPRINT
    b.meet(address).close()
    b.meet(HubAddress(address.url)).close()


def test_somebody_else_with_the_proof_of_a_real_hub_is_refused(
    a: EventStation, b: EventStation, c: EventStation
) -> None:
    """The proof is public; what it is about is one TLS certificate, which only the real hub has the key of."""
    from station_app.station.hub import who_serves
    from station_app.workers import hub_worker

    fingerprint = a.serve().fingerprint
    real = a.on_store(lambda store: who_serves(store, a.made.facts.city_id, fingerprint))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hub_worker, "who_serves", lambda *_: real)
        thief = c.serve()
    assert trouble_of(b, HubAddress(thief.addresses[0].url)) is Trouble.HUB_UNPROVEN


def test_nobody_else_answers_once_a_certificate_is_pinned(a: EventStation, c: EventStation) -> None:
    pinned = trusting_only(certificate_at(a.serve().addresses[0]))
    with Transport(a.serve().addresses[0].url, tls=pinned) as transport:
        assert transport.get("hub")
    with Transport(c.serve().addresses[0].url, tls=pinned) as transport, pytest.raises(SyncError) as told:
        transport.get("hub")
    assert told.value.code is Trouble.TLS


def test_where_both_hold_the_same_nothing_is_exchanged(a: EventStation, b: EventStation) -> None:
    hub = b.meet(a.serve().addresses[0])
    first = hub.exchange_if_changed()
    assert first is not None
    assert first.pulled_entries > 0
    assert first.pushed_entries > 0
    assert hub.exchange_if_changed() is None
    b.write(given(None))
    again = hub.exchange_if_changed()
    assert again is not None
    assert (again.pushed_entries, again.pulled_entries) == (1, 0)
    hub.close()

    def notes(station: Station) -> tuple[int, int | None]:
        with station.store.reading() as view:
            return view.local.peer(hub.peer).sent_entries, view.local.peer(CITY).succeeded_ms

    assert b.ask(notes) == (first.pushed_entries + 1, None), "each peer has notes of its own"


def test_announcements_are_judged_by_what_is_known(a: EventStation, b: EventStation, world: World) -> None:
    def found(station: EventStation, signed_by: SigningKey, number: int) -> Found:
        mark, address = bytes([number]) * 16, HubAddress(f"https://192.0.2.{number}:8655")
        signature = sign_fingerprint(signed_by, station.made.facts.city_id, mark)
        return Found(station.on_store(lambda store: store.own), mark, signature, (address,))

    hub = b.meet(a.serve().addresses[0])
    hub.exchange()
    hub.close()
    stranger = SigningKey.generate()
    unknown = Found(writer_id(stranger.public), bytes(16), bytes(64), (HubAddress("https://192.0.2.9:8655"),))
    city_id = b.made.facts.city_id

    def judged(*hubs: Found) -> tuple[int, ...]:
        seen = b.on_store(lambda store: judge(store, city_id, hubs))
        return (*(int(address.url.split(".")[-1].split(":")[0]) for address in seen.addresses), -seen.false)

    good, false, own = found(a, a.key, 1), found(a, stranger, 2), found(b, b.key, 3)
    assert judged(good, false, own, unknown) == (1, 9, -1)
    revoke(world, b, whom=a)
    assert judged(good) == (-1,)


def revoke(world: World, *stations: EventStation, whom: EventStation) -> None:
    city = world.device(Role.CITY)
    writer = whom.on_store(lambda store: store.own)
    city.write(WriterRevoked(writer=writer, since=hybrid(whom.wall_ms()), reason="设备遗失"), at_ms=whom.wall_ms())
    for each in stations:

        def take(station: Station) -> Outcome:
            with station.store.writing() as tx:
                return tx.receive(city.batch()).outcome

        assert each.ask(take) is Outcome.HELD


def test_a_revoked_device_hands_in_and_gets_nothing(a: EventStation, b: EventStation, world: World) -> None:
    b.write(given(None))
    revoke(world, a, whom=b)
    hub = b.meet(a.serve().addresses[0])
    report = hub.exchange()
    hub.close()
    assert report.error is not None
    assert (report.error.code, report.error.params) == (Trouble.REVOKED, {"reason": "设备遗失"})
    assert report.pulled_entries == 0
    assert a.counts().services == 1, "what was recorded before the revocation counts"
    assert b.counts().people == 0


def test_a_revoked_device_is_no_hub(a: EventStation, b: EventStation, world: World) -> None:
    revoke(world, b, whom=a)
    assert trouble_of(b, a.serve().addresses[0]) is Trouble.HUB_REVOKED


def test_a_device_whose_certificate_has_run_out_gets_nothing(tmp_path: Path, world: World, a: EventStation) -> None:
    address = a.serve().addresses[0]
    with event_station(tmp_path / "old", world, "旧台") as old:
        key = old.key
        ended = world.certificate(key, from_ms=1_000, until_ms=2_000)

        def receive(station: Station) -> None:
            with station.store.writing() as tx:
                tx.append(WriterCertified(certificate=ended))

        a.ask(receive)
        hub = old.meet(address)
        report = hub.exchange()
        hub.close()
    assert report.error is not None
    assert report.error.code is Trouble.EXPIRED
    assert report.pulled_entries == 0


def test_a_stranger_without_a_certificate_learns_nothing(a: EventStation, b: EventStation) -> None:
    address = a.serve().addresses[0]
    b.key = SigningKey.generate()
    hub = b.meet(address)
    report = hub.exchange()
    hub.close()
    assert report.error is not None
    assert report.error.code is Trouble.NOT_ENROLLED
    assert (report.pushed_entries, report.pulled_entries) == (0, 0)


def test_hubs_are_found_by_themselves(tmp_path: Path, world: World) -> None:
    here = [LOOPBACK]
    with (
        event_station(tmp_path / "a", world, "一号台", has_heard=True) as a,
        event_station(tmp_path / "b", world, "二号台", interfaces=here) as b,
        event_station(tmp_path / "rogue", new_world(), "假中心站") as rogue,
    ):
        rogue.serve()
        b.join()
        wait_for(lambda: any(news.trouble is Trouble.HUB_UNPROVEN for news in b.news), "the false one is told")
        a.serve()
        wait_for(lambda: b.counts() == a.counts(), "the real one is found and exchanged with")
        wait_for(lambda: b.news[-1].label == "一号台", "it is told which hub is used")
        assert rogue.hub.guests() == ()
        a.hub.stop()
        wait_for(lambda: b.news[-1].label is None, "it is noticed that the hub has gone")


def test_the_hub_keeps_its_key_for_itself_and_its_fingerprint(a: EventStation) -> None:
    first = a.serve()
    a.hub.stop()
    assert a.serve().fingerprint == first.fingerprint
    for file in (CERTIFICATE_FILE, KEY_FILE):
        assert (a.made.home / file).stat().st_mode & 0o777 == 0o600
