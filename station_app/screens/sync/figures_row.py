"""The exchange in five figures: what waits, what went and came, when it last worked and when it is tried next."""

from PySide6.QtWidgets import QWidget

from station_app.screens.sync.state import SyncState
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import column, frame, label, row

_COUNTS = ("waiting", "sent", "received")
_TIMES = ("last_success", "next_try")


class FiguresRow(QWidget):
    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self.values = {name: label(Role.NUMBER) for name in _COUNTS}
        self.values |= {name: label(Role.HEADING, wrap=True) for name in _TIMES}
        self._names = {name: label(Role.MUTED) for name in self.values}
        cards = []
        for name, value in self.values.items():
            card = frame(Role.CARD)
            card.setLayout(column([self._names[name], None, value], 4, (16, 12, 16, 12)))
            card.setMinimumHeight(px(96))
            cards.append(card)
        whole = row(cards)
        for place, name in enumerate(self.values):
            whole.setStretch(place, 4 if name in _TIMES else 3)
        self.setLayout(whole)

    def show_state(self, state: SyncState) -> None:
        say = self._speaker.say
        counts = {"waiting": state.waiting_total, "sent": state.sent, "received": state.received}
        for name, count in counts.items():
            self.values[name].setText(f"{count:,}")
        last, following = state.last_success, state.next_try
        self.values["last_success"].setText(say("sync.at", at=last) if last else say("sync.card.never"))
        self.values["next_try"].setText(say("sync.at", at=following) if following else say("sync.card.not_planned"))
        for name, shown in self._names.items():
            shown.setText(say(f"sync.card.{name}"))
