"""Qt's side of USB scanners that type: every key goes through here before any window sees it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic_ns
from typing import Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent

from station_app.scanning.keystroke_assembler import Decision, KeystrokeAssembler, Verdict
from station_app.scanning.keystrokes import Key, Keystroke
from station_app.scanning.readings import EngineName, Reading, Symbology

_WATCHED: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod})
_ENDS: Final[dict[int, Key]] = {
    Qt.Key.Key_Return: Key.ENTER,
    Qt.Key.Key_Enter: Key.ENTER,
    Qt.Key.Key_Tab: Key.TAB,
}
_SILENT: Final[frozenset[int]] = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_Alt})
_COMMAND: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier


@dataclass(frozen=True, slots=True)
class _Held:
    """An event kept back until its burst is decided. A release follows its press and is not counted."""

    receiver: QObject
    event: QEvent
    is_counted: bool


class WedgeFilter(QObject):
    """Finds scans among all keystrokes of the program, whatever has the focus, and keeps them from windows.

    Keystrokes are held back while they may still be a scan, a twentieth of a second after the last one at
    most for a person; a person's are then delivered to whom they were meant for, as they were and in their
    order. Commands (Ctrl, arrows, function keys) are never held. Lives in the GUI thread, one for the
    program.
    """

    scanned = Signal(Reading)
    """A scan, its text repaired."""
    spoilt = Signal()
    """A scanner typed, and an input method made other characters of it: ask staff to switch to English input
    and scan again.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        assembler: KeystrokeAssembler | None = None,
        clock_ms: Callable[[], int] = lambda: monotonic_ns() // 1_000_000,
    ) -> None:
        super().__init__(parent)
        self._assembler = assembler or KeystrokeAssembler()
        self._clock_ms = clock_ms
        self._held: deque[_Held] = deque()
        self._given_back: set[int] = set()
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._give_up_waiting)

    def install(self, application: QCoreApplication) -> None:
        """Starts to watch."""
        application.installEventFilter(self)

    def remove(self, application: QCoreApplication) -> None:
        """Stops to watch; what is held is decided first."""
        self._give_up_waiting()
        application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _WATCHED or _address(event) in self._given_back:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            return self._take_release(watched, event)
        stroke = self._stroke_of(event)
        if stroke is None:
            self._give_up_waiting()  # what came before it is delivered before it
            return False
        self._hold(watched, event, stroke)
        return True

    def _take_release(self, watched: QObject, event: QKeyEvent) -> bool:
        if not self._held:
            return False
        if event.key() == Qt.Key.Key_Alt:
            self._hold(watched, event, Keystroke(Key.ALT_RELEASED, "", self._clock_ms()))
        else:
            self._held.append(_Held(watched, event.clone(), is_counted=False))
        return True

    def _stroke_of(self, event: QEvent) -> Keystroke | None:
        """The event in the assembler's words; None where no scanner makes such a one."""
        if isinstance(event, QInputMethodEvent):
            return _composed(event, self._clock_ms())
        return _pressed(event, self._clock_ms()) if isinstance(event, QKeyEvent) else None

    def _hold(self, watched: QObject, event: QEvent, stroke: Keystroke) -> None:
        self._held.append(_Held(watched, event.clone(), is_counted=True))
        for decision in self._assembler.feed(stroke):
            self._carry_out(decision)
        if self._held:
            self._timer.start(self._assembler.patience_ms + 1)

    def _give_up_waiting(self) -> None:
        self._timer.stop()
        for decision in self._assembler.pause():
            self._carry_out(decision)

    def _carry_out(self, decision: Decision) -> None:
        events = self._release(decision.count)
        match decision.verdict:
            case Verdict.HUMAN:
                self._give_back(events)
            case Verdict.SCAN:
                self.scanned.emit(Reading(decision.text, Symbology.TYPED, EngineName.WEDGE))
            case Verdict.SPOILT:
                self.spoilt.emit()
            case Verdict.REPETITION:
                pass

    def _release(self, count: int) -> list[_Held]:
        """The oldest `count` keystrokes and the releases that belong to them."""
        events: list[_Held] = []
        while self._held and (count > 0 or not self._held[0].is_counted):
            held = self._held.popleft()
            count -= held.is_counted
            events.append(held)
        return events

    def _give_back(self, events: list[_Held]) -> None:
        """Delivers what a person typed. What it sets off may run an event loop of its own, in which others'
        keys are watched on.
        """
        for held in events:
            if not shiboken6.isValid(held.receiver):
                continue
            address = _address(held.event)
            self._given_back.add(address)
            try:
                QCoreApplication.sendEvent(held.receiver, held.event)
            finally:
                self._given_back.discard(address)


def _address(event: QEvent) -> int:
    """Tells events apart on their way from a window through its widgets."""
    return int(shiboken6.getCppPointer(event)[0])


def _pressed(event: QKeyEvent, at_ms: int) -> Keystroke | None:
    modifiers, key = event.modifiers(), event.key()
    if event.isAutoRepeat() or modifiers & _COMMAND:
        return None
    if key in _SILENT:
        return Keystroke(Key.SHIFT, "", at_ms)
    if modifiers & Qt.KeyboardModifier.AltModifier:
        is_digit = Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and bool(modifiers & Qt.KeyboardModifier.KeypadModifier)
        return Keystroke(Key.ALT_DIGIT, chr(key), at_ms) if is_digit else None
    if (end := _ENDS.get(key)) is not None:
        return Keystroke(end, "", at_ms)
    if not event.text().isprintable() or not event.text():
        return None
    return Keystroke(Key.TEXT, event.text(), at_ms, bool(modifiers & Qt.KeyboardModifier.ShiftModifier))


def _composed(event: QInputMethodEvent, at_ms: int) -> Keystroke | None:
    if event.replacementLength():
        return None
    if event.commitString():
        return Keystroke(Key.COMMIT, event.commitString(), at_ms)
    return Keystroke(Key.PREEDIT, event.preeditString(), at_ms) if event.preeditString() else None
