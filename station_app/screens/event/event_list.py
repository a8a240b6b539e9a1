"""Events to choose from, each a row as large as a finger."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from station_app.screens.event.state import EventInfo
from station_app.screens.event.words import where_and_when
from station_app.texts import Speaker
from station_app.theme import Role, set_role
from station_app.widgets.plain import clear, column, label
from station_app.widgets.scrolled import Scrolled


class EventList(Scrolled):
    picked = Signal(object)
    """The EventId."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(8, parent)
        self._speaker = speaker
        self._shown: object = None
        self.rows: list[QPushButton] = []

    def show_events(self, events: tuple[EventInfo, ...], current: EventInfo | None) -> None:
        if (shown := (events, current, self._speaker.language)) == self._shown:
            return
        self._shown = shown
        clear(self.box)
        self.rows = []
        if not events:
            self.box.addWidget(label(Role.MUTED, self._speaker.say("event.pick_none"), wrap=True))
        for event in events:
            made = self._row(event)
            made.setChecked(event == current)
            self.rows.append(made)
            self.box.addWidget(made)
        self.box.addStretch(1)

    def _row(self, event: EventInfo) -> QPushButton:
        made = QPushButton()
        set_role(made, Role.ROW)
        made.setCheckable(True)
        made.setAutoDefault(False)
        words = where_and_when(self._speaker, event)
        lines = (label(Role.BODY, event.name, wrap=True), label(Role.MUTED, words, wrap=True))
        for each in lines:
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = column(lines, 0, (16, 8, 16, 8))
        made.setLayout(layout)
        made.setMinimumHeight(layout.sizeHint().height())
        made.setAccessibleName(f"{event.name} {words}")
        made.clicked.connect(lambda: self.picked.emit(event.event_id))
        return made
