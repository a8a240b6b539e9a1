"""What waits to be sent, by its kind in words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from station_app.screens.sync.state import Waiting
from station_app.texts import Speaker
from station_app.theme import Role, set_role
from station_app.widgets.plain import clear, column, label


class WaitingPanel(QFrame):
    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._shown: object = None
        self._title, self._note = label(Role.HEADING, wrap=True), label(Role.MUTED, wrap=True)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self.setLayout(column([self._title, self._grid, self._note], 12, (16, 16, 16, 16)))

    def show_waiting(self, waiting: tuple[Waiting, ...]) -> None:
        say = self._speaker.say
        self._title.setText(say("sync.waiting.title"))
        self._note.setText(say("sync.waiting.safe" if waiting else "sync.waiting.none"))
        if (shown := (waiting, self._speaker.language)) == self._shown:
            return
        self._shown = shown
        clear(self._grid)
        for line, one in enumerate(waiting):
            count = label(Role.BODY, say("sync.unit", count=one.count))
            self._grid.addWidget(label(Role.BODY, say(f"sync.kind.{one.kind.value}")), line, 0)
            self._grid.addWidget(count, line, 1, Qt.AlignmentFlag.AlignRight)
