"""The counter on a real store: codes and searches in, people and services out, one touch records."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from support.stations import HAIRCUT, MEMBERS

from station_app.flows.counter_flow import CounterFlow
from station_app.flows.undo_window import UndoWindow
from station_app.scanning.readings import EngineName, Reading, Symbology
from station_app.screens.counter.screen import CounterScreen
from station_app.screens.counter.state import (
    Camera,
    Happened,
    PersonShown,
    SeveralCodes,
    SeveralPeople,
    Stranger,
    Verdict,
    Waiting,
)
from station_app.station.cards import Cards
from station_app.widgets.beeper import Sound
from station_app.words import Phrase
from station_core.ids import ServiceCode
from station_core.records.cards import RevocationReason

WANG, LAN = MEMBERS[0], MEMBERS[1]
CHECKUP = ServiceCode("liudong.checkup")
CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def page(desk, qtbot):
    sounds: list[Sound] = []
    screen = CounterScreen(play=sounds.append)
    qtbot.addWidget(screen)
    screen.resize(1280, 760)
    screen.show()
    screen.flow, screen.sounds = CounterFlow(screen, desk.tasks, desk.session, desk.broadcast), sounds
    screen.flow.wait()
    return screen


def state(page):
    return page.flow._state


def happened(page) -> Happened | None:
    return state(page).outcome.happened if state(page).outcome else None


def reading(text: str) -> Reading:
    return Reading(text, Symbology.QR, EngineName.ZXING)


def card_of(desk, member=WANG) -> str:
    return desk.ask(lambda station: Cards(station).issue(member.person, desk.made.supervisor)).face.qr_text


def until(qtbot, answer: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(answer()))


def show(page, qtbot, text: str):
    page.flow.take_readings((reading(text),))
    until(qtbot, lambda: isinstance(state(page).view, PersonShown))


def tile(page, code=HAIRCUT):
    return next(tile for tile in state(page).view.tiles if tile.service == code)


def records(desk) -> list[bool]:
    """Whether each service record counts, the latest first."""

    def ask(station):
        with station.store.reading() as view:
            return [given.voided is None for given in view.services.recent(None, 50)]

    return desk.ask(ask)


def test_a_card_shows_who_it_is_masked_and_what_they_may_have(page, desk, qtbot):
    show(page, qtbot, card_of(desk))
    person = state(page).view.person
    assert (person.person, person.masked_name, person.full_name) == (WANG.person, "王*明", "王德明")
    assert happened(page) is Happened.VALID
    assert tile(page).verdict is Verdict.ALLOWED


def test_one_touch_records_and_the_sound_comes_when_it_is_on_disk(page, desk, qtbot):
    show(page, qtbot, card_of(desk))
    qtbot.mouseClick(page.person.grid.tiles[HAIRCUT], CLICK)
    until(qtbot, lambda: Sound.RECORDED in page.sounds)
    assert records(desk) == [True]
    assert (tile(page).verdict, happened(page)) == (Verdict.RECORDED, Happened.RECORDED)
    assert tile(page).undo_seconds > 0


def test_it_can_be_undone_and_nothing_is_deleted(page, desk, qtbot):
    show(page, qtbot, card_of(desk))
    page.service_wanted.emit(HAIRCUT)
    until(qtbot, lambda: tile(page).verdict is Verdict.RECORDED)
    page.undo_wanted.emit(HAIRCUT)
    until(qtbot, lambda: happened(page) is Happened.UNDONE)
    assert tile(page).verdict is Verdict.ALLOWED
    assert records(desk) == [False]


def test_what_is_used_up_says_when_again_and_is_not_recorded_twice(page, desk, qtbot):
    show(page, qtbot, card_of(desk))
    page.service_wanted.emit(HAIRCUT)
    until(qtbot, lambda: tile(page).verdict is Verdict.RECORDED)
    page.next_wanted.emit()
    until(qtbot, lambda: isinstance(state(page).view, Waiting))
    page.flow.show_person(WANG.person)
    until(qtbot, lambda: isinstance(state(page).view, PersonShown))
    assert tile(page).verdict is Verdict.USED_UP
    assert tile(page).again_on is not None
    page.flow._record(HAIRCUT, {})
    until(qtbot, lambda: happened(page) is Happened.NOT_RECORDED)
    assert records(desk) == [True]


def test_a_form_comes_before_a_service_that_asks(page, desk, qtbot):
    show(page, qtbot, card_of(desk))
    page.service_wanted.emit(CHECKUP)
    assert state(page).form is not None
    assert records(desk) == []
    page.form_answered.emit(CHECKUP, {"systolic_mmhg": "128", "diastolic_mmhg": "82"})
    until(qtbot, lambda: tile(page, CHECKUP).verdict is Verdict.RECORDED)
    assert records(desk) == [True]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda text: text[:-20] + ("A" if text[-20] != "A" else "B") + text[-19:], Happened.CODE_FORGED),
        (lambda _text: "https://example.org/menu", Happened.CODE_FOREIGN),
        (lambda _text: "100990000014", Happened.CODE_UNKNOWN),
    ],
)
def test_other_codes_are_told_apart(page, desk, qtbot, spoil, told):
    page.flow.take_readings((reading(spoil(card_of(desk))),))
    until(qtbot, lambda: isinstance(state(page).view, Stranger))
    assert happened(page) is told
    assert state(page).view.may_register is (told is not Happened.CODE_FORGED)


def test_a_revoked_card_is_refused(page, desk, qtbot):
    text = card_of(desk)
    desk.ask(lambda station: Cards(station).revoke(WANG.person, RevocationReason.LOST, desk.made.supervisor))
    page.flow.take_readings((reading(text),))
    until(qtbot, lambda: happened(page) is Happened.CODE_REVOKED)
    assert page.sounds == [Sound.REFUSED]


def test_of_two_codes_in_one_frame_staff_choose(page, desk, qtbot):
    one, other = card_of(desk, WANG), card_of(desk, LAN)
    page.flow.take_readings((reading(one), reading(other)))
    assert isinstance(state(page).view, SeveralCodes)
    for choice in state(page).view.choices:
        assert choice.what == Phrase("counter.codes.card"), "whose it is stays unsaid until its signature was checked"
    page.code_wanted.emit(other)
    until(qtbot, lambda: isinstance(state(page).view, PersonShown))
    assert state(page).view.person.person == LAN.person


def test_the_biggest_of_several_codes_is_the_first_choice_whatever_was_read_first(page, desk):
    def seen(text: str, side: float) -> Reading:
        corners = ((9.0, 9.0), (9 + side, 9.0), (9 + side, 9 + side), (9.0, 9 + side))
        return Reading(text, Symbology.QR, EngineName.ZXING, corners)

    small, big = seen("100990000014", 60), seen("https://example.org/menu", 90)
    for order in ((small, big), (big, small), (small, big, replace(big, symbology=Symbology.AZTEC))):
        page.flow.take_readings(order)
        choices = state(page).view.choices
        assert [(choice.code, choice.outline) for choice in choices] == [
            (big.text, big.outline),
            (small.text, small.outline),
        ]
        assert [choice.what for choice in choices] == [big.text, small.text]


def test_search_by_one_character_offers_those_who_fit(page, qtbot):
    page.search_wanted.emit("王")
    until(qtbot, lambda: isinstance(state(page).view, SeveralPeople))
    assert {line.person for line in state(page).view.people} == {WANG.person, LAN.person}
    page.search_wanted.emit("无此人")
    until(qtbot, lambda: happened(page) is Happened.NOBODY_FOUND)


def test_an_answer_that_comes_too_late_is_dropped(page, desk, qtbot):
    """Staff went on to the next person before the store had answered."""
    page.flow.take_code(card_of(desk, WANG))
    page.flow.wait()
    desk.ask(lambda _station: None)
    qtbot.wait(50)
    assert isinstance(state(page).view, Waiting)


def test_no_code_is_looked_up_while_the_kiosk_is_locked(page, desk, qtbot):
    text = card_of(desk)
    desk.session.end()
    page.flow.take_readings((reading(text),))
    desk.ask(lambda _station: None)
    qtbot.wait(50)
    assert isinstance(state(page).view, Waiting)


def test_who_was_served_last_stands_in_the_list(page, desk, qtbot):
    show(page, qtbot, card_of(desk))
    page.service_wanted.emit(HAIRCUT)
    until(qtbot, lambda: tile(page).verdict is Verdict.RECORDED)
    page.next_wanted.emit()
    until(qtbot, lambda: isinstance(state(page).view, Waiting) and state(page).view.recent)
    assert [line.person for line in state(page).view.recent] == [WANG.person]


def test_the_camera_is_told_where_its_picture_would_be(page):
    page.flow.show_camera(Camera.MISSING)
    assert state(page).view.camera is Camera.MISSING


def test_the_undo_window_closes(page, desk, qtbot):
    show(page, qtbot, card_of(desk))
    window: UndoWindow = page.flow._undo_window
    page.service_wanted.emit(HAIRCUT)
    until(qtbot, lambda: tile(page).verdict is Verdict.RECORDED)
    for _ in range(tile(page).undo_seconds):
        window._tick()
    assert tile(page).undo_seconds == 0
    assert window.record_of(HAIRCUT) is None
