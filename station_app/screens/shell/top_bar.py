"""Whose window it is: station, event, operator, language and lock."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from station_app.screens.shell.state import ShellState
from station_app.texts import Speaker
from station_app.theme import Role, set_role
from station_app.widgets.plain import button, column, label, row, symbol


class TopBar(QFrame):
    language_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        set_role(self, Role.BAR)
        self._station, self._event = label(Role.HEADING), label(Role.MUTED)
        self._operator = label(Role.BODY)
        self._operator_symbol = symbol("person", "ink-muted", 24)
        self.language, self.lock = button(Role.QUIET), button(Role.SECONDARY, "lock")
        self.language.clicked.connect(self.language_wanted)
        self.lock.clicked.connect(self.lock_wanted)
        names = column([None, self._station, self._event, None], spacing=0)
        line = row(
            [
                symbol("emblem", "emblem", 40), names, None, self._operator_symbol, self._operator, 8,
                self.language, self.lock,
            ],
            spacing=10,
            margins=(16, 6, 16, 6),
        )  # fmt: skip
        self.setLayout(line)
        self._event.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def show_state(self, state: ShellState) -> None:
        say = self._speaker.say
        self._station.setText(state.station_name)
        event = self._speaker.word(state.event) if state.event else say("shell.no_event")
        self._event.setText(f"{say('common.product')} · {event}")
        self._operator.setText(state.operator_name)
        self._operator_symbol.setVisible(bool(state.operator_name))
        self.language.setText(say("common.other_language"))
        self.language.setAccessibleName(say("common.switch_language"))
        self.lock.setText(say("shell.lock"))
