"""The place for a message to staff, between the top bar and the page, so that it covers nothing and waits for
nobody."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from station_app.screens.shell.state import Apology, Message, Notice, Trouble
from station_app.texts import Speaker
from station_app.theme import Role, Room, Tone
from station_app.widgets.banner import Banner
from station_app.widgets.beeper import Sound
from station_app.widgets.plain import button

APOLOGY_SYMBOL = "repair"
"""Not the octagon of a refusal: nobody before the counter did anything wrong."""
SOUNDS: dict[type[Message], Sound] = {Trouble: Sound.ATTENTION, Apology: Sound.MISTAKE}
"""Good news makes no noise."""


class MessageArea(QWidget):
    dismissed = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self.banner = Banner()
        self.close_button = button(Role.QUIET, "close", "ink", Room.NONE)
        self.close_button.clicked.connect(self.dismissed)
        self.banner.line.addWidget(self.close_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 0)
        box.addWidget(self.banner)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_message(self, message: Message | None) -> None:
        self.setVisible(message is not None)
        say, word = self._speaker.say, self._speaker.word
        self.close_button.setAccessibleName(say("common.close"))
        self.close_button.setToolTip(say("common.close"))
        match message:
            case Notice(what):
                self.banner.show_words(Tone.GOOD, word(what))
            case Trouble(what, remedy):
                self.banner.show_words(Tone.WARN, word(what), word(remedy))
            case Apology(reference):
                words = say("shell.apology.title"), say("shell.apology.detail", reference=reference)
                self.banner.show_words(Tone.BAD, *words, APOLOGY_SYMBOL)
            case None:
                pass
