"""Finding members in a real store, and what may be taken back by whom."""

import secrets
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from support.stations import HAIRCUT, MEMBERS, SUPERVISOR_PIN
from support.typing_in import compose

from station_app.flows.approval import Approvals
from station_app.flows.broadcast import Topic
from station_app.flows.card_state import CardState
from station_app.flows.members_flow import MembersFlow
from station_app.flows.pin_tries import PinTries
from station_app.screens.event.approval import Approval
from station_app.screens.members.screen import MembersScreen
from station_app.screens.members.state import CardStatus
from station_app.station.counter import Counter
from station_app.words import Phrase
from station_core.ids import MemberNo, PersonId
from station_core.records.cards import RevocationReason
from station_core.records.people import PersonFields, PersonRegistered
from station_core.records.services import ServiceGiven

WANG = MEMBERS[0]
CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def page(desk, qtbot):
    screen = MembersScreen()
    qtbot.addWidget(screen)
    screen.resize(1024, 700)
    screen.show()
    approvals = Approvals(desk.made.home, desk.tasks, desk.session, PinTries())
    screen.flow = MembersFlow(
        screen, desk.made.home, desk.tasks, desk.session, desk.broadcast, approvals, revealed_ms=400
    )
    qtbot.waitUntil(lambda: screen.flow._state.members_known == len(MEMBERS))
    return screen


def detail(page):
    return page.flow._state.detail


def choose(page, qtbot, member=WANG):
    page.member_chosen.emit(member.person)
    qtbot.waitUntil(lambda: detail(page) is not None and detail(page).member_id == member.person)


def served(desk, member=WANG) -> ServiceGiven:
    def give(station):
        counter = Counter(station)
        return counter.give(counter.show(member.person), HAIRCUT, desk.made.operator)

    record = desk.ask(give)
    assert isinstance(record, ServiceGiven)
    return record


def issued(desk, member=WANG):
    from station_app.station.cards import Cards

    return desk.ask(lambda station: Cards(station).issue(member.person, desk.made.operator))


def test_members_are_found_while_typing_and_rows_show_last_digits_alone(page, qtbot):
    qtbot.keyClicks(page.finder.search, "wang")
    qtbot.waitUntil(lambda: page.flow._state.asked == "wang")
    rows = page.flow._state.rows
    assert {row.name for row in rows} == {"王德明", "王秀兰"}
    assert {row.phone for row in rows} == {"****0001", "****0002"}
    assert {row.union for row in rows} == {"顺达物流园联合工会"}
    qtbot.keyClick(page.finder.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: detail(page) is not None)
    page.finder.search.clear()
    assert page.flow._state.rows == ()


def test_only_the_answer_to_what_was_typed_last_is_shown(page, desk, qtbot):
    flow = page.flow
    flow._search.ask_now("王")
    flow._search.ask_now("欧")
    flow._search.forget()
    flow._search.ask_now("买")
    qtbot.waitUntil(lambda: flow._state.asked != "")
    desk.ask(lambda station: None)
    qtbot.wait(20)
    assert (flow._state.asked, [row.name for row in flow._state.rows]) == ("买", ["买买提·艾力"])


def test_more_than_can_be_listed_is_said(page, desk, qtbot):
    def register(station):
        with station.store.writing() as tx:
            for place in range(60):
                fields = PersonFields(name="赵一", member_no=MemberNo(f"ZZ{place:04}"), phone=f"1370000{place:04}")
                person = PersonId(secrets.token_bytes(16))
                tx.append(PersonRegistered(person=person, fields=fields, operator=desk.made.operator.id))

    desk.ask(register)
    compose(page.finder.search, "赵")
    qtbot.waitUntil(lambda: len(page.flow._state.rows) == 50)
    assert page.flow._state.more


def test_what_identifies_a_member_is_masked_revealed_and_conceals_itself(page, qtbot):
    choose(page, qtbot)
    personal = detail(page).personal
    assert (personal.id_number, personal.phone) == ("210***********0014", "138****0001")
    assert personal.birth_date == "1978-**-**"
    qtbot.mouseClick(page.person.reveal, CLICK)
    qtbot.waitUntil(lambda: detail(page).personal.revealed)
    assert detail(page).personal.id_number == WANG.id_number
    qtbot.waitUntil(lambda: not detail(page).personal.revealed)
    assert WANG.id_number not in page.person.facts["id_number"].text()


def test_a_revealed_member_is_concealed_when_the_kiosk_is_locked(page, desk, qtbot):
    choose(page, qtbot)
    page.reveal_wanted.emit(WANG.person)
    desk.session.end()
    desk.ask(lambda station: None)
    qtbot.wait(20)
    assert not detail(page).personal.revealed


def test_an_answer_about_the_member_before_is_dropped(page, qtbot, monkeypatch):
    shown, show = [], page.show_state
    monkeypatch.setattr(page, "show_state", lambda state: shown.append(state.detail) or show(state))
    page.member_chosen.emit(MEMBERS[0].person)
    page.member_chosen.emit(MEMBERS[1].person)
    qtbot.waitUntil(lambda: detail(page) is not None and detail(page).name == "王秀兰")
    assert {one.name for one in shown if one is not None} == {"王秀兰"}


def test_history_shows_what_where_and_by_whom(page, desk, qtbot):
    served(desk)
    choose(page, qtbot)
    (row,) = detail(page).history
    assert (row.place, row.staff, row.may_void, row.void) == ("铁西物流园", "刘芳", True, None)
    assert row.service.zh
    assert detail(page).joined is None


def void(page, record, pin, supervisor):
    page.void_wanted.emit(record.id, Approval("记错人", supervisor.id, pin))


def test_a_record_is_voided_with_a_supervisors_pin_and_a_reason(page, desk, qtbot):
    record = served(desk)
    choose(page, qtbot)
    void(page, record, "999888", desk.made.supervisor)
    qtbot.waitUntil(lambda: page.flow._state.trouble is not None)
    assert page.flow._state.trouble == Phrase("event.trouble.wrong_pin")
    assert voided(desk, record) is None
    void(page, record, SUPERVISOR_PIN, desk.made.supervisor)
    qtbot.waitUntil(lambda: detail(page).history[0].void is not None)
    mark = detail(page).history[0].void
    assert (mark.reason, mark.by) == ("记错人", "韩立群")
    assert voided(desk, record).operator == desk.made.supervisor.id
    assert not detail(page).history[0].may_void
    assert page.flow._state.trouble is None
    assert Topic.SERVICES in desk.recorded


def test_a_refusal_that_comes_after_a_better_try_is_dropped(page, desk, qtbot):
    record = served(desk)
    choose(page, qtbot)
    answers = []
    page.flow._approvals.ask = lambda approval, then, refused: answers.append((then, refused))
    void(page, record, "999888", desk.made.supervisor)
    void(page, record, SUPERVISOR_PIN, desk.made.supervisor)
    (_, refused), (then, _) = answers
    then(desk.made.supervisor)
    refused(Phrase("event.trouble.wrong_pin"))
    qtbot.waitUntil(lambda: detail(page).history[0].void is not None)
    assert page.flow._state.trouble is None


def test_an_operator_voids_nothing_by_saying_so(page, desk, qtbot):
    record = served(desk)
    choose(page, qtbot)
    page.void_wanted.emit(record.id, Approval("记错人"))
    qtbot.waitUntil(lambda: page.flow._state.trouble == Phrase("desk.refusal.needs_supervisor"))
    assert voided(desk, record) is None


def voided(desk, record):
    def ask(station):
        with station.store.reading() as view:
            return view.services.get(record.id).voided

    return desk.ask(ask)


def test_a_lost_card_is_revoked(page, desk, qtbot):
    new = issued(desk)
    choose(page, qtbot)
    assert detail(page).card.status is CardStatus.VALID
    page.revoke_wanted.emit(WANG.person, RevocationReason.LOST)
    qtbot.waitUntil(lambda: detail(page).card.status is CardStatus.REVOKED)
    card = detail(page).card
    assert (card.revoked_for, card.revoked) == (RevocationReason.LOST, desk.ask(lambda station: station.today()))

    def revocation(station):
        with station.store.reading() as view:
            return view.cards.revocation(new.card)

    assert desk.ask(revocation) == "lost"


def test_how_printing_goes_is_shown_for_the_member_it_is_about(page, qtbot):
    choose(page, qtbot)
    page.flow.show_card(CardState(MEMBERS[1].person, printing=True))
    assert not detail(page).printing
    page.flow.show_card(CardState(WANG.person, printing=True))
    assert detail(page).printing
    page.flow.show_card(CardState(WANG.person, problem=Phrase("desk.card_too_large")))
    assert not page.card.print.isEnabled()
    choose(page, qtbot, MEMBERS[1])
    qtbot.waitUntil(page.card.print.isEnabled)


def test_what_arrives_from_elsewhere_is_shown(page, desk, qtbot):
    choose(page, qtbot)
    served(desk)
    desk.broadcast.arrived(Topic.SERVICES)
    qtbot.waitUntil(lambda: len(detail(page).history) == 1)
    assert replace(detail(page), history=()).name == "王德明"
