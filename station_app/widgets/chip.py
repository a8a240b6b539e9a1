"""A chip: an icon and a few words on the state of something, in a tone."""

from PySide6.QtWidgets import QFrame, QWidget

from station_app.theme import Role, Tone, set_role, set_tone
from station_app.widgets.plain import label, row, set_symbol, symbol


class Chip(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CHIP)
        self._symbol = symbol("info_square", "ink-muted", 20)
        self._words = label(Role.BODY)
        self.setLayout(row([self._symbol, self._words], spacing=8, margins=(12, 2, 14, 2)))

    def show_words(self, icon_name: str, words: str, tone: Tone | None = None) -> None:
        set_tone(self, tone)
        set_symbol(self._symbol, icon_name, tone.value if tone else "ink-muted")
        self._words.setText(words)
        self.setAccessibleName(words)

    def words(self) -> str:
        return self._words.text()
