"""Enter leads from one field to the next, so that a form can be filled in without a mouse."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterOrder(QObject):
    """The `stops` in their order, and `last`, the button that Enter presses.

    A stop among `own_enter` does something else with Enter and is left by calling `leave`.
    """

    def __init__(
        self, stops: Sequence[QWidget], own_enter: Sequence[QWidget], last: QPushButton, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._stops, self._last = (*stops, last), last
        for stop in self._stops:
            if stop not in own_enter:
                stop.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in _ENTER
            and isinstance(watched, QWidget)
        ):
            self.leave(watched)
            return True
        return super().eventFilter(watched, event)

    def leave(self, stop: QWidget) -> None:
        """Go to the first stop after `stop` that can be used now; from the last one, press it."""
        if stop is self._last:
            self._last.click()
            return
        for each in self._stops[self._stops.index(stop) + 1 :]:
            if each.isVisibleTo(each.window()) and each.isEnabled():
                each.setFocus(Qt.FocusReason.TabFocusReason)
                return
