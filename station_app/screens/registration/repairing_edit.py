"""A line of text that mends itself while it is typed."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget


class RepairingEdit(QLineEdit):
    """Keeps its text the way `repair` makes it and the cursor behind the same character."""

    edited = Signal()
    """A person changed the text; it is mended already."""

    def __init__(self, repair: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._repair = repair
        self.textEdited.connect(self._mend)

    def _mend(self, text: str) -> None:
        mended = self._repair(text)
        if mended != text:
            cursor = len(self._repair(text[: self.cursorPosition()]))
            self.setText(mended)
            self.setCursorPosition(cursor)
        self.edited.emit()
