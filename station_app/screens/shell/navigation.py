"""The way from page to page: a column of buttons, Alt+1 to Alt+6 on a keyboard."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from station_app.screens.shell.state import Page
from station_app.texts import Speaker
from station_app.theme import Role, icon, px, set_role
from station_app.widgets.plain import button, column

_WIDTH_PX = 172


class Navigation(QFrame):
    page_wanted = Signal(object)
    """The Page."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        set_role(self, Role.RAIL)
        self.buttons: dict[Page, QPushButton] = {page: self._button(page) for page in Page}
        last = self.buttons[Page.SETTINGS]
        upper = [each for each in self.buttons.values() if each is not last]
        self.setLayout(column([*upper, None, last], spacing=6, margins=(10, 12, 10, 12)))
        self.setMinimumWidth(px(_WIDTH_PX))

    def _button(self, page: Page) -> QPushButton:
        made = button(Role.NAV)
        made.setIcon(icon(page.value, "ink-muted", checked="on-strong"))
        made.setCheckable(True)
        made.clicked.connect(lambda: self._clicked(page))
        return made

    def _clicked(self, page: Page) -> None:
        # A checkable button turns by itself; what is shown turns it, not the touch.
        self.buttons[page].setChecked(not self.buttons[page].isChecked())
        self.page_wanted.emit(page)

    def show_page(self, current: Page) -> None:
        for number, (page, each) in enumerate(self.buttons.items(), start=1):
            each.setText(self._speaker.say(f"shell.page.{page.value}"))
            each.setShortcut(QKeySequence(f"Alt+{number}"))  # a new text takes a shortcut away
            each.setChecked(page is current)
