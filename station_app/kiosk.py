"""Opening the kiosk's window."""

import sys
from pathlib import Path


def open_kiosk(home: Path, camera: str | None = None, *, full_screen: bool = False) -> int:
    """Show the window of the station in `home` until it is closed. Raises the errors of `station_app.home.errors`.

    `camera` is a camera's number, a device, an address, or a picture, folder or video; None for the one chosen in the
    settings.
    """
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
    try:
        return app.exec()
    finally:
        kiosk.stop()
