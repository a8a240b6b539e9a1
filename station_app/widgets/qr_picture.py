"""A QR code on the screen, sharp at any size, for the camera of another machine."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from printing.qr import QUIET_ZONE_MODULES, QrCode, blocks, qr_code
from station_app.theme import px

_SIDE_PX = 240


class QrPicture(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._code = "", QrCode(0, ())
        self.setFixedSize(QSize(px(_SIDE_PX), px(_SIDE_PX)))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Nothing for an empty text."""
        if text != self._text:
            self._text = text
            self._code = qr_code(text) if text else QrCode(0, ())
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._text:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        module = self.width() // self._code.size_with_quiet_zone_modules
        edge = (self.width() - module * self._code.size_modules) // 2
        assert edge >= QUIET_ZONE_MODULES * module  # noqa: S101 - or no camera reads it
        for block in blocks(self._code):
            left, top = edge + block.column * module, edge + block.row * module
            painter.fillRect(QRect(left, top, block.width * module, block.height * module), QColor("black"))
        painter.end()
