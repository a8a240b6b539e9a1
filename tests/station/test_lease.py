"""A station that was away too long: its data locks, really, and opens by telephone or by contact."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from support.cities import RunningCity, running_city
from support.worlds import given as given_record

from city_server.bundles import export_to_station
from city_server.enrolling import invite
from city_server.leasing import answer_challenge, set_terms
from city_server.revoking import revoke_station
from db.engine import sqlcipher_engine
from db.errors import WrongKeyOrDamaged
from station_app.home.closed_lease import unlock_with
from station_app.home.device_key import FILE as DEVICE_KEY
from station_app.home.errors import BadAnswer, NotLocked, StationLocked, WrongAnswer
from station_app.home.keyslots import FILE as SLOTS
from station_app.home.keyslots import KeySlots, PinSlot
from station_app.home.lease import FILE as LEASE
from station_app.home.lease import Lease
from station_app.station.backup import back_up
from station_app.station.bundle import import_bundle
from station_app.station.clock import now_ms
from station_app.station.founding import found_station
from station_app.station.healing import sync_station
from station_app.station.lease import SETTING
from station_app.station.staffing import add_staff
from station_app.station.station import Station
from station_core.lease.terms import DAY_MS, UNLOCK_DAYS, Terms
from station_core.records.roles import Role
from sync.errors import Trouble

PIN = "314159"


@dataclass
class Away:
    """An enrolled station whose clock is put to any day after today."""

    home: Path
    city: RunningCity
    began_ms: int
    day: float = 0.0

    def clock(self) -> int:
        return int(self.began_ms + self.day * DAY_MS)

    def at(self, day: float) -> "Away":
        self.day = day
        return self

    def key(self) -> bytes:
        return self.slot().open(PIN)

    def slot(self) -> PinSlot:
        return KeySlots.read(self.home).pins[0]

    def with_pin(self) -> Station:
        """What the window does."""
        return Station.open(self.home, self.key(), self.clock)

    def with_device(self) -> Station:
        """What a command does."""
        return Station.open(self.home, None, self.clock)

    def run(self, job: Callable[[Station], object]) -> object:
        station = self.with_pin()
        try:
            return job(station)
        finally:
            station.close()

    def lock(self) -> str:
        """Away for too long; what is shown to be read out."""
        with pytest.raises(StationLocked):
            self.at(31).with_pin()
        locked = KeySlots.read(self.home).locked
        assert locked is not None
        return locked.challenge

    def answer(self, challenge: str) -> str:
        number = KeySlots.read(self.home).locked.number
        return answer_challenge(self.city.city, number, challenge).answer


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCity]:
    with running_city(tmp_path_factory.mktemp("city") / "home") as running:
        yield running


@pytest.fixture
def away(city: RunningCity, tmp_path: Path) -> Away:
    code, _ = invite(city.city.store, "一号车", "210106")
    home = tmp_path / "station"
    found_station(home, city.address, str(code))
    made = Away(home, city, now_ms())
    store_key = KeySlots.read(home).open_with_device(home)
    station = Station.open(home, store_key, made.clock)
    add_staff(station, store_key, "刘芳", Role.OPERATOR, PIN)
    with station.store.writing() as tx:
        tx.append(given_record(None))
    station.close()
    return made


def exchange(station: Station, clock: Callable[[], int]) -> None:
    report = sync_station(lambda job: job(station), clock).report
    assert report.error is None, report.error


def records(station: Station) -> int:
    """How many services the station itself has recorded."""
    with station.store.reading() as view:
        return view.journals.count_after(station.store.own, 0)["service.given"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a file that is always full")
def test_a_full_disk_keeps_nobody_out_and_the_note_follows(away: Away) -> None:
    """Found by the fault suite: a station ended after its exchange, since its lease could not be written down."""
    (away.home / f"{LEASE}.new").symlink_to("/dev/full")
    before = Lease.read(away.home)
    away.at(1).with_pin().close()
    assert Lease.read(away.home) == before
    away.at(2).with_pin().close()
    assert Lease.read(away.home) != before


def test_staff_are_warned_and_then_the_data_locks(away):
    assert away.at(22).run(lambda station: station.keep_lease().days_left) is None
    assert away.at(24).run(lambda station: station.keep_lease().days_left) == 6
    away.lock()
    for opening in (away.with_pin, away.with_device):
        with pytest.raises(StationLocked):
            opening()


def test_locked_the_disk_holds_no_way_in_for_a_pin_or_the_devices_key(away):
    backup = back_up(away.home, away.key()).place
    wrapped, device = away.slot().wrapped, KeySlots.read(away.home).device
    away.lock()
    on_disk = b"".join(file.read_bytes() for file in away.home.rglob("*.json"))
    assert wrapped.encode() not in on_disk
    assert device.encode() not in on_disk
    assert KeySlots.read(backup).locked is not None
    assert (away.home / DEVICE_KEY).is_file(), "it opens nothing by itself any more"
    with pytest.raises(WrongKeyOrDamaged):
        sqlcipher_engine(away.home / "store.db", (away.home / DEVICE_KEY).read_bytes()).connect()


def test_the_citys_answer_opens_it_for_some_days_and_nothing_is_lost(away):
    backup = back_up(away.home, away.key()).place
    challenge = away.lock()
    unlock_with(away.home, away.answer(challenge).lower().replace("-", " "), away.clock())
    assert away.run(records) == 1
    assert away.run(lambda station: station.keep_lease().days_left) == UNLOCK_DAYS
    assert KeySlots.read(backup).locked is None
    away.at(31 + UNLOCK_DAYS - 0.1).with_device().close()
    with pytest.raises(StationLocked):
        away.at(31 + UNLOCK_DAYS).with_device()


def test_an_answer_counts_once(away):
    challenge = away.lock()
    answer = away.answer(challenge)
    unlock_with(away.home, answer, away.clock())
    away.with_pin().close()
    with pytest.raises(NotLocked):
        unlock_with(away.home, answer, away.clock())
    with pytest.raises(StationLocked):
        away.at(60).with_pin()
    with pytest.raises(WrongAnswer):
        unlock_with(away.home, answer, away.clock())
    unlock_with(away.home, away.answer(KeySlots.read(away.home).locked.challenge), away.clock())
    away.with_pin().close()


def test_an_answer_that_was_kept_makes_no_second_lease_by_editing_the_file(away):
    challenge = away.lock()
    answer = away.answer(challenge)
    unlock_with(away.home, answer, away.clock())
    opened = (away.home / LEASE).read_text()
    away.with_pin().close()
    (away.home / LEASE).write_text(opened)
    granted = replace(Lease.from_text(opened), until_ms=away.at(90).clock(), granted_until_ms=away.clock())
    granted.write(away.home)
    with pytest.raises(StationLocked):
        away.at(60).with_pin()


def test_what_is_no_answer_changes_nothing(away, city):
    away.lock()
    before = (away.home / SLOTS).read_bytes()
    with pytest.raises(BadAnswer):
        unlock_with(away.home, "1234-5678", away.clock())
    with pytest.raises(WrongAnswer):
        unlock_with(away.home, away.answer("000000000000"), away.clock())
    assert (away.home / SLOTS).read_bytes() == before


def test_contact_renews(away):
    away.at(29).run(lambda station: exchange(station, away.clock))
    assert away.at(50).run(lambda station: station.keep_lease().days_left) is None
    with pytest.raises(StationLocked):
        away.at(60).with_pin()


def test_an_open_station_locks_its_folder_still_hands_in_and_contact_opens_it_again(away):
    station = away.with_pin()
    away.at(31)
    assert station.keep_lease().is_over
    with pytest.raises(StationLocked):
        away.key()
    exchange(station, away.clock)
    with away.city.city.store.reading() as view:
        assert view.journals.heads()[station.store.own].seq > 1
    assert not station.keep_lease().is_over
    station.close()
    assert away.run(records) == 1


def test_a_clock_that_is_set_back_gains_nothing(away):
    away.at(29).with_pin().close()
    away.at(1).with_pin().close()
    assert away.run(lambda station: station.keep_lease().days_left) == 1
    away.lock()
    with pytest.raises(StationLocked):
        away.at(1).with_pin()


def test_the_journal_bears_witness_where_the_file_is_gone_and_the_clock_lies(away):
    def write(station: Station) -> None:
        with station.store.writing() as tx:
            tx.append(given_record(None))

    away.at(28).run(write)
    text = away.run(_note)
    away.run(lambda station: _set_note(station, replace(Lease.from_text(text), seen_ms=away.began_ms).to_text()))
    (away.home / LEASE).unlink()
    assert away.at(1).run(lambda station: station.keep_lease().days_left) == 2


def _note(station: Station) -> str:
    with station.store.reading() as view:
        return view.local.setting(SETTING)


def _set_note(station: Station, text: str) -> None:
    with station.store.writing() as tx:
        tx.local.set_setting(SETTING, text)


def test_without_the_file_or_with_another_the_store_decides(away):
    lease, slots = Lease.read(away.home), (away.home / SLOTS).read_bytes()
    key = away.key()
    for spoil in (
        lambda: (away.home / LEASE).unlink(),
        lambda: replace(lease, until_ms=None).write(away.home),
        lambda: (away.home / LEASE).write_text(lease.to_text().replace(lease.lock_key, "00" * 32)),
    ):
        (away.home / SLOTS).write_bytes(slots)
        spoil()
        with pytest.raises(StationLocked):
            Station.open(away.home, key, away.at(31).clock)
        locked = KeySlots.read(away.home).locked
        assert (locked.challenge, locked.key) == (lease.challenge, lease.lock_key), "never with a garbled key"


def test_the_city_says_how_many_days(away):
    set_terms(away.city.city.store, Terms(days=10, warn_days=3))
    try:
        away.run(lambda station: exchange(station, away.clock))
    finally:
        set_terms(away.city.city.store, Terms(days=30, warn_days=7))
    assert away.at(8).run(lambda station: station.keep_lease().days_left) == 2
    with pytest.raises(StationLocked):
        away.at(10.1).with_pin()


def test_a_revoked_station_is_not_renewed_and_gets_no_answer_by_mistake(away):
    number = Lease.read(away.home).number
    revoke_station(away.city.city.store, number, "遗失")

    def try_exchange(station: Station) -> object:
        return sync_station(lambda job: job(station), away.clock).report.error.code

    assert away.at(20).run(try_exchange) is Trouble.REVOKED
    challenge = away.lock()
    with pytest.raises(Exception, match="revoked_station"):
        answer_challenge(away.city.city, number, challenge)
    opened = answer_challenge(away.city.city, number, challenge, although_revoked=True)
    unlock_with(away.home, opened.answer, away.clock())
    away.with_pin().close()


def carried(away: Away, folder: Path) -> int:
    """From when the lease counts once the station has taken in, on the 28th day, a file that the city makes now."""
    written = export_to_station(away.city.city, Lease.read(away.home).number, folder)

    def take(station: Station) -> int:
        import_bundle(lambda job: job(station.store), written.file)
        return station.keep_lease().lease.since_ms

    since_ms = away.at(28).run(take)
    assert isinstance(since_ms, int)
    return since_ms


def test_a_file_of_the_citys_is_contact(away, tmp_path):
    since_ms = carried(away, tmp_path)
    assert away.began_ms < since_ms <= now_ms(), "from the moment that the city made it, not that it was read"


def test_the_receipt_of_a_revoked_station_is_none(away, tmp_path):
    before_ms = Lease.read(away.home).since_ms
    revoke_station(away.city.city.store, Lease.read(away.home).number, "遗失")
    assert carried(away, tmp_path) == before_ms


def test_the_lease_says_nothing_about_people_and_holds_no_secret(away):
    content = json.loads((away.home / LEASE).read_text())
    away_key = away.key().hex()
    assert away_key not in json.dumps(content)
    assert "刘芳" not in json.dumps(content, ensure_ascii=False)
