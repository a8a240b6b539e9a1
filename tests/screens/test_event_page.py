"""The page of the event: its counts, and who may undo what."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton

from demo.gallery_pages.event import PARK, SQUARE, event_states
from demo.gallery_pages.people import SUPERVISORS
from resources.texts import Language
from resources.texts import say as say_in
from station_app.screens.event.approval import Approval
from station_app.screens.event.approval_dialog import ApprovalDialog
from station_app.screens.event.pick_dialog import PickDialog
from station_app.screens.event.screen import EventScreen
from station_app.screens.event.state import Stock
from station_app.words import Name
from station_core.ids import ServiceCode

STATES = event_states()
TODAY = STATES["today"]
CLICK = Qt.MouseButton.LeftButton


@pytest.fixture
def screen(shown_at):
    return shown_at(EventScreen(), 1024, 768)


def buttons(widget, key):
    text = say_in(Language.CHINESE, key)
    return [each for each in widget.findChildren(QPushButton) if each.text() == text and not each.isHidden()]


def test_people_and_services_are_two_counts(screen):
    screen.show_state(TODAY)
    shown = {kind: number.text() for kind, number in screen.counts.numbers.items()}
    assert shown == {"people": "152", "services": "441", "joined": "37"}


def test_fresh_records_are_undone_by_their_staff(screen, qtbot):
    screen.show_state(TODAY)
    (undo,) = buttons(screen.recent, "event.recent.undo")
    with qtbot.waitSignal(screen.undo_wanted) as sent:
        qtbot.mouseClick(undo, CLICK)
    assert sent.args == [TODAY.recent[0].record_id]


def test_older_records_are_voided_by_a_supervisor_with_a_reason(screen, qtbot):
    screen.show_state(TODAY)
    voids = buttons(screen.recent, "event.recent.void")
    assert len(voids) == 2, "neither the fresh one nor the void one"
    qtbot.mouseClick(voids[0], CLICK)
    dialog = screen.findChild(ApprovalDialog)
    dialog.reason.setText("点错服务项目")
    qtbot.keyClicks(dialog.pin, "48151")
    with qtbot.waitSignal(screen.void_wanted) as sent:
        qtbot.mouseClick(dialog.confirm, CLICK)
    approval = Approval("点错服务项目", SUPERVISORS[0].staff_id, "48151")
    assert sent.args == [TODAY.recent[1].record_id, approval]


def test_a_dialog_that_is_left_changes_nothing(screen, qtbot):
    screen.show_state(TODAY)
    qtbot.mouseClick(buttons(screen.recent, "event.recent.void")[0], CLICK)
    dialog = screen.findChild(ApprovalDialog)
    dialog.reason.setText("点错服务项目")
    with qtbot.assertNotEmitted(screen.void_wanted):
        qtbot.mouseClick(dialog.cancel, CLICK)


def test_bars_stand_only_where_there_is_a_limit(screen):
    screen.show_state(TODAY)
    bars = [bar for bar in screen.stock.findChildren(QProgressBar) if not bar.isHidden()]
    assert [(bar.value(), bar.maximum()) for bar in bars] == [(263, 300), (80, 80), (57, 120)]


@pytest.mark.parametrize(("given", "total", "left"), [(3, 10, 7), (12, 10, 0), (5, None, None), (0, 0, 0)])
def test_what_remains(given, total, left):
    assert Stock(ServiceCode("x"), Name("某项"), given, total).remaining == left


def test_conflicts_are_counted_and_marked_as_seen(screen, qtbot):
    screen.show_state(STATES["conflicts"])
    assert screen.records.tabText(1) == "待核对（2）"
    screen.records.setCurrentIndex(1)
    seen = buttons(screen.conflicts, "event.conflict.seen")
    with qtbot.waitSignal(screen.conflict_seen) as sent:
        qtbot.mouseClick(seen[1], CLICK)
    assert sent.args == ["c2"]


def test_an_event_is_opened_where_none_is(screen, qtbot):
    screen.show_state(STATES["none"])
    assert not screen.change.isVisible()
    with qtbot.waitSignal(screen.event_chosen) as sent:
        qtbot.mouseClick(screen.events.rows[0], CLICK)
    assert sent.args == [PARK.event_id]


def test_another_event_is_picked(screen, qtbot):
    screen.show_state(TODAY)
    qtbot.mouseClick(screen.change, CLICK)
    dialog = screen.findChild(PickDialog)
    assert [row.isChecked() for row in dialog.events.rows] == [True, False]
    with qtbot.waitSignal(screen.event_chosen) as sent:
        qtbot.mouseClick(dialog.events.rows[1], CLICK)
    assert sent.args == [SQUARE.event_id]


def test_supervisors_need_no_second_pin(screen, qtbot):
    screen.show_state(replace(TODAY, staff_is_supervisor=True))
    qtbot.mouseClick(buttons(screen.recent, "event.recent.void")[0], CLICK)
    dialog = screen.findChild(ApprovalDialog)
    qtbot.keyClicks(dialog.reason, "   ")
    assert not dialog.confirm.isEnabled(), "blanks are no reason"
    dialog.reason.setText("记错人")
    with qtbot.waitSignal(screen.void_wanted) as sent:
        qtbot.mouseClick(dialog.confirm, CLICK)
    assert sent.args[1] == Approval("记错人")


def test_a_new_count_does_not_take_a_button_from_under_the_finger(screen, qtbot):
    screen.show_state(TODAY)
    (undo,) = buttons(screen.recent, "event.recent.undo")
    undo.setDown(True)
    screen.show_state(replace(TODAY, counts=replace(TODAY.counts, people=153)))
    assert buttons(screen.recent, "event.recent.undo") == [undo]
    assert undo.isDown()
