"""Typing what no key of a test keyboard has."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def compose(editor: QWidget, text: str) -> None:
    """What an input method does: each character is committed to `editor`."""
    for character in text:
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(editor, event)
