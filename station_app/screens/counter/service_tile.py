"""One service as a tile: a touch records it, and for a while another takes it back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from station_app.screens.counter.state import Tile, Verdict
from station_app.screens.counter.verdicts import stock_line, verdict_line
from station_app.texts import Speaker
from station_app.theme import Role, Tone, px, set_role, set_tone
from station_app.widgets.plain import button, column, label, row, set_symbol, symbol

_TONES: dict[Verdict, Tone | None] = {
    Verdict.ALLOWED: Tone.INFO,
    Verdict.RECORDED: Tone.GOOD,
    Verdict.RECORDING: Tone.INFO,
    Verdict.USED_UP: None,
    Verdict.NOT_FOR_YOU: None,
    Verdict.NONE_LEFT: None,
}


class ServiceTile(QPushButton):
    wanted = Signal(object)
    """The ServiceCode to record."""
    undo_wanted = Signal(object)
    """The ServiceCode whose recording is to be taken back."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._tile: Tile | None = None
        self.setAutoDefault(False)
        set_role(self, Role.TILE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._icon, self._mark = symbol("service", size_px=32), symbol("close", "ink-muted", 18)
        self.name, self.line = label(Role.HEADING, wrap=True), label(Role.MUTED, wrap=True)
        self.undo = button(Role.SECONDARY, "undo")
        for passive in (self._icon, self._mark, self.name, self.line):
            passive.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        head = row([self._icon, self.name], spacing=10)
        head.setStretch(1, 1)
        foot = row([None, self.undo])
        verdict = row([self._mark, self.line], spacing=6)
        verdict.setStretch(1, 1)
        verdict.setAlignment(self._mark, Qt.AlignmentFlag.AlignTop)
        self._mark.setFixedHeight(px(24))  # the middle of the line's first row
        self.setLayout(column([head, verdict, None, foot], spacing=4, margins=(14, 10, 14, 8)))
        self.clicked.connect(self._clicked)
        self.undo.clicked.connect(self._undo_clicked)

    def show_tile(self, tile: Tile) -> None:
        self._tile = tile
        word, recorded = self._speaker.word, tile.verdict is Verdict.RECORDED
        tone = _TONES[tile.verdict]
        colour = tone.value if tone else "ink-muted"
        set_symbol(self._icon, tile.icon, colour)
        self._mark.setVisible(tone is None)
        self.name.setText(word(tile.name))
        stock = stock_line(tile)
        lines = (verdict_line(tile), stock) if stock else (verdict_line(tile),)
        self.line.setText("\n".join(word(each) for each in lines))
        self.undo.setText(self._speaker.say("counter.tile.undo", seconds=tile.undo_seconds))
        self.undo.setVisible(recorded and tile.undo_seconds > 0)
        set_tone(self, tone)
        # A recorded tile stays enabled for the button within it, but does nothing itself and keeps no focus.
        self.setEnabled(tile.verdict in (Verdict.ALLOWED, Verdict.RECORDED))
        allowed = tile.verdict is Verdict.ALLOWED
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if allowed else Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(f"{self.name.text()} {self.line.text()}")

    def _clicked(self) -> None:
        if self._tile is not None and self._tile.verdict is Verdict.ALLOWED:
            self.wanted.emit(self._tile.service)

    def _undo_clicked(self) -> None:
        if self._tile is not None:
            self.undo_wanted.emit(self._tile.service)
