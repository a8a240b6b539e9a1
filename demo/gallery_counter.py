"""Pictures of the lock screen, the shell and the counter."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QWidget

from demo.samples_counter import FORM, TWO_CODES, counter_states, lock_states, shell_states
from resources.texts import Language
from station_app.screens.counter.form_dialog import FormDialog
from station_app.screens.counter.form_state import FormState
from station_app.screens.counter.screen import CounterScreen
from station_app.screens.counter.state import CounterState
from station_app.screens.lock.screen import LockScreen
from station_app.screens.lock.state import LockState
from station_app.screens.shell.screen import ShellScreen
from station_app.screens.shell.state import Page, ShellState
from station_app.texts import Speaker
from station_app.widgets.picture import Outline


def pictures() -> Iterable[tuple[str, Callable[[Language], QWidget]]]:
    for name, lock in lock_states().items():
        yield f"lock_{name}", partial(_lock, lock)
    for name, shell in shell_states().items():
        yield f"shell_{name}", partial(in_shell, shell, counter_states()["waiting"])
    for name, counter in counter_states().items():
        yield f"counter_{name}", partial(in_shell, shell_states()["usual"], counter)
    yield "counter_form", partial(_form, FORM)


def _lock(state: LockState, language: Language) -> QWidget:
    screen = LockScreen(language)
    screen.show_state(state)
    return screen


def in_shell(shell: ShellState, counter: CounterState, language: Language) -> ShellScreen:
    """The whole window as staff see it, with a drawn scene in the place of the camera's picture."""
    screen, page = ShellScreen(language), CounterScreen(language)
    screen.add_page(Page.COUNTER, page)
    page.show_still(_scene_of_two())
    page.show_state(counter)
    page.show_frame(*_scene())
    screen.show_state(shell)
    return screen


def _form(state: FormState, language: Language) -> QWidget:
    speaker = Speaker(language)
    dialog = FormDialog(speaker)
    speaker.setParent(dialog)
    dialog.show_form(state)
    return dialog


def _scene() -> tuple[QImage, list[Outline]]:
    """A hand-held card before a grey wall, tilted a little, and where its code was found."""
    image = QImage(1280, 720, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_wall(painter)
    painter.translate(640, 370)
    painter.rotate(-8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#FBFBF8"))
    painter.drawRoundedRect(QRectF(-290, -185, 580, 370), 22, 22)
    _paint_pattern(painter, 20, -115, 11)
    painter.setBrush(QColor("#C9D2DA"))
    for line, width in enumerate((190, 150, 170)):
        painter.drawRoundedRect(QRectF(-250, -90 + line * 52, width, 22), 6, 6)
    corners = [painter.transform().map(QPointF(x, y)) for x, y in ((12, -123), (259, -123), (259, 124), (12, 124))]
    painter.end()
    return image, [[(corner.x(), corner.y()) for corner in corners]]


def _scene_of_two() -> QImage:
    """Two codes on paper before the same wall, where the state with several codes has them."""
    image = QImage(1280, 720, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    _paint_wall(painter)
    painter.setPen(Qt.PenStyle.NoPen)
    for (left, top), _, (right, bottom), _ in TWO_CODES:
        painter.fillRect(QRectF(left - 20, top - 20, right - left + 40, bottom - top + 40), QColor("#FBFBF8"))
        _paint_pattern(painter, left, top, (right - left) / 21)
    painter.end()
    return image


def _paint_wall(painter: QPainter) -> None:
    wall = QLinearGradient(0, 0, 1280, 720)
    wall.setColorAt(0, QColor("#9AA7B2"))
    wall.setColorAt(1, QColor("#5C6874"))
    painter.fillRect(QRectF(0, 0, 1280, 720), wall)


def _paint_pattern(painter: QPainter, left: float, top: float, module_px: float) -> None:
    """21 × 21 modules that look like a code."""
    painter.setBrush(QColor("#20262C"))
    for row in range(21):
        for column in range(21):
            if (row * 7 + column * 11 + row * column) % 3 == 0:
                painter.drawRect(QRectF(left + column * module_px, top + row * module_px, module_px, module_px))
