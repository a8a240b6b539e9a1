"""A person and what they may have."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.screens.counter.person_panel import PersonPanel
from station_app.screens.counter.state import PersonShown
from station_app.screens.counter.tile_grid import TileGrid
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.plain import column, label, row


class PersonView(QWidget):
    service_wanted = Signal(object)
    undo_wanted = Signal(object)
    card_wanted = Signal()
    register_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self.panel, self.grid = PersonPanel(speaker), TileGrid(speaker)
        self._heading = label(Role.HEADING)
        self._none = label(Role.MUTED, wrap=True)
        services = column([self._heading, self._none, self.grid], spacing=10)
        services.setStretch(2, 1)
        whole = row([self.panel, services], spacing=16)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.panel.card_wanted.connect(self.card_wanted)
        self.panel.register_wanted.connect(self.register_wanted)
        self.grid.wanted.connect(self.service_wanted)
        self.grid.undo_wanted.connect(self.undo_wanted)

    def show_view(self, view: PersonShown) -> None:
        self._heading.setText(self._speaker.say("counter.person.services"))
        self._none.setText(self._speaker.word(view.why_none))
        self._none.setVisible(not view.tiles)
        self.panel.show_person(view)
        self.grid.show_tiles(view.tiles)
