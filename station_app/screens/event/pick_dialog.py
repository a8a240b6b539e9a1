"""Choosing the event that this station works for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from station_app.screens.event.event_list import EventList
from station_app.screens.event.state import EventInfo
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import Item, button, column, label, row
from station_core.ids import EventId

_WIDTH_PX, _HEIGHT_PX = 640, 520


class PickDialog(QDialog):
    """Opened with `open()`; answers by `picked`, or not at all."""

    picked = Signal(object)
    """The EventId."""

    def __init__(
        self,
        speaker: Speaker,
        events: tuple[EventInfo, ...],
        current: EventInfo | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(_WIDTH_PX), px(_HEIGHT_PX))
        title = speaker.say("event.pick_title")
        self.setWindowTitle(title)
        self.events = EventList(speaker)
        self.events.show_events(events, current)
        self.events.picked.connect(self._pick)
        cancel = button(Role.SECONDARY)
        cancel.setText(speaker.say("event.cancel"))
        cancel.clicked.connect(self.reject)
        items: list[Item] = [label(Role.HEADING, title), self.events, row([None, cancel])]
        whole = column(items, 16, (24, 24, 24, 24))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _pick(self, event: EventId) -> None:
        self.accept()
        self.picked.emit(event)
