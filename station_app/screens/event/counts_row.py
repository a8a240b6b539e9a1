"""The counts of the event: people and services apart, each number as large as it is asked for."""

from PySide6.QtWidgets import QWidget

from station_app.screens.event.state import Counts
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.plain import column, frame, label, row

_KINDS = ("people", "services", "joined")


class CountsRow(QWidget):
    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self.numbers = {kind: label(Role.NUMBER) for kind in _KINDS}
        self._names = {kind: label(Role.MUTED) for kind in _KINDS}
        cards = []
        for kind in _KINDS:
            card = frame(Role.CARD)
            card.setLayout(column([self.numbers[kind], self._names[kind]], 0, (20, 12, 20, 12)))
            cards.append(card)
        whole = row(cards, spacing=16)
        for place in range(len(_KINDS)):
            whole.setStretch(place, 1)
        self.setLayout(whole)

    def show_counts(self, counts: Counts) -> None:
        values = {"people": counts.people, "services": counts.services, "joined": counts.joined}
        for kind, value in values.items():
            self.numbers[kind].setText(f"{value:,}")
            self._names[kind].setText(self._speaker.say(f"event.count.{kind}"))
