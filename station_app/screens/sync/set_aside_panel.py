"""Records that are kept and not counted, each with its reason."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from station_app.screens.sync.state import SetAside
from station_app.texts import Speaker
from station_app.theme import Role, set_role
from station_app.widgets.plain import clear, column, label


class SetAsidePanel(QFrame):
    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._shown: object = None
        self._title, self._note = label(Role.HEADING, wrap=True), label(Role.MUTED, wrap=True)
        self._rows: QVBoxLayout = column([], spacing=12)
        self.setLayout(column([self._title, self._note, self._rows], 8, (16, 16, 16, 16)))

    def show_records(self, records: tuple[SetAside, ...]) -> None:
        say = self._speaker.say
        self._title.setText(say("sync.set_aside.title", count=len(records)))
        self._note.setText(say("sync.set_aside.note" if records else "sync.set_aside.none"))
        if (shown := (records, self._speaker.language)) == self._shown:
            return
        self._shown = shown
        clear(self._rows)
        for each in records:
            kind = say(f"sync.kind.{each.kind.value}")
            about = say("sync.set_aside.line", at=each.at, source=each.source, kind=kind)
            entry = QWidget()
            reason = label(Role.BODY, self._speaker.word(each.reason), wrap=True)
            entry.setLayout(column([reason, label(Role.MUTED, about, wrap=True)], spacing=0))
            self._rows.addWidget(entry)
