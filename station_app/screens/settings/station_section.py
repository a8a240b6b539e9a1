"""What this station is: for the label on the box and the call to the administrator."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from station_app.screens.settings.section_view import SectionView
from station_app.screens.settings.state import SettingsState
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.plain import column, frame, label

_FACTS = ("name", "district", "device_id", "version", "store", "members", "records")


class StationSection(SectionView):
    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(speaker, parent)
        self._names: dict[str, QLabel] = {fact: label(Role.MUTED) for fact in _FACTS}
        self.facts: dict[str, QLabel] = {fact: label(Role.BODY, wrap=True) for fact in _FACTS}
        grid = QGridLayout()
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for line, fact in enumerate(_FACTS):
            grid.addWidget(self._names[fact], line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.facts[fact], line, 1)
            self.facts[fact].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card = frame(Role.CARD)
        card.setLayout(grid)
        self.setLayout(column([card, None]))

    def show_state(self, state: SettingsState) -> None:
        facts = state.station
        values = {
            "name": facts.name,
            "district": facts.district,
            "device_id": facts.device_id,
            "version": facts.version,
            "store": facts.store,
            "members": f"{facts.members:,}",
            "records": f"{facts.records:,}",
        }
        for fact, value in values.items():
            self._names[fact].setText(self._speaker.say(f"settings.station.{fact}"))
            self.facts[fact].setText(value)
