"""What the settings show just now; each section keeps its own part of it."""

from dataclasses import replace

from station_app.screens.settings.screen import SettingsScreen
from station_app.screens.settings.state import SettingsState


class SettingsPage:
    def __init__(self, screen: SettingsScreen, state: SettingsState) -> None:
        self.screen = screen
        self._state = state

    @property
    def state(self) -> SettingsState:
        return self._state

    def show(self, **changes: object) -> None:
        """Replace parts of the state by name."""
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self.screen.show_state(self._state)
