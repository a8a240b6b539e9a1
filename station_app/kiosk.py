"""Opening the kiosk's window."""

import gc
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

LISTEN_EVERY_MS = 250
STARTED_AFTER_MS = 2_000


def open_kiosk(home: Path, camera: str | None = None, *, full_screen: bool = False) -> int:
    """Show the window of the station in `home` until it is closed. Raises the errors of `station_app.home.errors`.

    `camera` is a camera's number, a device, an address, or a picture, folder or video; None for the one chosen in the
    settings.
    """
    gc.disable()
    from PySide6.QtWidgets import QApplication

    from station_app.composition import Kiosk
    from station_app.home.facts import StationFacts
    from station_app.theme import apply_theme

    facts = StationFacts.read(home)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("the window needs a QApplication")
    apply_theme(app)
    kiosk = Kiosk(home, facts, camera)
    if full_screen:
        kiosk.window.showFullScreen()
    else:
        kiosk.window.show()
    _collect_garbage_again(app)
    _end_with_the_session(app)
    try:
        return app.exec()
    finally:
        kiosk.stop()


def _collect_garbage_again(app: "QApplication") -> None:
    """What a start makes stays: looking through it for garbage delays the first picture, and every later one."""
    from PySide6.QtCore import QTimer

    def started() -> None:
        gc.freeze()
        gc.enable()

    QTimer.singleShot(STARTED_AFTER_MS, app, started)


def _end_with_the_session(app: "QApplication") -> None:
    """Ctrl-C and the end of the desktop session close the window, so that everything is stopped in order.

    Python hears a signal only while it runs, and Qt's loop may sleep for long: the timer lets it run.
    """
    from PySide6.QtCore import QTimer

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: app.quit())
    timer = QTimer(app)
    timer.timeout.connect(lambda: None)
    timer.start(LISTEN_EVERY_MS)
