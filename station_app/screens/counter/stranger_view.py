"""A code that nobody can be served by, or a search without a match: the ways on."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.screens.counter.state import Stranger
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import button, column, frame, label, row

_WIDTH_PX = 560


class StrangerView(QWidget):
    register_wanted = Signal()
    search_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._what, self._read = label(Role.HEADING, wrap=True), label(Role.MUTED, wrap=True)
        self.register = button(Role.PRIMARY, "registration")
        self.search, self.next = button(Role.SECONDARY, "search"), button(Role.SECONDARY, "scanner")
        self.register.clicked.connect(self.register_wanted)
        self.search.clicked.connect(self.search_wanted)
        self.next.clicked.connect(self.next_wanted)
        card = frame(Role.CARD)
        card.setFixedWidth(px(_WIDTH_PX))
        card.setLayout(
            column(
                [self._what, self._read, 8, self.register, self.search, self.next],
                spacing=12,
                margins=(32, 28, 32, 28),
            )
        )
        self.setLayout(column([24, row([None, card, None]), None]))

    def show_view(self, view: Stranger) -> None:
        say = self._speaker.say
        self._what.setText(say("counter.stranger.what_next"))
        self._read.setText(say("counter.stranger.read", text=view.read_text))
        self._read.setVisible(bool(view.read_text))
        self.register.setText(say("counter.stranger.register"))
        self.register.setVisible(view.may_register)
        self.search.setText(say("counter.stranger.search"))
        self.next.setText(say("counter.stranger.scan_again"))
