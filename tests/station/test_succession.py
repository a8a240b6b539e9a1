"""A hub that has gone is replaced by one of its guests by itself: real sockets, a hub that is really killed."""

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from support.hubs import LOOPBACK, EventStation, event_station, hub_process, new_world, wait_for
from support.stations import MEMBERS
from support.worlds import World, given

from station_app.station.neighbour import set_take_over
from station_app.station.station import Station
from station_app.station.succession import GRACE_S, REMEMBERED_S, STEP_S, Deputy, Succession
from station_core.ids import WriterId
from sync.lan.address import HubAddress

WRITERS = [WriterId(bytes([number]) * 16) for number in range(3)]
DEPUTIES = [Deputy(writer, HubAddress(f"https://192.0.2.{place}:8655")) for place, writer in enumerate(WRITERS)]


class Clock:
    now_s = 1_000.0

    def __call__(self) -> float:
        return self.now_s


def test_the_lowest_writer_is_first_and_the_next_follow_by_steps():
    clock = Clock()
    succession = Succession(clock)
    succession.lost()
    assert succession.due_in_s(WRITERS[0]) is None, "who was never linked takes nobody's place"
    succession.linked(DEPUTIES[::-1])
    assert succession.due_in_s(WRITERS[0]) is None, "the hub is there"
    succession.lost()
    clock.now_s += 1
    succession.lost()
    assert [succession.due_in_s(writer) for writer in WRITERS] == [GRACE_S + n * STEP_S - 1 for n in range(3)]
    assert succession.due_in_s(WriterId(bytes(15) + b"\x09")) is None, "the hub has not listed it"
    assert [str(one)[-6:-5] for one in succession.addresses(WRITERS[1])] == ["0", "2"]


def test_a_hub_that_is_found_again_or_a_turn_that_was_taken_ends_it():
    clock = Clock()
    succession = Succession(clock)
    succession.linked(DEPUTIES)
    succession.lost()
    succession.linked(DEPUTIES)
    assert succession.due_in_s(WRITERS[0]) is None
    succession.lost()
    succession.settle()
    clock.now_s += 60
    assert succession.due_in_s(WRITERS[0]) is None
    clock.now_s += REMEMBERED_S
    assert succession.addresses(WRITERS[0]) == ()


@pytest.fixture
def world() -> World:
    return new_world()


@pytest.fixture
def old(tmp_path: Path, world: World) -> Path:
    """The folder of the hub that is going to die; it alone has heard of the city."""
    with event_station(tmp_path / "hub", world, "中心站", has_heard=True) as first:
        return first.made.home


@pytest.fixture
def guests(tmp_path: Path, world: World) -> Iterator[list[EventStation]]:
    """Three, in the order of their turns."""
    with ExitStack() as stack:
        made = [
            stack.enter_context(event_station(tmp_path / name, world, label, stands_in=True))
            for name, label in (("b", "二号台"), ("c", "三号台"), ("d", "四号台"))
        ]
        yield sorted(made, key=lambda each: each.on_store(lambda store: store.own))


def agree(*stations: EventStation) -> bool:
    first = stations[0].tables()
    return all(each.tables() == first for each in stations[1:])


def link(guests: list[EventStation], address: HubAddress) -> None:
    """Every guest holds the roster and knows of the others."""
    for each in guests:
        each.join(address)
    wait_for(lambda: all(each.counts().people == len(MEMBERS) for each in guests), "all hold the roster")
    wait_for(lambda: all(len(each.neighbour._succession._deputies) == len(guests) for each in guests), "all are listed")


def test_a_killed_hub_is_replaced_by_itself_and_nothing_is_lost_or_doubled(
    old: Path, guests: list[EventStation], capsys: pytest.CaptureFixture[str]
) -> None:
    first, *others = guests
    recorded = 0
    stop = threading.Event()
    with hub_process(old) as (process, address):
        link(guests, address)

        def work() -> None:
            nonlocal recorded
            while not stop.is_set():
                others[0].write(given(MEMBERS[recorded % 4].person))
                recorded += 1
                time.sleep(0.05)

        worker = threading.Thread(target=work)
        worker.start()
        wait_for(lambda: others[1].counts().services > 10, "the hub is in the middle of its work")
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed = time.monotonic()
    wait_for(lambda: first.hub.serving is not None, "the first in turn serves")
    taken_s = time.monotonic() - killed
    began = recorded
    wait_for(lambda: others[1].counts().services > began, "records flow again")
    flows_s = time.monotonic() - killed
    stop.set()
    worker.join()
    wait_for(lambda: all(each.counts().services == recorded for each in guests), "all of them are everywhere, once")
    wait_for(lambda: agree(*guests), "the tables are equal")
    assert [each.hub.serving for each in others] == [None, None], "one suffices"
    assert [each.faults() for each in guests] == [[], [], []]
    with capsys.disabled():
        sys.stdout.write(f"\n  taken over {taken_s:.1f} s after the kill, records flow {flows_s:.1f} s after it")

    with hub_process(old, port=address_port(address)):
        others[0].write(given(None))
        wait_for(lambda: first.news[-1].label == "中心站", "the old one is back, and the new one finds it where it was")
        wait_for(lambda: all(each.counts().services == recorded + 1 for each in guests), "two hubs, one event")
    wait_for(lambda: agree(*guests), "the tables are equal")
    back = Station.open(old)
    try:
        with back.store.reading() as view:
            assert view.overview.counts() == first.counts()
            assert [fault for writer in view.journals.heads() for fault in view.journals.faults(writer)] == []
    finally:
        back.close()


def address_port(address: HubAddress) -> int:
    return int(address.url.rpartition(":")[2])


def test_where_the_first_in_turn_has_gone_too_the_next_one_serves(old: Path, guests: list[EventStation]) -> None:
    first, second, third = guests
    with hub_process(old) as (_, address):
        link(guests, address)
        first.neighbour.stop()
    wait_for(lambda: second.hub.serving is not None, "the second in turn serves")
    third.write(given(None))
    wait_for(lambda: second.counts().services == 1, "and is found")
    assert (first.hub.serving, third.hub.serving) == (None, None)


def test_who_was_told_not_to_takes_nobodys_place(old: Path, guests: list[EventStation]) -> None:
    first, *others = guests
    second = others[0]
    first.on_store(lambda store: set_take_over(store, wanted=False))
    with hub_process(old) as (_, address):
        for each in guests:
            each.join(address)
        wait_for(lambda: all(len(each.neighbour._succession._deputies) == 2 for each in others), "two have offered")
    wait_for(lambda: second.hub.serving is not None, "the next one serves")
    first.write(given(None))
    wait_for(lambda: second.counts().services == 1, "and is found by the one that stood back, too")
    assert first.hub.serving is None


def test_two_hubs_at_one_event_hold_the_same(tmp_path: Path, world: World) -> None:
    """Two that began at once, each with a guest of its own: each is the other's guest, by multicast alone."""
    here = [LOOPBACK]
    with (
        event_station(tmp_path / "a", world, "一号台", has_heard=True, interfaces=here) as a,
        event_station(tmp_path / "b", world, "二号台", interfaces=here) as b,
        event_station(tmp_path / "c", world, "三号台") as c,
        event_station(tmp_path / "d", world, "四号台") as d,
    ):
        serving = [each.serve().addresses[0] for each in (a, b)]
        a.join()
        b.join()
        c.join(serving[0])
        d.join(serving[1])
        wait_for(lambda: all(each.counts().people == len(MEMBERS) for each in (b, c, d)), "the roster is everywhere")
        threads = [threading.Thread(target=_work, args=(each,)) for each in (a, b, c, d)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wait_for(lambda: all(each.counts().services == 40 for each in (a, b, c, d)), "40 services everywhere")
        wait_for(lambda: agree(a, b, c, d), "the tables are equal")
        assert [each.faults() for each in (a, b, c, d)] == [[], [], [], []]


def _work(station: EventStation) -> None:
    for number in range(10):
        station.write(given(MEMBERS[number % 4].person))
