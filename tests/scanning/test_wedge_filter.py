"""The event filter in a real application: scans are caught, people's keystrokes arrive as they were."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from station_app.scanning.readings import EngineName, Reading, Symbology
from station_app.scanning.wedge_filter import WedgeFilter

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # what the offscreen platform says of every window

NUMBER = "210106000123"


class Clock:
    """Milliseconds that the test sets."""

    def __init__(self) -> None:
        self.now_ms = 0

    def __call__(self) -> int:
        return self.now_ms


class Counter(QWidget):
    """A window with a button and a field, as a page of the kiosk has."""

    def __init__(self) -> None:
        super().__init__()
        self.button = QPushButton("button", self)
        self.button.setAutoDefault(True)
        self.field = QLineEdit(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self.button)
        layout.addWidget(self.field)
        self.seen: list[str] = []
        self.clicks = 0
        self.button.clicked.connect(self._count)

    def _count(self) -> None:
        self.clicks += 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.seen.append(event.text())


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watcher(qapp: QApplication, clock: Clock) -> Iterator[WedgeFilter]:
    watcher = WedgeFilter(clock_ms=clock)
    watcher.install(qapp)
    yield watcher
    watcher.remove(qapp)


@pytest.fixture
def counter(qtbot: QtBot) -> Counter:
    counter = Counter()
    qtbot.addWidget(counter)
    counter.show()
    qtbot.waitExposed(counter)
    counter.activateWindow()
    return counter


def type_keys(target: QWidget, text: str, clock: Clock, gap_ms: int) -> None:
    """Types through the window system's door when `target` is a window, else to the widget itself."""
    for character in text:
        clock.now_ms += gap_ms
        if character == "\r":
            QTest.keyClick(target.windowHandle() or target, Qt.Key.Key_Return)
        else:
            QTest.keyClick(target.windowHandle() or target, character)


def test_scan_is_caught_with_no_field_focused(watcher: WedgeFilter, counter: Counter, clock: Clock) -> None:
    scans: list[str] = []
    watcher.scanned.connect(lambda reading: scans.append(reading.text))
    counter.button.setFocus()
    type_keys(counter, NUMBER + "\r", clock, 5)
    assert scans == [NUMBER]
    assert counter.clicks == 0, "the scanner's Enter pressed a button"
    assert counter.seen == []


def test_scan_without_enter_ends_by_itself(watcher: WedgeFilter, counter: Counter, clock: Clock, qtbot: QtBot) -> None:
    with qtbot.waitSignal(watcher.scanned) as caught:
        type_keys(counter, NUMBER, clock, 5)
    assert caught.args == [Reading(NUMBER, Symbology.TYPED, EngineName.WEDGE)]


def test_scan_does_not_enter_a_focused_field(watcher: WedgeFilter, counter: Counter, clock: Clock) -> None:
    scans: list[str] = []
    watcher.scanned.connect(lambda reading: scans.append(reading.text))
    counter.field.setFocus()
    type_keys(counter, "ABC-123\r", clock, 5)
    assert scans == ["ABC-123"]
    assert counter.field.text() == ""


def test_person_types_into_a_field_untouched(
    watcher: WedgeFilter, counter: Counter, clock: Clock, qtbot: QtBot
) -> None:
    scans: list[str] = []
    watcher.scanned.connect(lambda reading: scans.append(reading.text))
    entered: list[str] = []
    counter.field.returnPressed.connect(lambda: entered.append(counter.field.text()))
    counter.field.setFocus()
    type_keys(counter, "Wang 7\r", clock, 120)
    qtbot.waitUntil(lambda: entered == ["Wang 7"])
    assert scans == []


def test_last_key_of_a_person_arrives_without_another(
    watcher: WedgeFilter, counter: Counter, clock: Clock, qtbot: QtBot
) -> None:
    counter.field.setFocus()
    type_keys(counter, "a", clock, 120)
    assert counter.field.text() == "", "held until it is known whose it is"
    qtbot.waitUntil(lambda: counter.field.text() == "a")


def test_command_key_keeps_its_place_among_held_keys(watcher: WedgeFilter, counter: Counter, clock: Clock) -> None:
    counter.field.setFocus()
    type_keys(counter, "ab", clock, 20)
    QTest.keyClick(counter.windowHandle(), Qt.Key.Key_Backspace)
    assert counter.field.text() == "a"


def test_persons_enter_and_space_press_the_focused_button(
    watcher: WedgeFilter, counter: Counter, clock: Clock, qtbot: QtBot
) -> None:
    counter.button.setFocus()
    type_keys(counter, "\r", clock, 500)
    assert counter.clicks == 1
    type_keys(counter, " ", clock, 500)
    qtbot.waitUntil(lambda: counter.clicks == 2)


def commit(target: QWidget, text: str, clock: Clock) -> None:
    clock.now_ms += 8
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QCoreApplication.sendEvent(target, event)


def test_full_width_characters_from_an_input_method(watcher: WedgeFilter, counter: Counter, clock: Clock) -> None:
    scans: list[str] = []
    watcher.scanned.connect(lambda reading: scans.append(reading.text))
    counter.field.setFocus()
    for character in "ＡＢＣ１２３":
        commit(counter.field, character, clock)
    type_keys(counter, "\r", clock, 8)
    assert scans == ["ABC123"]
    assert counter.field.text() == ""


def test_person_composes_chinese_into_a_field(
    watcher: WedgeFilter, counter: Counter, clock: Clock, qtbot: QtBot
) -> None:
    counter.field.setFocus()
    for composing in ("l", "li", "li n"):
        clock.now_ms += 130
        QCoreApplication.sendEvent(counter.field, QInputMethodEvent(composing, []))
    clock.now_ms += 200
    commit(counter.field, "李娜", clock)
    qtbot.waitUntil(lambda: counter.field.text() == "李娜")


def test_scan_spoilt_by_an_input_method_is_told(watcher: WedgeFilter, counter: Counter, clock: Clock) -> None:
    spoilt: list[bool] = []
    watcher.spoilt.connect(lambda: spoilt.append(True))
    for composing in ("g", "gh", "gh1"):
        clock.now_ms += 8
        QCoreApplication.sendEvent(counter.field, QInputMethodEvent(composing, []))
    commit(counter.field, "工会", clock)
    type_keys(counter, "0700\r", clock, 8)
    assert spoilt == [True]
    assert counter.field.text() == ""


def alt_number(target: QWidget, number: str, clock: Clock) -> None:
    window = target.windowHandle()
    clock.now_ms += 4
    alt, pad = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.KeypadModifier
    QCoreApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Alt, alt))
    for digit in number:
        key = Qt.Key(ord(digit))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(window, QKeyEvent(kind, key, alt | pad, digit))
    none = Qt.KeyboardModifier.NoModifier
    QCoreApplication.sendEvent(window, QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_Alt, none))


def test_alt_and_numbers(watcher: WedgeFilter, counter: Counter, clock: Clock) -> None:
    scans: list[str] = []
    watcher.scanned.connect(lambda reading: scans.append(reading.text))
    for character in "MBR-0077":
        alt_number(counter, f"{ord(character):03d}", clock)
    type_keys(counter, "\r", clock, 8)
    assert scans == ["MBR-0077"]


def test_key_held_down_is_no_scanner(watcher: WedgeFilter, counter: Counter, clock: Clock) -> None:
    counter.field.setFocus()
    press = QEvent.Type.KeyPress
    for _ in range(12):
        clock.now_ms += 30
        repeat = QKeyEvent(press, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a", True)
        QCoreApplication.sendEvent(counter.windowHandle(), repeat)
    assert counter.field.text() == "a" * 12
