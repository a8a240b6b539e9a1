"""What counters did without knowing of each other, for a person to look at."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.screens.event.growing_rows import GrowingRows
from station_app.screens.event.state import Conflict, ConflictKind
from station_app.texts import Speaker
from station_app.theme import Role, Tone
from station_app.widgets.chip import Chip
from station_app.widgets.plain import button, column, label, row
from station_app.widgets.scrolled import Scrolled

_MARKS = {
    ConflictKind.OVER_USE: ("warn_triangle", Tone.WARN),
    ConflictKind.OVER_STOCK: ("warn_triangle", Tone.WARN),
    ConflictKind.OVERDRAWN: ("warn_triangle", Tone.WARN),
    ConflictKind.MERGED: ("info_square", Tone.INFO),
    ConflictKind.REVOKED_CARD: ("cross_octagon", Tone.BAD),
}


class ConflictsPanel(QWidget):
    seen = Signal(str)
    """The conflict's id: somebody has looked at it."""

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

    def show_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        self._empty.setText(self._speaker.say("event.conflict.empty"))
        self._empty.setVisible(not conflicts)
        self._rows.show_rows(conflicts, self._line)

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
