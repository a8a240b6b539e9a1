"""The frame around the pages.

Pages are added from outside; this screen knows their keys and nothing else of them.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.texts import Language
from station_app.screens.shell.messages import MessageArea
from station_app.screens.shell.navigation import Navigation
from station_app.screens.shell.state import Page, ShellState
from station_app.screens.shell.status_strip import StatusStrip
from station_app.screens.shell.top_bar import TopBar
from station_app.texts import Speaker
from station_app.widgets.plain import column, row


class ShellScreen(QWidget):
    page_wanted = Signal(object)
    """The Page that staff want to see; showing it is the answer, a state with that page."""
    language_wanted = Signal()
    lock_wanted = Signal()
    message_dismissed = Signal()

    def __init__(self, language: Language = Language.CHINESE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._speaker = Speaker(language, self)
        self._state: ShellState | None = None
        self._pages: dict[Page, QWidget] = {}
        self._turned_to: Page | None = None
        self.top, self.navigation = TopBar(self._speaker), Navigation(self._speaker)
        self.messages, self.strip = MessageArea(self._speaker), StatusStrip(self._speaker)
        self._stack = QStackedWidget()
        middle = row([self.navigation, column([self.messages, self._stack], spacing=0)], spacing=0)
        middle.setStretch(1, 1)
        whole = column([self.top, middle, self.strip], spacing=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.messages.hide()
        self.top.language_wanted.connect(self.language_wanted)
        self.top.lock_wanted.connect(self.lock_wanted)
        self.navigation.page_wanted.connect(self.page_wanted)
        self.messages.dismissed.connect(self.message_dismissed)

    def add_page(self, page: Page, widget: QWidget) -> None:
        """Put `widget` where `page` is shown. A page may be added after the window is up."""
        self._pages[page] = widget
        self._stack.addWidget(widget)
        if self._state is not None:
            self._turn_to(self._state.page)

    def show_state(self, state: ShellState) -> None:
        self._state = state
        self.top.show_state(state)
        self.navigation.show_page(state.page)
        self.messages.show_message(state.message)
        self.strip.show_state(state)
        self._turn_to(state.page)

    def _turn_to(self, page: Page) -> None:
        widget = self._pages.get(page)
        if widget is None or page is self._turned_to:
            return
        self._turned_to = page
        self._stack.setCurrentWidget(widget)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_language(self, language: Language) -> None:
        self._speaker.set_language(language)
        if self._state is not None:
            self.show_state(self._state)
