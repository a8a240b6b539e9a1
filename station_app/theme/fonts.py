"""The fonts that the window needs: Noto Sans SC from the first picture on, HanaMinB for rare characters a
little later."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QThread, Signal
from PySide6.QtGui import QFont, QFontDatabase

from resources import path

FAMILIES = ["Noto Sans SC", "HanaMinB"]
"""Qt takes each character from the first of these that has it."""

_AT_ONCE = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_RARE = "HanaMinB.ttf"


class FontError(OSError):
    """A font file that belongs to the product cannot be read: install the product again."""


def load_base_fonts() -> None:
    """Raises FontError. Loading twice does no harm."""
    known = set(QFontDatabase.families())
    if FAMILIES[0] in known:
        return
    for name in _AT_ONCE:
        if QFontDatabase.addApplicationFont(str(path("fonts", name))) < 0:
            raise FontError(name)


def base_font(size_px: int) -> QFont:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(size_px)
    return font


class _Reader(QThread):
    """Reads one file and ends.

    Woken once, by its start; drops nothing; a file that cannot be read gives no bytes.
    """

    done = Signal(QByteArray)

    def run(self) -> None:
        try:
            data = path("fonts", _RARE).read_bytes()
        except OSError:
            data = b""
        self.done.emit(QByteArray(data))


def load_rare_fonts(owner: QObject, then: Callable[[bool], None] | None = None) -> None:
    """Read the 30 MB of HanaMinB beside the window's thread and add it; `then` hears whether it is there.

    Without it rare characters show as boxes; nothing else suffers, so the window does not wait for it.
    """
    reader = _Reader(owner)

    def add(data: QByteArray) -> None:
        there = not data.isEmpty() and QFontDatabase.addApplicationFontFromData(data) >= 0
        if then is not None:
            then(there)

    reader.done.connect(add)
    reader.finished.connect(reader.deleteLater)
    if (app := QCoreApplication.instance()) is not None:
        app.aboutToQuit.connect(reader.wait)  # a thread must not outlive the window it reads for
    reader.start()
