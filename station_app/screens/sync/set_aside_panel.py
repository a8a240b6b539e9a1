"""Records that are kept and not counted, each with its reason."""

from PySide6.QtWidgets import QFrame, QWidget

from station_app.screens.event.growing_rows import GrowingRows
from station_app.screens.sync.state import SetAside
from station_app.texts import Speaker
from station_app.theme import Role, set_role
from station_app.widgets.plain import column, label


class SetAsidePanel(QFrame):
    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._title, self._note = label(Role.HEADING, wrap=True), label(Role.MUTED, wrap=True)
        self._rows = GrowingRows(speaker)
        self.setLayout(column([self._title, self._note, self._rows], 8, (16, 16, 16, 16)))

    def show_records(self, records: tuple[SetAside, ...]) -> None:
        say = self._speaker.say
        self._title.setText(say("sync.set_aside.title", count=len(records)))
        self._note.setText(say("sync.set_aside.note" if records else "sync.set_aside.none"))
        self._rows.show_rows(records, self._line)

    def _line(self, record: SetAside) -> QWidget:
        say, entry = self._speaker.say, QWidget()
        kind = say(f"sync.kind.{record.kind.value}")
        about = say("sync.set_aside.line", at=record.at, source=record.source, kind=kind)
        reason = label(Role.BODY, self._speaker.word(record.reason), wrap=True)
        entry.setLayout(column([reason, label(Role.MUTED, about, wrap=True)], spacing=0))
        return entry
