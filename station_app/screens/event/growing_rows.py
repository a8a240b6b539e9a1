"""Long lists of rows that are built as far as somebody looks, so that showing them never holds up the window."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.plain import button, clear, column

AT_ONCE = 15
"""Rows that are built at a time: a few milliseconds' work each ten."""

Row = TypeVar("Row")


class GrowingRows(QWidget):
    """Shows the first rows, and more at a touch. The same rows again change nothing, nor how many are open."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._shown: object = None
        self._waiting: list[Callable[[], QWidget]] = []
        self._rows = column([], spacing=12)
        self.more = button(Role.QUIET)
        self.more.clicked.connect(self._grow)
        self.setLayout(column([self._rows, self.more]))

    def show_rows(self, rows: Sequence[Row], build: Callable[[Row], QWidget]) -> None:
        """`build` makes the widget of one row, in the language of the moment."""
        if (shown := (tuple(rows), self._speaker.language)) == self._shown:
            return
        self._shown = shown
        clear(self._rows)
        self._waiting = [partial(build, row) for row in rows]
        self._grow()

    def _grow(self) -> None:
        now, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        for make in now:
            self._rows.addWidget(make())
        self.more.setText(self._speaker.say("event.more", count=len(self._waiting)))
        self.more.setVisible(bool(self._waiting))
