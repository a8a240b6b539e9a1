"""The camera's picture with the outlines of the codes that were found in it; a finger may choose one of them."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from station_app.theme import pixmap
from station_app.theme.tokens import COLOURS

Outline = Sequence[tuple[float, float]]
"""The corners of a code in pixels of the picture, in order around it."""

_CORNER_PX = 12
_MOST_CUT = 4 / 3
"""A picture may be enlarged by so much beyond what shows it whole, so that a code at its edge is seen."""
_FINGER_PX = 16
"""How far beside a code a finger may come down and still mean it."""
_NUMBER_PX = 40
_GROUND = QColor(COLOURS["ink"])
_FOUND = QColor("#39D98A")


class Picture(QWidget):
    """Shows the picture, its edges a little cut off rather than broad bars, or says why there is none."""

    touched = Signal(int)
    """A finger chose an outline: which, counted from 0."""

    def __init__(self, parent: QWidget | None = None, *, numbered: bool = False) -> None:
        """`numbered`: each outline bears its number, counted from 1, as in a list beside the picture."""
        super().__init__(parent)
        self._numbered = numbered
        self._image = QImage()
        self._outlines: tuple[QPolygonF, ...] = ()
        self._words, self._icon = "", "camera"
        self.setMinimumSize(QSize(280, 200))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_frame(self, image: QImage, outlines: Sequence[Outline] = ()) -> None:
        self._image = image
        self._outlines = tuple(QPolygonF([QPointF(x, y) for x, y in outline]) for outline in outlines)
        self.update()

    def show_words(self, icon_name: str, words: str) -> None:
        """What stands where the picture would be, until the next frame."""
        self._image, self._outlines = QImage(), ()
        self._icon, self._words = icon_name, words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, 420)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, _CORNER_PX, _CORNER_PX)
        painter.setClipPath(shape)
        painter.fillRect(area, _GROUND)
        if self._image.isNull():
            self._paint_words(painter, area)
        else:
            self._paint_image(painter)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        shown = pixmap(self._icon, "on-strong", 56)
        painter.drawPixmap(QPointF(area.center().x() - 28, area.center().y() - 72), shown)
        painter.setPen(QColor(COLOURS["on-strong"]))
        below = area.adjusted(24, area.height() / 2, -24, -8)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(below, flags, self._words)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        chosen = self._outline_at(event.position())
        if chosen is not None:
            self.touched.emit(chosen)

    def _outline_at(self, place: QPointF) -> int | None:
        """The outline under the finger, the smallest where one lies within another; else the nearest in its reach."""
        in_picture, scale = self._placing().inverted()[0].map(place), self._scale()
        held = {
            number: polygon.boundingRect()
            for number, polygon in enumerate(self._outlines)
            if polygon.containsPoint(in_picture, Qt.FillRule.OddEvenFill)
        }
        if held:
            return min(held, key=lambda number: held[number].width() * held[number].height())
        reach = _FINGER_PX / scale
        near = {
            number: (bounds.center() - in_picture).manhattanLength()
            for number, polygon in enumerate(self._outlines)
            if (bounds := polygon.boundingRect().adjusted(-reach, -reach, reach, reach)).contains(in_picture)
        }
        return min(near, key=near.__getitem__) if near else None

    def _scale(self) -> float:
        """Pixels of the window for one of the picture."""
        if self._image.isNull():
            return 1.0
        across, down = self.width() / self._image.width(), self.height() / self._image.height()
        return min(max(across, down), min(across, down) * _MOST_CUT)

    def _placing(self) -> QTransform:
        """From pixels of the picture to those of the window."""
        centre, scale = QRectF(self.rect()).center(), self._scale()
        placing = QTransform.fromTranslate(centre.x(), centre.y()).scale(scale, scale)
        return placing.translate(-self._image.width() / 2, -self._image.height() / 2)

    def _paint_image(self, painter: QPainter) -> None:
        placing, scale = self._placing(), self._scale()
        painter.setTransform(placing)
        painter.drawImage(QPointF(0, 0), self._image)
        for outline in self._outlines:
            # Dark beneath bright, so that it is seen on white paper and on a black coat alike.
            for colour, thickness in ((_GROUND, 9.0), (_FOUND, 5.0)):
                pen = QPen(colour, thickness / scale)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolygon(outline)
        painter.resetTransform()
        if self._numbered:
            for number, outline in enumerate(self._outlines, start=1):
                _paint_number(painter, number, placing.map(outline.boundingRect().center()))


def _paint_number(painter: QPainter, number: int, centre: QPointF) -> None:
    disc = QRectF(0, 0, _NUMBER_PX, _NUMBER_PX)
    disc.moveCenter(centre)
    painter.setPen(QPen(_FOUND, 3))
    painter.setBrush(_GROUND)
    painter.drawEllipse(disc)
    font = painter.font()
    font.setBold(True)
    font.setPixelSize(_NUMBER_PX // 2)
    painter.setFont(font)
    painter.setPen(QColor(COLOURS["on-strong"]))
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(number))
