"""Choosing a union, a person who is known already, and what comes after saving."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from demo.gallery_pages.people import SUPERVISORS
from demo.gallery_pages.registration import registration_states
from station_app.screens.event.approval import Approval
from station_app.screens.event.approval_dialog import ApprovalDialog
from station_app.screens.registration.repair import repaired_id_number, repaired_phone
from station_app.screens.registration.screen import RegistrationScreen

STATES = registration_states()
EMPTY = STATES["empty"]
FOUND = STATES["searching"].unions_found
CLICK = Qt.MouseButton.LeftButton


def compose(editor, text):
    """What an input method does: each character is committed to the field that has the focus."""
    for character in text:
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(editor, event)


@pytest.fixture
def screen(shown_at):
    page = shown_at(RegistrationScreen(), 852, 612)  # what the window leaves at 1024×768
    page.activateWindow()
    page.show_state(EMPTY)
    return page


def test_a_union_is_searched_and_picked_with_the_keyboard(screen, qtbot):
    picker, asked = screen.form.fields.union, []
    screen.union_searched.connect(asked.append)
    picker.search.setFocus()
    compose(picker.search, "顺 ")
    assert asked == ["顺", "顺"]
    screen.show_state(replace(EMPTY, unions_asked="顺", unions_found=FOUND))
    assert picker.results.isVisible()
    QApplication.processEvents()
    assert picker.results.visibleRegion().boundingRect().height() == picker.results.height(), "out of sight"
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert screen.form.fields.draft().union == FOUND[1]
    assert not picker.search.isVisible()
    assert screen.focusWidget() is screen.form.fields.consent.tick


def test_what_was_found_for_other_words_is_not_offered(screen, qtbot):
    picker = screen.form.fields.union
    compose(picker.search, "顺达")
    screen.show_state(replace(EMPTY, unions_asked="顺", unions_found=FOUND))
    assert not picker.results.isVisible()
    qtbot.keyClick(picker.search, Qt.Key.Key_Return)
    assert screen.form.fields.draft().union is None


def test_the_transit_union_takes_one_touch_and_can_be_taken_back(screen, qtbot):
    picker = screen.form.fields.union
    qtbot.mouseClick(picker.transit, CLICK)
    assert screen.form.fields.draft().union == EMPTY.transit_union
    qtbot.mouseClick(picker.change, CLICK)
    assert screen.form.fields.draft().union is None
    assert screen.focusWidget() is picker.search


def test_who_is_known_already_can_be_served(screen, qtbot):
    state = STATES["duplicate_id"]
    screen.show_state(state)
    panel = screen.form.duplicate
    assert panel.isVisible()
    assert not panel.release.isVisible(), "an ID number is never released"
    with qtbot.waitSignal(screen.serve_duplicate_wanted) as sent:
        qtbot.mouseClick(panel.serve, CLICK)
    assert sent.args == [state.duplicate.member_id]


def test_a_phone_in_use_is_released_by_a_supervisor_with_a_reason(screen, qtbot):
    screen.show_state(replace(STATES["duplicate_phone"], form=2))
    qtbot.mouseClick(screen.form.duplicate.release, CLICK)
    dialog = screen.form.findChild(ApprovalDialog)
    assert not dialog.confirm.isEnabled()
    dialog.reason.setText(" 号码已转给儿子 ")
    assert not dialog.confirm.isEnabled(), "no PIN yet"
    dialog.supervisor.setCurrentIndex(1)
    qtbot.keyClicks(dialog.pin, "48151")
    with qtbot.waitSignal(screen.release_wanted) as sent:
        qtbot.mouseClick(dialog.confirm, CLICK)
    draft, approval = sent.args
    assert draft == screen.form.fields.draft()
    assert approval == Approval("号码已转给儿子", SUPERVISORS[1].staff_id, "48151")
    assert "48151" not in repr(approval)


def test_without_a_supervisor_nothing_can_be_released(screen, qtbot):
    screen.show_state(replace(STATES["duplicate_phone"], supervisors=()))
    qtbot.mouseClick(screen.form.duplicate.release, CLICK)
    dialog = screen.form.findChild(ApprovalDialog)
    dialog.reason.setText("号码已转给儿子")
    qtbot.keyClicks(dialog.pin, "48151")
    assert not dialog.confirm.isEnabled()


def test_after_saving_the_card_the_service_and_the_next_person(screen, qtbot):
    state = STATES["done"]
    screen.show_state(state)
    done = screen.success
    assert done.isVisible()
    for button, signal in ((done.print, screen.print_wanted), (done.serve, screen.serve_wanted)):
        with qtbot.waitSignal(signal) as sent:
            qtbot.mouseClick(button, CLICK)
        assert sent.args == [state.registered.member_id]
    with qtbot.waitSignal(screen.next_wanted):
        qtbot.mouseClick(done.next, CLICK)
    screen.show_state(replace(EMPTY, form=2))
    assert screen.form.isVisible()
    assert screen.focusWidget() is screen.form.fields.name


def test_no_card_is_asked_for_where_none_can_be_printed(screen):
    screen.show_state(STATES["done_no_printer"])
    assert not screen.success.print.isEnabled()


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("11010519491231002x", "11010519491231002X"),
        ("１１０１０５　１９４９１２３１　００２Ｘ", "11010519491231002X"),
        ("1101051949123100212", "1101051949123100212"),
        ("身份证", ""),
    ],
)
def test_id_numbers_are_mended(typed, mended):
    assert repaired_id_number(typed) == mended


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("138 0000 4071", "13800004071"),
        ("+8613800004071", "13800004071"),
        ("008613800004071", "13800004071"),
        ("8613", "8613"),
        ("１３８", "138"),
    ],
)
def test_phones_are_mended(typed, mended):
    assert repaired_phone(typed) == mended


def test_other_answers_leave_the_marked_union_alone(screen, qtbot):
    picker = screen.form.fields.union
    compose(picker.search, "顺")
    found = replace(EMPTY, unions_asked="顺", unions_found=FOUND)
    screen.show_state(found)
    qtbot.keyClick(picker.search, Qt.Key.Key_Down)
    screen.show_state(replace(found, id_check=STATES["filled"].id_check))
    assert picker.results.currentRow() == 0
