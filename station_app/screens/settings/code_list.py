"""The kinds of code that other systems' cards bear: those that are ticked are read, too."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from station_app.screens.settings.state import CodeKind
from station_app.texts import Speaker
from station_app.widgets.plain import column


class CodeList(QWidget):
    """Showing a tick says nothing; only a person's touch does."""

    switched = Signal(str, bool)
    """The kind, and whether it is to be read."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._rows: QVBoxLayout = column([], spacing=4)
        self.ticks: dict[str, QCheckBox] = {}
        self.setLayout(self._rows)

    def show_codes(self, codes: tuple[CodeKind, ...]) -> None:
        for code in codes:
            tick = self.ticks.get(code.kind) or self._add(code.kind)
            tick.setText(self._speaker.say(f"settings.codes.{code.kind}"))
            tick.setChecked(code.is_read)

    def _add(self, kind: str) -> QCheckBox:
        made = self.ticks[kind] = QCheckBox()
        made.clicked.connect(lambda is_read: self.switched.emit(kind, is_read))
        self._rows.addWidget(made)
        return made
