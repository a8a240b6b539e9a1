"""Run as a process by `bench.start`: opens a window and prints the moment at which it is usable, then ends.

The first argument says what: ``empty`` for a QMainWindow with nothing in it, ``kiosk`` for the station whose folder is
the second argument.
"""

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget


def main() -> None:
    app = QApplication(sys.argv[:1])
    looking = QTimer(app)
    looking.setInterval(1)
    looking.timeout.connect(lambda: _look(app, looking, pad=sys.argv[1] == "kiosk"))
    looking.start()
    if sys.argv[1] == "empty":
        window = QMainWindow()
        window.resize(1280, 800)
        window.show()
        app.exec()
        return
    from pathlib import Path

    from station_app.kiosk import open_kiosk

    open_kiosk(Path(sys.argv[2]))


def _look(app: QApplication, looking: QTimer, *, pad: bool) -> None:
    """A timer fires once nothing else waits: by then what is on the screen has been painted."""
    window = next((one for one in app.topLevelWidgets() if one.isVisible()), None)
    handle = window.windowHandle() if window else None
    if window is None or handle is None or not handle.isExposed() or (pad and not _pad_is_usable(window)):
        return
    looking.stop()
    QTimer.singleShot(0, lambda: _report(app))


def _pad_is_usable(window: QWidget) -> bool:
    digits = [button for button in window.findChildren(QAbstractButton) if button.text() in tuple("0123456789")]
    return len(digits) == 10 and all(button.isEnabled() and button.isVisible() for button in digits)


def _report(app: QApplication) -> None:
    print(time.monotonic(), flush=True)
    app.quit()


main()
