"""The hub's panel with real stations behind it: becoming the hub, using one, being told what is wrong."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support.faults.programs import free_port
from support.hubs import LOOPBACK, EventStation, event_station, new_world
from support.stations import MEMBERS
from support.worlds import World, given

from resources.texts import Language
from station_app.neighbours import Neighbours
from station_app.scanning.readings import EngineName, Reading, Symbology
from station_app.screens.sync.hub_panel import HubPanel
from station_app.screens.sync.hub_state import HubMode, HubState
from station_app.station.neighbour import takes_over
from station_app.texts import Speaker
from station_app.words import Phrase
from station_app.workers import hub_worker
from sync.lan.address import parse_address


@pytest.fixture
def world() -> World:
    return new_world()


@pytest.fixture
def other(tmp_path: Path, world: World) -> Iterator[EventStation]:
    with event_station(tmp_path / "other", world, "二号台", has_heard=True) as station:
        yield station


@pytest.fixture
def own(tmp_path: Path, world: World) -> Iterator[EventStation]:
    with event_station(tmp_path / "own", world, "一号台") as station:
        yield station


class Panel:
    """The panel, what is behind it, and every state that was shown."""

    def __init__(self, desk, qtbot, own: EventStation) -> None:
        self.qtbot, self.own = qtbot, own
        self.panel = HubPanel(Speaker(Language.CHINESE))
        qtbot.addWidget(self.panel)
        self.states: list[HubState] = []
        show = self.panel.show_state
        self.panel.show_state = lambda state: (self.states.append(state), show(state))
        self.arrived = 0
        desk.tasks.use_store(own.store)
        self.neighbours = Neighbours(
            own.made.home, own.made.facts, own.store, desk.tasks, self.panel, self._count, self.panel
        )

    def _count(self) -> None:
        self.arrived += 1

    def wait(self, is_so: Callable[[HubState], bool]) -> HubState:
        self.qtbot.waitUntil(lambda: bool(self.states) and is_so(self.states[-1]), timeout=30_000)
        return self.states[-1]


@pytest.fixture
def panel(desk, qtbot, own: EventStation, monkeypatch: pytest.MonkeyPatch) -> Iterator[Panel]:
    monkeypatch.setattr(hub_worker.HubWorker.start, "__defaults__", (LOOPBACK, 0))
    made = Panel(desk, qtbot, own)
    yield made
    made.neighbours.stop()


def test_one_touch_makes_this_station_the_hub_and_another_ends_it(panel: Panel, other: EventStation):
    panel.panel.become.click()
    assert panel.states[-1].busy, "the button answers at once"
    state = panel.wait(lambda state: state.mode is HubMode.SERVING)
    assert state.address.startswith("https://127.0.0.1:")
    assert "/#fp=" in state.address
    other.join(parse_address(state.address))
    state = panel.wait(lambda state: bool(state.guests))
    assert [guest.label for guest in state.guests] == ["二号台"]
    panel.qtbot.waitUntil(lambda: panel.arrived > 0, timeout=30_000)
    panel.panel.stop.click()
    state = panel.wait(lambda state: state.mode is HubMode.SEARCHING)
    assert (state.address, state.guests) == ("", ())


def test_a_hub_s_code_before_the_camera_is_used_at_once(panel: Panel, other: EventStation):
    address = str(other.serve().addresses[0])
    assert not panel.neighbours.take_code([Reading("210106000001", Symbology.QR, EngineName.ZXING)])
    assert panel.neighbours.take_code([Reading(address, Symbology.QR, EngineName.ZXING)])
    state = panel.wait(lambda state: state.mode is HubMode.LINKED)
    assert (state.label, state.chosen) == ("二号台", address)
    panel.qtbot.waitUntil(lambda: panel.own.counts().people == len(MEMBERS), timeout=30_000)
    other.write(given(MEMBERS[0].person))
    panel.qtbot.waitUntil(lambda: panel.own.counts().services == 1, timeout=30_000)


def test_what_is_typed_wrongly_and_who_is_no_hub_is_said_in_words(panel: Panel, tmp_path: Path):
    panel.panel.address_entered.emit("http://192.168.1.5")
    panel.wait(lambda state: state.trouble == Phrase("hub.trouble.insecure"))
    with event_station(tmp_path / "rogue", new_world(), "假中心站") as rogue:
        panel.panel.typed.setText(str(rogue.serve().addresses[0]))
        panel.panel.use.click()
        panel.wait(lambda state: state.trouble == Phrase("hub.trouble.hub_unproven"))
        panel.panel.automatic.click()
        panel.wait(lambda state: state.trouble is None and not state.chosen)


def test_a_taken_port_is_said_in_words(panel: Panel, other: EventStation, monkeypatch: pytest.MonkeyPatch):
    port = other.serve().port
    monkeypatch.setattr(hub_worker.HubWorker.start, "__defaults__", (LOOPBACK, port))
    panel.panel.become.click()
    state = panel.wait(lambda state: state.trouble is not None)
    assert state.trouble == Phrase("hub.trouble.cannot_serve", {"port": port})
    assert (state.mode, state.busy) == (HubMode.SEARCHING, False)


def test_this_station_takes_the_place_of_a_hub_that_has_gone_and_says_so(panel: Panel, other: EventStation):
    panel.neighbours._hub._place = (LOOPBACK, free_port())
    panel.neighbours.take_code([Reading(str(other.serve().addresses[0]), Symbology.QR, EngineName.ZXING)])
    panel.wait(lambda state: state.mode is HubMode.LINKED)
    own = panel.own.on_store(lambda store: store.own)
    listed = panel.neighbours._neighbour._succession
    panel.qtbot.waitUntil(lambda: [deputy.writer for deputy in listed._deputies] == [own], timeout=30_000)
    other.hub.stop()
    state = panel.wait(lambda state: state.mode is HubMode.SERVING)
    panel.wait(lambda state: state.has_taken_over)
    assert "自动接替" in panel.panel._words.text()
    assert state.address.startswith("https://127.0.0.1:")


def test_whether_it_does_is_a_tick(panel: Panel):
    assert panel.panel.take_over.isChecked()
    panel.panel.take_over.click()
    panel.qtbot.waitUntil(lambda: not panel.own.on_store(takes_over), timeout=30_000)
    assert not panel.states[-1].takes_over
    panel.panel.take_over.click()
    panel.qtbot.waitUntil(lambda: panel.own.on_store(takes_over), timeout=30_000)
