"""Bands of colour with a symbol: what happened and what to do.

Told apart by colour, by the symbol's shape and in words.
"""

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from station_app.theme import Role, Tone, set_role, set_tone
from station_app.widgets.plain import column, label, row, set_symbol, symbol

SYMBOLS: dict[Tone, str] = {
    Tone.GOOD: "check_circle",
    Tone.WARN: "warn_triangle",
    Tone.BAD: "cross_octagon",
    Tone.INFO: "info_square",
}
"""A circle, a triangle, an octagon and a square: different in outline, for those who see no colour."""


class Banner(QFrame):
    """A symbol, a heading and a line beneath.

    `Role.OUTCOME` fills the width in strong colour, `Role.BANNER` is soft.
    """

    def __init__(self, role: Role = Role.BANNER, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        strong = role is Role.OUTCOME
        set_role(self, role)
        self._strong = strong
        self.symbol_name = "info_square"
        self._symbol = symbol(self.symbol_name, size_px=48 if strong else 28)
        self.heading = label(Role.TITLE if strong else Role.HEADING, wrap=True)
        self.detail = label(Role.BODY, wrap=True)
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = column([None, self.heading, self.detail, None], spacing=2)
        self.line = row([self._symbol, words], spacing=16, margins=(20, 10, 20, 10))
        self.line.setStretch(1, 1)
        self.setLayout(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _colour(self, tone: Tone) -> str:
        if not self._strong:
            return tone.value
        return "ink" if tone is Tone.WARN else "on-strong"  # strong amber is light

    def show_words(self, tone: Tone, heading: str, detail: str = "", symbol_name: str = "") -> None:
        """The tone's own symbol, unless another is named."""
        set_tone(self, tone)
        self.symbol_name = symbol_name or SYMBOLS[tone]
        set_symbol(self._symbol, self.symbol_name, self._colour(tone))
        self.heading.setText(heading)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.setAccessibleName(f"{heading} {detail}".strip())
