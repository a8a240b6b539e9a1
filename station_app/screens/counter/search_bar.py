"""The search field that stands above every view of the counter, and the way to the next person."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import button, row, symbol

_ICON_PX = 22
_PAUSE_MS = 250
"""Typing that rests for so long is searched for without Enter."""


class SearchBar(QWidget):
    search_wanted = Signal(str)
    """What to search for, without spaces around it; never empty."""
    next_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self.field, self.next = QLineEdit(), button(Role.SECONDARY, "next")
        self.field.setClearButtonEnabled(True)
        self.field.setTextMargins(px(_ICON_PX) + 10, 0, 0, 0)
        lens = symbol("search", "ink-muted", _ICON_PX)
        lens.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.field.setLayout(row([lens, None], margins=(16, 0, 0, 0)))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.field.textEdited.connect(self._pause.start)
        self.field.returnPressed.connect(self._search)
        self.next.clicked.connect(self._next)
        QShortcut(QKeySequence("Ctrl+F"), self, self.take_focus)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._next)
        line = row([self.field, self.next], spacing=12)
        line.setStretch(0, 1)
        self.setLayout(line)

    def retranslate(self) -> None:
        say = self._speaker.say
        self.field.setPlaceholderText(say("counter.search.placeholder"))
        self.field.setAccessibleName(say("counter.search.placeholder"))
        self.next.setText(say("counter.search.next"))
        self.next.setToolTip(say("counter.search.next_hint"))

    def show_next(self, visible: bool) -> None:
        self.next.setVisible(visible)

    def clear(self) -> None:
        self._pause.stop()
        self.field.clear()

    def take_focus(self) -> None:
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _search(self) -> None:
        self._pause.stop()
        if text := self.field.text().strip():
            self.search_wanted.emit(text)

    def _next(self) -> None:
        self.clear()
        self.next_wanted.emit()
