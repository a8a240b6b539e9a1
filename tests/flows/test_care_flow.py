"""At every unlocking: the day's backup is made once, and staff are told what is wrong with disk or clock."""

import pytest
from support.worlds import given

from station_app.flows.care_flow import CareFlow
from station_app.flows.shell_flow import ShellFlow
from station_app.home.home import STORE_FILE
from station_app.screens.shell.screen import ShellScreen
from station_app.screens.shell.state import Trouble
from station_app.station.backup import backups
from station_app.station.healing import FORKED, Healed
from station_core.clock import wall_ms


@pytest.fixture
def shell(desk, qtbot):
    """Nobody is at work yet; what is told is kept."""
    desk.session.end()
    screen = ShellScreen()
    qtbot.addWidget(screen)
    flow = ShellFlow(screen, "一号台", desk.tasks, desk.session, desk.broadcast)
    flow.told = []
    flow.tell = flow.told.append
    flow.care = CareFlow(desk.made.home, desk.made.store_key, desk.tasks, desk.session, flow)
    return flow


def unlock(desk) -> None:
    desk.session.begin(desk.made.operator)


def test_the_first_unlocking_of_a_day_backs_up_and_the_next_does_not(shell, desk, qtbot):
    unlock(desk)
    qtbot.waitUntil(lambda: len(backups(desk.made.home)) == 1, timeout=20_000)
    first = backups(desk.made.home)
    desk.session.end()
    unlock(desk)
    desk.tasks._pool.submit(lambda: None).result()
    desk.ask(lambda _: None)
    assert backups(desk.made.home) == first
    assert shell.told == []


def test_a_fork_that_stands_is_told_and_so_is_its_healing(shell, desk, qtbot):
    def forked(station) -> None:
        with station.store.writing() as tx:
            tx.local.set_setting(FORKED, "1")

    desk.ask(forked)
    unlock(desk)
    qtbot.waitUntil(lambda: bool(shell.told), timeout=20_000)
    shell.care.tell_healed(Healed(10_009, 3))
    first, second = shell.told
    assert isinstance(first, Trouble)
    assert (first.what.key, first.remedy.key) == ("repairs.forked.what", "repairs.forked.do")
    assert (second.what.key, second.what.params["number"]) == ("repairs.healed.what", 10_009)


def test_a_clock_behind_the_last_record_is_told(shell, desk, qtbot):
    def record_later(station) -> None:
        real, station.store._wall_ms = station.store._wall_ms, lambda: real() + 3_600_000
        with station.store.writing() as tx:
            (entry,) = tx.append(given(None))
        station.store._wall_ms = real
        assert wall_ms(entry.at) > station.now_ms() + 3_000_000

    real = desk.ask(lambda station: station.store._wall_ms)
    desk.ask(record_later)
    unlock(desk)
    qtbot.waitUntil(lambda: bool(shell.told), timeout=20_000)
    assert shell.told[0].what.key == "repairs.clock_back.what"
    assert shell.told[0].what.params["minutes"] in (59, 60)
    assert desk.ask(lambda station: station.store._wall_ms) is real


def test_a_store_that_cannot_be_copied_whole_is_told_on_the_day(shell, desk, qtbot):
    file = desk.made.home / STORE_FILE
    with file.open("r+b") as damaged:
        damaged.seek(file.stat().st_size // 2 // 4096 * 4096)
        damaged.write(bytes(8192))
    unlock(desk)
    qtbot.waitUntil(lambda: bool(shell.told), timeout=20_000)
    assert shell.told[0].what.key == "repairs.no_backup.what"
    assert backups(desk.made.home) == []
