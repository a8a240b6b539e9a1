"""What all sections of the settings have in common."""

from abc import abstractmethod

from PySide6.QtWidgets import QWidget

from station_app.screens.settings.state import SettingsState
from station_app.texts import Speaker


class SectionView(QWidget):
    """Takes the whole state of the settings and shows its own part of it."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker

    @abstractmethod
    def show_state(self, state: SettingsState) -> None:
        """Show the section's part of `state` in the language of the moment."""
