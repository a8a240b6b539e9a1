"""The camera's picture with the outlines of the codes that were found in it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from station_app.theme import pixmap
from station_app.theme.tokens import COLOURS

Outline = Sequence[tuple[float, float]]
"""The corners of a code in pixels of the picture, in order around it."""

_CORNER_PX = 12
_MOST_CUT = 4 / 3
"""A picture may be enlarged by so much beyond what shows it whole, so that a code at its edge is seen."""
_GROUND = QColor(COLOURS["ink"])


class Picture(QWidget):
    """Shows the picture, its edges a little cut off rather than broad bars, or says why there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
            self._paint_image(painter, area)

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        shown = pixmap(self._icon, "on-strong", 56)
        painter.drawPixmap(QPointF(area.center().x() - 28, area.center().y() - 72), shown)
        painter.setPen(QColor(COLOURS["on-strong"]))
        below = area.adjusted(24, area.height() / 2, -24, -8)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(below, flags, self._words)

    def _paint_image(self, painter: QPainter, area: QRectF) -> None:
        width, height = self._image.width(), self._image.height()
        across, down = area.width() / width, area.height() / height
        scale = min(max(across, down), min(across, down) * _MOST_CUT)
        painter.translate(area.center())
        painter.scale(scale, scale)
        painter.translate(-width / 2, -height / 2)
        painter.drawImage(QPointF(0, 0), self._image)
        for outline in self._outlines:
            # Dark beneath bright, so that it is seen on white paper and on a black coat alike.
            for colour, thickness in ((_GROUND, 9.0), (QColor("#39D98A"), 5.0)):
                pen = QPen(colour, thickness / scale)
                pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
                painter.setPen(pen)
                painter.drawPolygon(outline)
