"""Plain Qt widgets with a role, and the two ways to set them beside each other."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from station_app.theme import Role, Room, icon, pixmap, px, set_role

Box = TypeVar("Box", bound=QBoxLayout)
Margins = tuple[int, int, int, int]
Item = QWidget | QLayout | int | None
"""What a row or column holds: a widget, a layout, a fixed distance in pixels, or None for a stretch."""


def label(role: Role, text: str = "", *, wrap: bool = False) -> QLabel:
    """A label of plain text: names and codes that were read are never taken for markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    set_role(made, role)
    return made


def symbol(name: str, colour: str = "ink", size_px: int = 24) -> QLabel:
    """A label that shows an icon. Give it another with `set_symbol`."""
    made = QLabel()
    made.setFixedSize(QSize(px(size_px), px(size_px)))
    set_symbol(made, name, colour)
    return made


def set_symbol(shown: QLabel, name: str, colour: str = "ink") -> None:
    shown.setPixmap(pixmap(name, colour, shown.width()))


def button(role: Role, icon_name: str | None = None, colour: str = "primary", room: Room = Room.BEHIND) -> QPushButton:
    """A button that Tab reaches, Space presses and no stray Enter of a scanner does."""
    made = QPushButton()
    made.setAutoDefault(False)
    set_role(made, role)
    if icon_name is not None:
        made.setIcon(icon(icon_name, "on-strong" if role in (Role.PRIMARY, Role.DANGER) else colour, room=room))
    return made


def frame(role: Role) -> QFrame:
    made = QFrame()
    set_role(made, role)
    return made


def row(items: Sequence[Item], spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    return _fill(QHBoxLayout(), items, spacing, margins)


def column(items: Sequence[Item], spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    return _fill(QVBoxLayout(), items, spacing, margins)


def _fill(box: Box, items: Sequence[Item], spacing: int, margins: Margins) -> Box:
    box.setSpacing(spacing)
    box.setContentsMargins(*margins)
    for item in items:
        match item:
            case None:
                box.addStretch(1)
            case int():
                box.addSpacing(item)
            case QWidget():
                box.addWidget(item)
            case _:
                box.addLayout(item)
    return box


def clear(layout: QLayout) -> None:
    """Take everything out of `layout` and let its widgets go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
