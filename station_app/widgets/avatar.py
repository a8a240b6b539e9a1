"""A person's photo in a rounded square, or their initials on a calm ground."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from station_app.theme import px
from station_app.theme.tokens import COLOURS
from station_app.words import initials


class Avatar(QWidget):
    def __init__(self, size_px: int = 48, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = "?"
        self._photo: QPixmap | None = None
        self.setFixedSize(QSize(px(size_px), px(size_px)))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_person(self, name: str, photo: bytes | None = None) -> None:
        """`photo` is a JPEG or PNG; bytes that are neither show the initials."""
        self._initials = initials(name)
        image = QImage.fromData(photo) if photo else QImage()
        self._photo = None if image.isNull() else QPixmap.fromImage(image)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, area.width() / 4, area.width() / 4)
        if self._photo is not None:
            painter.setClipPath(shape)
            self._paint_photo(painter, self._photo, area)
            return
        painter.fillPath(shape, QColor(COLOURS["primary-soft"]))
        painter.setPen(QColor(COLOURS["primary"]))
        font = painter.font()
        font.setBold(True)
        font.setPixelSize(round(area.width() * (0.36 if len(self._initials) > 1 else 0.5)))
        painter.setFont(font)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._initials)

    @staticmethod
    def _paint_photo(painter: QPainter, photo: QPixmap, area: QRectF) -> None:
        """The largest square of the photo; of a portrait its upper part, where the face is."""
        side = min(photo.width(), photo.height())
        left, top = (photo.width() - side) / 2, (photo.height() - side) / 4
        painter.drawPixmap(area, photo, QRectF(left, top, side, side))
