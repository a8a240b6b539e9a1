"""The one window: the lock screen first, the shell beneath it as soon as it is made."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

SMALLEST = QSize(1024, 720)
USUAL = QSize(1280, 800)


class KioskWindow(QStackedWidget):
    """Opens with the lock screen, so that the shell can be made while that is already up."""

    closed = Signal()
    """The window was closed: time to stop what was started, in reverse."""

    def __init__(self, lock: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lock = lock
        self._shell: QWidget | None = None
        self.addWidget(lock)
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)

    def set_shell(self, shell: QWidget) -> None:
        self._shell = shell
        self.addWidget(shell)

    def show_lock(self) -> None:
        self.setCurrentWidget(self._lock)

    def show_shell(self) -> None:
        """Raises RuntimeError before a shell was set: a station is never unlocked into nothing."""
        if self._shell is None:
            raise RuntimeError("no shell to show")
        self.setCurrentWidget(self._shell)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
