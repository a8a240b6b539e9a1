"""Choosing the event that this station works for."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from station_app.screens.event.state import EventInfo
from station_app.screens.event.words import where_and_when
from station_app.texts import Speaker
from station_app.theme import Role, set_role
from station_app.widgets.plain import button, column, label, row
from station_app.widgets.scrolled import Scrolled

_SIZE = QSize(640, 520)


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
        self.resize(_SIZE)
        title = speaker.say("event.pick_title")
        self.setWindowTitle(title)
        none = label(Role.MUTED, speaker.say("event.pick_none"), wrap=True)
        none.setVisible(not events)
        self.rows: list[QPushButton] = []
        listed = Scrolled(spacing=8)
        for event in events:
            made = self._row(speaker, event)
            made.setChecked(event == current)
            self.rows.append(made)
            listed.box.addWidget(made)
        listed.box.addStretch(1)
        cancel = button(Role.SECONDARY)
        cancel.setText(speaker.say("event.cancel"))
        cancel.clicked.connect(self.reject)
        whole = column([label(Role.HEADING, title), none, listed, row([None, cancel])], 16, (24, 24, 24, 24))
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _row(self, speaker: Speaker, event: EventInfo) -> QPushButton:
        made = QPushButton()
        set_role(made, Role.ROW)
        made.setCheckable(True)
        made.setAutoDefault(False)
        words = where_and_when(speaker, event)
        lines = (label(Role.BODY, event.name, wrap=True), label(Role.MUTED, words, wrap=True))
        for each in lines:
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = column(lines, 0, (16, 8, 16, 8))
        made.setLayout(layout)
        made.setMinimumHeight(layout.sizeHint().height())
        made.setAccessibleName(f"{event.name} {words}")
        made.clicked.connect(lambda: self._pick(event))
        return made

    def _pick(self, event: EventInfo) -> None:
        self.accept()
        self.picked.emit(event.event_id)
