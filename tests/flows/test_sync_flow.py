"""The page of the exchange: against nobody, and against a city that really runs."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.cities import RunningCity, running_city
from support.stations import MEMBERS
from support.worlds import World, given, person_id, registered

from city_server.enrolling import invite
from city_server.revoking import revoke_station
from db.values import PeerState
from station_app.flows.sync_flow import SyncFlow
from station_app.flows.sync_jobs import EXPIRING_MS, look
from station_app.screens.sync.screen import SyncScreen
from station_app.screens.sync.state import Phase, RecordKind, Standing, SyncState, Waiting
from station_app.station.clock import local_day, local_time, now_ms
from station_app.station.founding import found_station
from station_app.station.peers import CITY
from station_app.station.station import Station
from station_app.words import Phrase
from station_app.workers.store_thread import StoreThread
from station_app.workers.sync_worker import SyncWorker
from station_core.records.documents import NoticePublished
from station_core.records.trust import WriterCertified
from sync.errors import Trouble


class Page:
    """The page, the worker behind it, and every state that was shown."""

    def __init__(self, desk, qtbot, store: StoreThread) -> None:
        self.qtbot, self.store = qtbot, store
        self.screen = SyncScreen()
        qtbot.addWidget(self.screen)
        self.states: list[SyncState] = []
        show = self.screen.show_state
        self.screen.show_state = lambda state: (self.states.append(state), show(state))
        desk.tasks.use_store(store)
        self.flow = SyncFlow(self.screen, desk.tasks, desk.broadcast)
        self.worker = SyncWorker(store, now_ms, lambda news: desk.tasks.on_window(lambda: self.flow.show_news(news)))
        self.flow.wake_wanted.connect(self.worker.wake)
        self.flow.cancel_wanted.connect(self.worker.cancel)

    def wait(self, is_so: Callable[[SyncState], bool]) -> SyncState:
        self.qtbot.waitUntil(lambda: bool(self.states) and is_so(self.states[-1]), timeout=20_000)
        return self.states[-1]


@pytest.fixture
def page(desk, qtbot) -> Iterator[Page]:
    """Of a station whose city never answers."""
    made = Page(desk, qtbot, desk.store)
    yield made
    made.worker.stop()


def test_what_waits_is_counted_by_kind_in_words(page, desk):
    state = page.wait(lambda _: True)
    assert state.waiting == (Waiting(RecordKind.STAFF, 2), Waiting(RecordKind.OTHER, 1))
    assert (state.device.standing, state.last_success, state.next_try) == (Standing.VALID, None, None)

    def record(station: Station) -> None:
        with station.store.writing() as tx:
            tx.append(registered(person_id(), name="新会员"), given(MEMBERS[0].person), given(None))

    desk.ask(record)
    page.flow.refresh()
    state = page.wait(lambda state: state.waiting_total == 6)
    assert Waiting(RecordKind.MEMBER, 1) in state.waiting
    assert Waiting(RecordKind.SERVICE, 2) in state.waiting


def test_a_city_that_is_not_there_is_told_in_words_with_the_next_try(page):
    page.worker.start()
    state = page.wait(lambda state: state.trouble is not None)
    assert state.trouble.what == Phrase("sync_errors.what.unreachable")
    assert state.trouble.remedy == Phrase("sync_errors.do.unreachable")
    assert state.next_try > state.trouble.at
    assert state.progress is None
    state = page.wait(lambda state: state.peers[0].reachable is False)
    assert (state.peers[0].name, state.peers[0].heard) == ("试验市", None)


def test_the_button_answers_at_once_and_the_end_gives_it_back(page):
    page.worker.start()
    page.wait(lambda state: state.trouble is not None)
    assert page.screen.now.isEnabled()
    page.screen.now.click()
    assert page.states[-1].progress.phase is Phase.CONNECTING
    assert not page.screen.now.isEnabled()
    page.wait(lambda state: state.progress is None)
    assert page.screen.now.isEnabled()


@pytest.mark.parametrize(
    ("note", "what", "params"),
    [
        (PeerState(CITY, tried_ms=1, error="clock_off", clock_offset_ms=-600_000), "clock_off", {"minutes": 10}),
        (PeerState(CITY, tried_ms=1, error="revoked"), "revoked", {"reason": ""}),
        (PeerState(CITY, tried_ms=1, error="timed_out"), "timed_out", {}),
    ],
)
def test_after_a_restart_the_last_trouble_is_still_told(desk, note, what, params):
    def noted(station: Station) -> SyncState:
        with station.store.writing() as tx:
            tx.local.note_peer(note)
        return look(station)

    trouble = desk.ask(noted).trouble
    assert trouble.what.key == f"sync_errors.what.{what}"
    assert trouble.what.params.items() >= params.items()


@pytest.mark.parametrize("code", list(Trouble))
def test_every_trouble_that_can_be_noted_has_words(desk, code, themed):
    from resources.texts import Language

    def noted(station: Station) -> SyncState:
        with station.store.writing() as tx:
            tx.local.note_peer(PeerState(CITY, tried_ms=1, error=code.value))
        return look(station)

    trouble = desk.ask(noted).trouble
    for language in Language:
        assert trouble.what.said(language)
        assert trouble.remedy.said(language)


@pytest.mark.parametrize(
    ("left_ms", "standing"),
    [
        (EXPIRING_MS + 60_000, Standing.VALID),
        (EXPIRING_MS - 60_000, Standing.EXPIRING),
        (0, Standing.EXPIRED),
    ],
)
def test_the_devices_standing_follows_its_certificate(desk, left_ms, standing):
    def at_its_end(station: Station) -> SyncState:
        with station.store.reading() as view:
            until_ms = view.writers.get(station.store.own).valid_until_ms
        station.store._wall_ms = lambda: until_ms - left_ms
        state = look(station)
        assert state.device.valid_until == local_day(until_ms)
        return state

    # A certificate that ends within the years that a calendar knows.
    desk.ask(_recertify)
    assert desk.ask(at_its_end).device.standing is standing


def _recertify(station: Station) -> None:
    from station_core.credential.certificate import certify, read_certificate

    world = World()
    with station.store.writing() as tx:
        own = tx.writers.get(station.store.own)
        old = read_certificate(own.certificate, world.root.public)
        newer = replace(old, valid_from_ms=old.valid_from_ms + 1, valid_until_ms=1_900_000_000_000)
        tx.append(WriterCertified(certificate=certify(newer, world.root)))


def test_records_set_aside_say_why_and_whose(desk):
    """A station's notice to everybody: kept, not counted."""
    neighbour = World(numbers=40_000).device()
    neighbour.write(NoticePublished(version="x", texts={}), now_ms())

    def receive(station: Station) -> SyncState:
        with station.store.writing() as tx:
            tx.receive(neighbour.batch())
        return look(station)

    (aside,) = desk.ask(receive).set_aside
    assert (aside.source, aside.kind) == ("device 40001", RecordKind.OTHER)
    assert aside.reason == Phrase("sync.aside.not_allowed")


# A city that runs


@pytest.fixture
def city(tmp_path: Path) -> Iterator[RunningCity]:
    with running_city(tmp_path / "city") as running:
        yield running


@pytest.fixture
def enrolled(desk, qtbot, tmp_path: Path, city: RunningCity) -> Iterator[Page]:
    """The page of a station that the city enrolled."""
    code, _ = invite(city.city.store, "一号车", "210106")
    home = tmp_path / "enrolled"
    found_station(home, city.address, str(code))
    store = StoreThread(lambda: Station.open(home))
    store.start()
    page = Page(desk, qtbot, store)
    yield page
    page.worker.stop()
    store.stop()
    desk.tasks.use_store(desk.store)


def test_everything_reaches_the_city(enrolled, city):
    def record(station: Station) -> None:
        with station.store.writing() as tx:
            tx.append(registered(person_id(), name="新会员"))

    enrolled.store.call(record)
    enrolled.worker.start()
    state = enrolled.wait(lambda state: state.last_success is not None)
    assert (state.waiting, state.trouble) == ((), None)
    assert state.sent == 2, "the certificate and the member"
    assert state.received > 0
    assert state.peers[0].reachable
    assert state.next_try > state.last_success
    phases = {shown.progress.phase for shown in enrolled.states if shown.progress}
    assert Phase.CONNECTING in phases
    with city.city.store.reading() as view:
        assert view.overview.counts().people == 1


def test_a_device_that_the_city_revoked_is_told_so(enrolled, city):
    number = enrolled.store.call(lambda station: station.facts.writer_number)
    enrolled.worker.start()
    enrolled.wait(lambda state: state.last_success is not None)
    revoke_station(city.city.store, number, "设备遗失")
    enrolled.screen.now.click()
    state = enrolled.wait(lambda state: state.trouble is not None)
    assert state.trouble.what == Phrase("sync_errors.what.revoked", {"reason": "设备遗失"})
    assert local_time(now_ms()) >= state.trouble.at
