"""What counters did without knowing of each other, for a person to look at."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.screens.event.state import Conflict, ConflictKind
from station_app.texts import Speaker
from station_app.theme import Role, Tone
from station_app.widgets.chip import Chip
from station_app.widgets.plain import button, clear, column, label, row
from station_app.widgets.scrolled import Scrolled

_MARKS = {
    ConflictKind.OVER_USE: ("warn_triangle", Tone.WARN),
    ConflictKind.OVER_STOCK: ("warn_triangle", Tone.WARN),
    ConflictKind.MERGED: ("info_square", Tone.INFO),
    ConflictKind.REVOKED_CARD: ("cross_octagon", Tone.BAD),
}


class ConflictsPanel(QWidget):
    seen = Signal(str)
    """The conflict's id: somebody has looked at it."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._shown: object = None
        self._empty = label(Role.MUTED, wrap=True)
        self._rows = Scrolled(spacing=12)
        whole = column([self._empty, self._rows], margins=(0, 12, 0, 0))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        self._empty.setText(self._speaker.say("event.conflict.empty"))
        self._empty.setVisible(not conflicts)
        if (shown := (conflicts, self._speaker.language)) == self._shown:
            return
        self._shown = shown
        clear(self._rows.box)
        for each in conflicts:
            self._rows.box.addWidget(self._line(each))
        self._rows.box.addStretch(1)

    def _line(self, conflict: Conflict) -> QWidget:
        say = self._speaker.say
        chip, seen = Chip(), button(Role.QUIET)
        icon_name, tone = _MARKS[conflict.kind]
        chip.show_words(icon_name, say(f"event.conflict.{conflict.kind.value}"), tone)
        seen.setText(say("event.conflict.seen"))
        seen.clicked.connect(lambda: self.seen.emit(conflict.conflict_id))
        what = say("event.conflict.line", at=conflict.at, what=conflict.what)
        words = column(
            [row([chip, None]), label(Role.BODY, conflict.who, wrap=True), label(Role.MUTED, what, wrap=True)],
            spacing=4,
        )
        line = row([words, seen])
        line.setStretch(0, 1)
        shown = QWidget()
        shown.setLayout(line)
        return shown
