"""Records and receipts go back and forth by files, and both sides end with the same."""

import shutil

import pytest
from support.sticks import StickCity, StickStation, newcomer, service

from city_server.revoking import revoke_station
from station_app.station.bundle import export_to_city, import_bundle
from station_app.station.peers import CITY
from sync.errors import SyncError, Trouble
from sync.report import Phase


def believe(station: StickStation, seq: int) -> None:
    """Let the station take its journal for held by the city up to `seq`."""
    with station.station.store.writing() as tx:
        tx.local.note_peer_heads(CITY, {station.station.store.own: seq})


def test_what_was_recorded_arrives_and_the_receipt_comes_back(either_city: StickCity) -> None:
    a, b = either_city.station("甲站"), either_city.station("乙站")
    a.write(newcomer(), service(), service())
    b.write(service())
    assert a.waiting() == a.own_seq > 3
    for station in (a, b):
        taken = either_city.take(station.export())
        assert (taken.half.entries, taken.rest) == (station.own_seq, {})
    assert a.waiting() == a.own_seq, "what was only written onto a stick has arrived nowhere yet"

    imported = a.take(either_city.export(a))
    assert imported.acknowledged == a.own_seq
    assert (imported.taken.checked.sender.label, imported.rest) == (either_city.city.home.about.name, {})
    b.take(either_city.export(b))
    assert (a.waiting(), b.waiting()) == (0, 0)
    assert a.counts() == b.counts() == either_city.counts()
    assert a.counts().services == 3
    assert a.heads() == b.heads() == either_city.heads()

    a.write(service())
    assert a.waiting() == 1
    again = either_city.take(a.export())
    assert again.checked.header.entries == again.half.entries == 1


def test_importing_twice_changes_nothing(either_city: StickCity) -> None:
    station = either_city.station()
    station.write(newcomer(), service())
    file = station.export()
    either_city.take(file)
    before = (either_city.heads(), either_city.counts())
    taken = either_city.take(file)
    assert (taken.half.entries, taken.rest) == (0, {})
    assert (either_city.heads(), either_city.counts()) == before
    receipt = either_city.export(station)
    assert station.take(receipt).acknowledged == station.own_seq
    assert station.take(receipt).acknowledged == 0
    assert station.waiting() == 0


def test_a_later_file_first_is_told_to_lack_an_earlier_one(either_city: StickCity) -> None:
    station, neighbour = either_city.station("甲站"), either_city.station("乙站")
    station.write(service())
    earlier = station.export()
    believe(station, station.own_seq)
    station.write(service())
    later = station.export()
    taken = either_city.take(later)
    assert (taken.half.entries, taken.rest) == (0, {"gaps": 1})

    neighbour.write(service())
    either_city.take(neighbour.export())
    assert either_city.take(earlier).rest == {}
    assert either_city.take(later).half.entries == 1
    assert either_city.heads()[station.station.store.own] == station.heads()[station.station.store.own]


def test_an_old_receipt_takes_nothing_back_and_a_new_one_may(city: StickCity) -> None:
    station = city.station()
    station.write(service())
    city.take(station.export())
    old = city.export(station)
    station.write(service())
    city.take(station.export())
    station.take(city.export(station))
    assert station.waiting() == 0
    assert station.take(old).acknowledged == 0
    assert station.waiting() == 0, "the replayed receipt made the station forget what had arrived"

    station.write(service(), service())
    believe(station, station.own_seq)  # as if the city had held all, and then a backup of it had been restored
    assert station.waiting() == 0
    station.take(city.export(station))
    assert station.waiting() == 2
    assert city.take(station.export()).half.entries == 2


def test_nothing_lacking_is_still_a_receipt(city: StickCity) -> None:
    station = city.station()
    station.write(service())
    city.take(station.export())
    station.take(city.export(station))
    city.take(station.export())
    taken = station.take(city.export(station)).taken
    assert (taken.checked.header.entries, taken.half.entries) == (0, 0)


def test_a_revoked_station_hands_in_and_gets_a_receipt_and_the_reason(either_city: StickCity) -> None:
    station, neighbour = either_city.station("甲站"), either_city.station("乙站")
    station.write(service(), service())
    revoke_station(either_city.city.store, station.number, "电脑丢失")
    station.write(service())
    neighbour.write(service())
    either_city.take(neighbour.export())
    taken = either_city.take(station.export())
    assert taken.half.entries == station.own_seq
    assert {reason for _, _, reason in taken.half.aside} == {"writer_revoked"}
    assert either_city.counts().services == 3

    imported = station.take(either_city.export(station, everything=True))
    assert (imported.revoked, imported.taken.half.entries) == ("电脑丢失", 0)
    assert set(imported.taken.checked.header.heads) == {station.station.store.own}
    assert station.waiting() == 0
    with station.station.store.reading() as view:
        assert view.local.peer(CITY).error == Trouble.REVOKED


def test_a_cloned_disk_is_named_on_both_sides_and_acknowledges_nothing(city: StickCity) -> None:
    original = city.station()
    original.station.close()
    shutil.copytree(original.home, original.home.with_name("clone"))
    original, clone = (StickStation(home, city.stick) for home in (original.home, original.home.with_name("clone")))
    original.write(service())
    clone.write(service())
    city.take(original.export())
    before = city.heads()
    assert city.take(clone.export()).rest == {"forks": 1}
    assert city.heads() == before
    imported = clone.take(city.export(clone))
    assert (imported.rest, imported.acknowledged) == ({"forks": 1}, 0)
    assert clone.waiting() == clone.own_seq
    assert original.take(city.export(original)).rest == {}
    assert original.waiting() == 0


def test_an_import_that_was_broken_off_goes_on(city: StickCity) -> None:
    station = city.station()
    neighbour = city.station()
    neighbour.write(*(newcomer(photo_bytes=700_000) for _ in range(8)))
    city.take(neighbour.export())
    file = city.export(station)
    steps: list[int] = []

    def stopped() -> bool:
        return len(steps) > 2

    with pytest.raises(SyncError, match=Trouble.STOPPED):
        import_bundle(
            station.run, file, lambda step: steps.append(step.done) if step.phase is Phase.TAKING else None, stopped
        )
    reached = station.heads()[neighbour.station.store.own][0]
    assert 0 < reached < neighbour.own_seq
    assert station.take(file).taken.half.entries == neighbour.own_seq - reached
    assert station.counts().people == city.counts().people


def test_an_export_that_is_broken_off_leaves_no_file(city: StickCity) -> None:
    station = city.station()
    station.write(*(newcomer(photo_bytes=700_000) for _ in range(4)))
    target = city.stick / "broken-off.bundle"
    before = set(city.stick.iterdir())
    done: list[int] = []
    with pytest.raises(SyncError, match=Trouble.STOPPED):
        export_to_city(station.run, target, tell=lambda step: done.append(step.done), stopped=lambda: len(done) > 1)
    assert set(city.stick.iterdir()) == before
