"""The latest records, to be undone by those who made them or declared void by a supervisor."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from station_app.screens.event.growing_rows import GrowingRows
from station_app.screens.event.state import RecentRow
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.plain import Item, button, column, label, row
from station_app.widgets.scrolled import Scrolled
from station_core.people.member_no import grouped


class RecentPanel(QWidget):
    undo_wanted = Signal(object)
    """The RecordId."""
    void_wanted = Signal(object)
    """The RecordId."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._empty = label(Role.MUTED, wrap=True)
        self._rows = GrowingRows(speaker)
        scrolled = Scrolled()
        scrolled.box.addWidget(self._rows)
        scrolled.box.addStretch(1)
        whole = column([self._empty, scrolled], margins=(0, 12, 0, 0))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_records(self, records: tuple[RecentRow, ...]) -> None:
        self._empty.setText(self._speaker.say("event.recent.empty"))
        self._empty.setVisible(not records)
        self._rows.show_rows(records, self._line)

    def _line(self, record: RecentRow) -> QWidget:
        say = self._speaker.say
        who = record.member or say("event.recent.passer_by")
        words: list[Item] = [
            label(Role.BODY, say("event.recent.what", member=who, service=record.service), wrap=True),
            label(Role.MUTED, self._about(record), wrap=True),
        ]
        if (void := record.void) is not None:
            mark = say("event.recent.voided", reason=void.reason, by=void.by, at=void.at)
            words.append(label(Role.ERROR, mark, wrap=True))
        items: list[Item] = [column(words, spacing=0)]
        if record.void is None:
            items.append(self._button(record))
        line = row(items)
        line.setStretch(0, 1)
        shown = QWidget()
        shown.setLayout(line)
        return shown

    def _about(self, record: RecentRow) -> str:
        say, time = self._speaker.say, f"{record.at:%H:%M}"
        if record.number is None:
            return say("event.recent.line_passer_by", at=time, staff=record.staff)
        return say("event.recent.line", at=time, number=grouped(record.number), staff=record.staff)

    def _button(self, record: RecentRow) -> QPushButton:
        say, record_id = self._speaker.say, record.record_id
        if record.may_undo:
            made = button(Role.SECONDARY, "undo")
            made.setText(say("event.recent.undo"))
            made.clicked.connect(lambda: self.undo_wanted.emit(record_id))
        else:
            made = button(Role.QUIET)
            made.setText(say("event.recent.void"))
            made.clicked.connect(lambda: self.void_wanted.emit(record_id))
        return made
