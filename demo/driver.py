"""Working the real kiosk as a person would: looking, touching, typing; and taking pictures of it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from station_app.composition import Kiosk
from station_app.home.facts import StationFacts
from station_app.theme import apply_theme

PATIENCE_S = 30.0
_KEY_MS = 60
"""Slower than a scanner types, so that it is taken for a person."""

T = TypeVar("T")


class NothingHappened(RuntimeError):
    """The kiosk did not show what it should; the text says what was waited for."""


class KioskDriver:
    """A kiosk on a screen that may be in memory only. `pictures` is where its pictures go."""

    def __init__(self, home: Path, camera: str, pictures: Path) -> None:
        app = QApplication.instance() or QApplication([])
        if not isinstance(app, QApplication):
            raise TypeError("the kiosk needs a QApplication")
        apply_theme(app, scale=1.0)
        self._app = app
        self._pictures = pictures
        pictures.mkdir(parents=True, exist_ok=True)
        self.kiosk = Kiosk(home, StationFacts.read(home), camera)
        self.kiosk.window.show()
        self.look_for(0.3)

    def close(self) -> None:
        self.kiosk.window.close()
        self.kiosk.stop()
        self._app.processEvents()

    def wait_for(self, what: str, answer: Callable[[], T | bool | None]) -> T:
        """Look until `answer` gives something. Raises NothingHappened."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            self._app.processEvents()
            found = answer()
            if found is not None and found is not False:
                return found  # type: ignore[return-value]
            time.sleep(0.005)
        self.take_picture("what-it-showed-instead")
        raise NothingHappened(f"waited {PATIENCE_S:.0f} s in vain for: {what}")

    def look_for(self, seconds: float) -> None:
        """Let the kiosk go on for so long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._app.processEvents()
            time.sleep(0.005)

    def take_picture(self, name: str) -> Path:
        self.look_for(0.2)
        file = self._pictures / f"{name}.png"
        self.kiosk.window.grab().save(str(file))
        return file

    def touch(self, widget: QWidget) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self._app.processEvents()

    def type_into(self, field: QLineEdit, text: str) -> None:
        """Key by key where the keyboard has the keys; other characters as an input method brings them."""
        field.setFocus()
        if text.isascii():
            QTest.keyClicks(field, text, delay=_KEY_MS)
        else:
            field.insert(text)
            field.textEdited.emit(field.text())
        self._app.processEvents()
