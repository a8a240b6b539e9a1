"""What a member has had, newest first. What was declared void stays, with its mark."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from station_app.screens.event.growing_rows import GrowingRows
from station_app.screens.members.state import HistoryRow
from station_app.texts import Speaker
from station_app.theme import Role, set_role
from station_app.widgets.plain import Item, button, column, label, row


class HistoryPanel(QFrame):
    void_wanted = Signal(object)
    """The RecordId."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._title, self._empty = label(Role.HEADING), label(Role.MUTED)
        self.rows = GrowingRows(speaker)
        self.setLayout(column([self._title, self._empty, self.rows], margins=(16, 16, 16, 16)))

    def show_history(self, history: tuple[HistoryRow, ...]) -> None:
        self._title.setText(self._speaker.say("members.history.title"))
        self._empty.setText(self._speaker.say("members.history.empty"))
        self._empty.setVisible(not history)
        self.rows.show_rows(history, self._line)

    def _line(self, record: HistoryRow) -> QWidget:
        say, shown = self._speaker.say, QWidget()
        words: list[Item] = [
            label(Role.BODY, say("members.history.what", at=record.at, service=record.service), wrap=True),
            label(Role.MUTED, say("members.history.line", place=record.place, staff=record.staff), wrap=True),
        ]
        if record.void is not None:
            void = record.void
            mark = say("members.history.void", reason=void.reason, by=void.by, at=void.at)
            words.append(label(Role.ERROR, mark, wrap=True))
        items: list[Item] = [column(words, spacing=0)]
        if record.may_void and record.void is None:
            void_button = button(Role.QUIET)
            void_button.setText(say("members.history.void_button"))
            void_button.clicked.connect(lambda: self.void_wanted.emit(record.record_id))
            items.append(void_button)
        line = row(items)
        line.setStretch(0, 1)
        shown.setLayout(line)
        return shown
