"""What the tests of all screens share: the theme, a display without a screen, an eye for cut-off words."""

import os
from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QLineEdit, QWidget

from station_app.theme import apply_theme

# Always, unless told otherwise: on a desktop the focus would depend on its window manager.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # The offscreen platform says so of every window with a least size; nothing else may be warned of.
    for item in items:
        if "qtbot" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.qt_log_ignore("does not support propagateSizeHints", extend=True))


@pytest.fixture
def themed(qapp: QApplication) -> QApplication:
    """The application with the kiosk's look."""
    if not qapp.styleSheet():
        apply_theme(qapp, 1.0)
    return qapp


@pytest.fixture
def shown_at(themed: QApplication, qtbot) -> Callable[[QWidget, int, int], QWidget]:
    """Shows a widget at a size (dialogs at their own) and lets its layouts settle."""

    def show(widget: QWidget, width: int, height: int) -> QWidget:
        qtbot.addWidget(widget)
        if not isinstance(widget, QDialog):
            widget.resize(QSize(width, height))
        widget.show()
        for _ in range(3):
            themed.processEvents()
        return widget

    return show


@pytest.fixture
def cut_off() -> Callable[[QWidget], list[str]]:
    """Everything in a widget whose words do not fit into the place they were given."""

    def look(root: QWidget) -> list[str]:
        return [found for each in root.findChildren(QWidget) if each.isVisible() and (found := _lack(each))]

    return look


def _lack(widget: QWidget) -> str:
    match widget:
        case QLabel() if widget.text() and widget.wordWrap():
            needed = QSize(0, widget.heightForWidth(widget.width()))
        case QLabel() if widget.text():
            needed = widget.sizeHint()
        case QAbstractButton() if widget.text():
            needed = widget.sizeHint()
        case QLineEdit() if widget.placeholderText() and not widget.text():
            margins = widget.textMargins()
            words = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            needed = QSize(words + margins.left() + margins.right() + 28, 0)
        case _:
            return ""
    have = widget.size()
    if needed.width() <= have.width() and needed.height() <= have.height():
        return ""
    words = widget.placeholderText() if isinstance(widget, QLineEdit) else widget.text()
    return f"{type(widget).__name__} {words!r} needs {needed.toTuple()}, has {have.toTuple()}"
