"""Today's event on a real store: counts, taking back, approving, choosing, looking at duplicates."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.stations import DISTRICT, EVENT, HAIRCUT, MEMBERS, SUPERVISOR_PIN, receive_from_city
from support.worlds import World, registered

from station_app.flows.approval import Approvals
from station_app.flows.broadcast import Topic
from station_app.flows.event_flow import EventFlow
from station_app.flows.event_jobs import look
from station_app.flows.pin_tries import FREE_TRIES, PinTries
from station_app.screens.event.approval import Approval
from station_app.screens.event.screen import EventScreen
from station_app.screens.event.state import ConflictKind, EventState
from station_app.station.counter import Counter
from station_app.station.settings import CAMERA_SETTING
from station_app.station.shelf import EVENT_SETTING
from station_app.words import Phrase
from station_core.desk.giving import UNDO_WINDOW_MS
from station_core.ids import EventId, PersonId, RecordId
from station_core.records.documents import EventPublished
from station_core.records.services import ServiceGiven

TODAY = date.today()  # noqa: DTZ011 - the station asks the same clock


class Page:
    """The page of the event and what was shown on it last."""

    def __init__(self, desk, qtbot) -> None:
        self.desk, self.qtbot = desk, qtbot
        self.screen = EventScreen()
        qtbot.addWidget(self.screen)
        self.tries = PinTries()
        approvals = Approvals(desk.made.home, desk.tasks, desk.session, self.tries)
        self.flow = EventFlow(self.screen, desk.tasks, desk.session, desk.broadcast, approvals)
        self.flow.refresh()
        self.wait(lambda state: state.event is not None)

    @property
    def state(self) -> EventState:
        return self.screen._state

    def wait(self, is_so: Callable[[EventState], bool]) -> EventState:
        self.qtbot.waitUntil(lambda: is_so(self.state))
        return self.state

    def give(self, place: int = 0) -> RecordId:
        """A haircut for a member of the roster, by whoever is at work."""
        staff = self.desk.session.require()

        def record(station) -> ServiceGiven:
            counter = Counter(station)
            given = counter.give(counter.show(MEMBERS[place].person), HAIRCUT, staff)
            assert isinstance(given, ServiceGiven)
            return given

        given = self.desk.ask(record)
        self.desk.broadcast.recorded(Topic.SERVICES)
        self.wait(lambda state: any(row.record_id == given.id for row in state.recent))
        return given.id

    def row(self, record: RecordId):
        return next(row for row in self.state.recent if row.record_id == record)


@pytest.fixture
def page(desk, qtbot) -> Page:
    return Page(desk, qtbot)


def test_people_and_services_are_counted_apart(page):
    page.give(0)
    page.give(1)
    state = page.state
    assert (state.event.event_id, state.event.name) == (EVENT, "东园货车司机服务日")
    assert (state.counts.people, state.counts.services, state.counts.joined) == (2, 2, 0)
    haircut = next(stock for stock in state.stock if stock.service_id == HAIRCUT)
    assert (haircut.given, haircut.total) == (2, None)
    row = state.recent[0]
    assert (row.member, row.number, row.staff) == (MEMBERS[1].name, MEMBERS[1].number, "刘芳")


def test_who_recorded_it_may_undo_it_for_a_while(page, desk):
    record = page.give()
    assert page.row(record).may_undo
    page.screen.undo_wanted.emit(record)
    page.wait(lambda _: page.row(record).void is not None)
    assert page.row(record).void.reason == Phrase("event.recent.undone")
    assert page.state.counts.services == 0
    assert desk.recorded == [Topic.SERVICES, Topic.SERVICES]


def test_somebody_else_may_not_undo_it_and_is_told(page, desk):
    record = page.give()
    desk.session.begin(desk.made.supervisor)
    page.wait(lambda state: state.staff_is_supervisor)
    assert not page.row(record).may_undo
    page.screen.undo_wanted.emit(record)
    page.wait(lambda state: state.trouble is not None)
    assert page.state.trouble.key == "desk.refusal.undo_not_yours"
    assert page.row(record).void is None


def test_undoing_ends_with_its_time(desk):
    """The page is told when, so that it looks again."""
    staff = desk.session.require()

    def record_and_look(station):
        counter = Counter(station)
        counter.give(counter.show(MEMBERS[0].person), HAIRCUT, staff)
        early = look(station, staff)
        then_ms = station.now_ms() + UNDO_WINDOW_MS + 1
        station.store._wall_ms = lambda: then_ms
        return early, look(station, staff)

    early, late = desk.ask(record_and_look)
    assert early.shown.recent[0].may_undo
    assert 0 < early.undo_ends_in_ms <= UNDO_WINDOW_MS
    assert not late.shown.recent[0].may_undo
    assert late.undo_ends_in_ms is None


def test_a_supervisor_voids_with_their_pin(page, desk):
    record, supervisor = page.give(), desk.made.supervisor
    assert [one.name for one in page.state.supervisors] == [supervisor.name]
    page.screen.void_wanted.emit(record, Approval("点错服务项目", supervisor.id, SUPERVISOR_PIN))
    page.wait(lambda _: page.row(record).void is not None)
    assert (page.row(record).void.reason, page.row(record).void.by) == ("点错服务项目", supervisor.name)


def test_a_wrong_pin_voids_nothing_and_costs_time_in_the_end(page, desk):
    record, supervisor = page.give(), desk.made.supervisor
    for _ in range(FREE_TRIES):
        page.flow._say(None)
        page.screen.void_wanted.emit(record, Approval("点错", supervisor.id, "000000"))
        page.wait(lambda state: state.trouble is not None)
        assert page.state.trouble.key == "event.trouble.wrong_pin"
    page.screen.void_wanted.emit(record, Approval("点错", supervisor.id, SUPERVISOR_PIN))
    page.wait(lambda state: state.trouble is not None)
    assert page.state.trouble.key == "event.trouble.wait"
    assert page.row(record).void is None


@pytest.mark.parametrize("is_named", [True, False], ids=["with the own pin", "without anybody's"])
def test_staff_cannot_approve_for_themselves(page, desk, is_named):
    record = page.give()
    named = (desk.made.operator.id, "314159") if is_named else ()
    page.screen.void_wanted.emit(record, Approval("点错", *named))
    page.wait(lambda state: state.trouble is not None)
    assert page.state.trouble.key == "desk.refusal.needs_supervisor"
    assert page.row(record).void is None


def _event(name: str, district: str = "210104", days_ago: int = 0) -> EventPublished:
    day = TODAY - timedelta(days=days_ago)
    return EventPublished(
        event=EventId(name),
        name=name,
        place="广场",
        district=district,
        first_day=day,
        last_day=day,
        packs=("liudong",),
        stock={HAIRCUT: 3},
    )


def test_another_event_of_today_can_be_chosen(page, desk):
    published = (_event("elsewhere"), _event("yesterday", days_ago=1))
    desk.ask(lambda station: receive_from_city(station, World(numbers=20_000), *published))
    desk.broadcast.arrived(Topic.DOCUMENTS)
    page.wait(lambda state: len(state.events) > 1)
    assert [event.event_id for event in page.state.events] == [EVENT, "elsewhere"], "the own district's comes first"
    page.screen.event_chosen.emit(EventId("elsewhere"))
    page.wait(lambda state: state.event.event_id == "elsewhere")
    record = page.give(2)
    haircut = next(stock for stock in page.state.stock if stock.service_id == HAIRCUT)
    assert (haircut.given, haircut.total, haircut.remaining) == (1, 3, 2)

    def kept(station):
        with station.store.reading() as view:
            return (
                view.local.setting(EVENT_SETTING),
                view.local.setting(CAMERA_SETTING),
                view.services.get(record).event,
            )

    assert desk.ask(kept) == ("elsewhere", "", "elsewhere")


def test_a_person_registered_twice_is_to_be_looked_at_once(page, desk):
    """A neighbour registered a newcomer whom this counter registered too."""
    neighbour = World(numbers=30_000).device()
    person, other = PersonId(b"a" * 16), PersonId(b"b" * 16)
    number = MEMBERS[0].id_number
    now_ms = desk.ask(lambda station: station.now_ms())
    fields = {"name": "王德明", "id_number": number, "district": DISTRICT}
    neighbour.write(registered(person, **fields), now_ms)
    neighbour.write(registered(other, **{**fields, "id_number": MEMBERS[1].id_number, "name": "王秀兰"}), now_ms + 1)

    def receive(station):
        with station.store.writing() as tx:
            return tx.receive(neighbour.batch())

    assert not desk.ask(receive).aside
    desk.broadcast.arrived(Topic.PEOPLE)
    page.wait(lambda state: len(state.conflicts) == 2)
    latest, earlier = page.state.conflicts
    assert (latest.kind, latest.who) == (ConflictKind.MERGED, MEMBERS[1].name)
    assert latest.what == Phrase("event.conflict_what.merged", {"number": MEMBERS[1].number})
    assert dict(latest.what.params) == {"number": MEMBERS[1].number}
    page.screen.conflict_seen.emit(latest.conflict_id)
    page.wait(lambda state: state.conflicts == (earlier,))


def test_those_who_joined_here_are_counted_once(page, desk):
    number = MEMBERS[3].id_number

    def join_twice(station):
        with station.store.writing() as tx:
            for place, id_number in ((1, ""), (2, number[:16] + "21"), (3, number[:16] + "21")):
                tx.append(registered(PersonId(place.to_bytes(15) + b"j"), name="新会员", id_number=id_number or "1"))

    desk.ask(join_twice)
    desk.broadcast.recorded(Topic.PEOPLE)
    page.wait(lambda state: state.counts.joined > 0)
    assert page.state.counts.joined == 2


def test_a_locked_kiosk_asks_nothing(page, desk):
    desk.session.end()
    shown = page.state
    desk.broadcast.arrived(Topic.SERVICES)
    page.flow.refresh()
    assert page.state == replace(shown, trouble=None)
    assert not page.flow._undo_ends.isActive()
