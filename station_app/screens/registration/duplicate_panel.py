"""Somebody is a member already: who it is, and what can be done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from station_app.screens.registration.state import Duplicate
from station_app.texts import Speaker
from station_app.theme import Role, Tone, set_role, set_tone
from station_app.widgets.plain import button, column, label, row


class DuplicatePanel(QFrame):
    serve_wanted = Signal()
    release_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.BANNER)
        set_tone(self, Tone.WARN)
        self._speaker = speaker
        self._title = label(Role.HEADING, wrap=True)
        self._who = label(Role.BODY, wrap=True)
        self._where = label(Role.BODY, wrap=True)
        self._advice = label(Role.BODY, wrap=True)
        self.serve = button(Role.PRIMARY)
        self.release = button(Role.SECONDARY)
        words = column([self._title, self._who, self._where, self._advice], spacing=4)
        buttons = column([self.serve, self.release, None])
        whole = row([words, buttons], spacing=16, margins=(20, 12, 16, 12))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.serve.clicked.connect(self.serve_wanted)
        self.release.clicked.connect(self.release_wanted)

    def show_duplicate(self, found: Duplicate | None) -> None:
        self.setVisible(found is not None)
        if found is None:
            return
        say = self._speaker.say
        self._title.setText(say(f"registration.duplicate.by_{found.found_by.value}"))
        self._who.setText(say("registration.duplicate.who", name=found.name, number=found.number, phone=found.phone))
        self._where.setText(self._words(found))
        self._where.setVisible(bool(self._where.text()))
        self._advice.setText(say(f"registration.duplicate.advice_{found.found_by.value}"))
        self.serve.setText(say("registration.duplicate.serve"))
        self.release.setText(say("registration.duplicate.release"))
        self.release.setVisible(found.releasable)

    def _words(self, found: Duplicate) -> str:
        if found.joined is None:
            return found.union
        return self._speaker.say("registration.duplicate.where", union=found.union, joined=found.joined)
