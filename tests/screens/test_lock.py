"""The lock screen: who, and with which PIN."""

import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from demo.samples_counter import lock_states
from resources.texts import Language
from station_app.screens.lock.screen import LockScreen
from station_core.ids import OperatorId

STATES = lock_states()
GAO = OperatorId("op-2")


@pytest.fixture
def lock(shown_at):
    screen = LockScreen()
    screen.show_state(STATES["pin"])
    return shown_at(screen, 1280, 800)


def test_choosing_staff_asks_and_changes_nothing_by_itself(lock, qtbot):
    with qtbot.waitSignal(lock.staff_chosen) as chosen:
        qtbot.mouseClick(lock.staff.rows[OperatorId("op-3")], Qt.MouseButton.LeftButton)
    assert chosen.args == ["op-3"]
    assert [operator for operator, row in lock.staff.rows.items() if row.isChecked()] == [GAO]


def test_a_pin_by_touch(lock, qtbot):
    for digit in "407182":
        qtbot.mouseClick(lock.pad.keys[digit], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(lock.pin_entered) as entered:
        qtbot.mouseClick(lock.pad.keys["enter"], Qt.MouseButton.LeftButton)
    assert entered.args == [GAO, "407182"]
    assert lock.pad.field.text() == ""


def test_a_pin_by_keyboard_alone(lock, qtbot):
    assert lock.pad.field.hasFocus()
    qtbot.keyClicks(lock.pad.field, "40x7182")
    with qtbot.waitSignal(lock.pin_entered) as entered:
        qtbot.keyClick(lock.pad.field, Qt.Key.Key_Return)
    assert entered.args == [GAO, "407182"]


def test_a_digit_too_many_is_taken_back(lock, qtbot):
    for key in ("1", "2", "9", "back", "3", "4"):
        qtbot.mouseClick(lock.pad.keys[key], Qt.MouseButton.LeftButton)
    assert lock.pad.field.text() == "1234"


def test_five_digits_are_no_pin(lock, qtbot):
    qtbot.keyClicks(lock.pad.field, "40718")
    assert not lock.pad.keys["enter"].isEnabled()
    with qtbot.assertNotEmitted(lock.pin_entered):
        qtbot.keyClick(lock.pad.field, Qt.Key.Key_Return)


def test_an_input_method_is_kept_away_from_the_digits(lock):
    assert not lock.pad.field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


@pytest.mark.parametrize("name", ["choose", "checking", "wait"])
def test_no_pin_is_taken_before_a_name_nor_while_waiting(lock, name):
    lock.pad.field.setText("40")
    lock.show_state(STATES[name])
    assert lock.pad.field.text() == ""
    assert lock.hasFocus()
    assert not any(key.isEnabled() for key in lock.pad.keys.values())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("wrong", "PIN 码不正确，还可再试 2 次"),
        ("wait", "错误次数过多，请 27 秒后再试"),
        ("checking", "正在核对…"),
        ("not_allowed", "您的账号已停用，请联系站点负责人"),
        ("pin", ""),
    ],
)
def test_what_is_wrong_is_said(lock, name, words):
    lock.show_state(STATES[name])
    assert lock._problem.text() == words


def test_the_wait_counts_down_and_ends(lock):
    for seconds in (2, 1):
        lock.show_state(replace(STATES["wait"], wait_seconds=seconds))
        assert f"{seconds} 秒" in lock._problem.text()
    lock.show_state(replace(STATES["wait"], wait_seconds=0))
    assert lock.pad.field.isEnabled()
    assert lock.pad.field.hasFocus()


def test_a_change_of_language_keeps_the_digits(lock, qtbot):
    qtbot.keyClicks(lock.pad.field, "40")
    with qtbot.waitSignal(lock.language_wanted):
        qtbot.mouseClick(lock.language, Qt.MouseButton.LeftButton)
    lock.set_language(Language.ENGLISH)
    assert lock.pad.field.text() == "40"
    assert lock.pad.keys["enter"].text() == "Unlock"
    assert lock.staff.rows[GAO].line.text() == "Staff"


def test_it_appears_without_loading_what_the_counter_needs():
    heavy = "cv2,sqlalchemy,db,sync,printing,cryptography,zxingcpp,station_app.screens.counter"
    code = (
        "import sys, station_app.theme, station_app.screens.lock.screen, station_app.screens.shell.window;"
        f"print([m for m in '{heavy}'.split(',') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
