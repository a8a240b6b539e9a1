"""Stroke icons of resources/icons, drawn in a colour of the theme."""

from enum import Enum
from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from resources import path
from station_app.theme.tokens import COLOURS

FALLBACK = "service"
"""Shown for a catalogue's icon that this version does not have."""

_DRAWN_PX = 48


class Room(Enum):
    """Where an icon keeps the distance to a button's text, since Qt leaves next to none between them."""

    NONE = 0.0
    BEHIND = 0.28
    BEFORE = -0.28


@cache
def _source(name: str) -> str:
    file = path("icons", f"{name}.svg")
    return (file if file.is_file() else path("icons", f"{FALLBACK}.svg")).read_text(encoding="utf-8")


def pixmap(name: str, colour: str = "ink", size_px: int = 24, ratio: float = 2.0, room: Room = Room.NONE) -> QPixmap:
    """The icon `name` in the theme's colour `colour`, sharp on screens of up to `ratio` device pixels a
    pixel."""
    key = f"{name}/{colour}/{size_px}/{ratio}/{room.name}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    drawn = _draw(name, colour, size_px * ratio, room)
    drawn.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, drawn)
    return drawn


def _draw(name: str, colour: str, side: float, room: Room) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", COLOURS[colour]).encode()))
    distance = side * abs(room.value)
    picture = QPixmap(QSize(round(side + distance), round(side)))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(distance if room is Room.BEFORE else 0, 0, side, side))
    painter.end()
    return picture


def icon(name: str, colour: str = "ink", checked: str | None = None, room: Room = Room.BEHIND) -> QIcon:
    """An icon for a button; `checked` is its colour while the button is checked.

    Without text beside it, take Room.NONE.
    """
    made = QIcon(pixmap(name, colour, _DRAWN_PX, 1.0, room))
    made.addPixmap(pixmap(name, "ink-muted", _DRAWN_PX, 1.0, room), QIcon.Mode.Disabled)
    if checked is not None:
        made.addPixmap(pixmap(name, checked, _DRAWN_PX, 1.0, room), QIcon.Mode.Normal, QIcon.State.On)
    return made
