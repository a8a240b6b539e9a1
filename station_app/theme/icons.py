"""Stroke icons of resources/icons, drawn in a colour of the theme."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import path
from station_app.theme.tokens import COLOURS

FALLBACK = "service"
"""Shown for a catalogue's icon that this version does not have."""


@cache
def _source(name: str) -> str:
    file = path("icons", f"{name}.svg")
    return (file if file.is_file() else path("icons", f"{FALLBACK}.svg")).read_text(encoding="utf-8")


def pixmap(name: str, colour: str = "ink", size_px: int = 24, ratio: float = 2.0) -> QPixmap:
    """The icon `name` in the theme's colour `colour`, sharp on screens of up to `ratio` device pixels a pixel."""
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", COLOURS[colour]).encode()))
    picture = QPixmap(QSize(size_px, size_px) * ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str = "ink", checked: str | None = None) -> QIcon:
    """An icon for a button; `checked` is its colour while the button is checked."""
    made = QIcon(pixmap(name, colour, 48, 1.0))
    made.addPixmap(pixmap(name, "ink-muted", 48, 1.0), QIcon.Mode.Disabled)
    if checked is not None:
        made.addPixmap(pixmap(name, checked, 48, 1.0), QIcon.Mode.Normal, QIcon.State.On)
    return made
