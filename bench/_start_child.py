"""Run as a process by `bench.start`: opens a window and prints the moment at which it is usable, then ends.

The first argument says what: ``empty`` for a QMainWindow with nothing in it, ``dressed`` for one with the product's
fonts, a style sheet and a pad of buttons, ``kiosk`` for the station whose folder is the second argument.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget

FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts"


def main() -> None:
    app = QApplication(sys.argv[:1])
    looking = QTimer(app)
    looking.setInterval(1)
    looking.timeout.connect(lambda: _look(app, looking, pad=sys.argv[1] == "kiosk"))
    looking.start()
    if sys.argv[1] == "kiosk":
        from station_app.kiosk import open_kiosk

        open_kiosk(Path(sys.argv[2]))
        return
    window = QMainWindow()
    window.resize(1280, 800)
    if sys.argv[1] == "dressed":
        _dress(app, window)
    window.show()
    app.exec()


def _dress(app: QApplication, window: QMainWindow) -> None:
    """What any window in Chinese with a few buttons costs, with none of our code in it."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QFontDatabase
    from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

    for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"):
        QFontDatabase.addApplicationFont(str(FONTS / name))
    app.setStyleSheet('* { font-family: "Noto Sans SC"; font-size: 16px } QPushButton { padding: 8px }')
    inside = QWidget()
    lines = QVBoxLayout(inside)
    lines.addWidget(QLabel("请输入密码", alignment=Qt.AlignmentFlag.AlignCenter))
    for digit in "0123456789":
        lines.addWidget(QPushButton(digit))
    window.setCentralWidget(inside)


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
