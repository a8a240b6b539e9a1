"""This device before the city: its certificate, its id and where the city is."""

from PySide6.QtWidgets import QFrame, QWidget

from station_app.screens.event.notice import notice
from station_app.screens.sync.state import Standing, SyncState
from station_app.texts import Speaker
from station_app.theme import Role, Tone, set_role
from station_app.widgets.plain import column, label

_TONES = {
    Standing.VALID: Tone.GOOD,
    Standing.EXPIRING: Tone.WARN,
    Standing.EXPIRED: Tone.WARN,
    Standing.REVOKED: Tone.BAD,
    Standing.NOT_ENROLLED: Tone.WARN,
}


class DevicePanel(QFrame):
    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._title = label(Role.HEADING)
        self._standing = notice()
        self._id, self._city = label(Role.MUTED, wrap=True), label(Role.MUTED, wrap=True)
        self.setLayout(column([self._title, self._standing, self._id, self._city], 8, (16, 16, 16, 16)))

    def show_state(self, state: SyncState) -> None:
        say, device = self._speaker.say, state.device
        self._title.setText(say("sync.device.title"))
        words = say(f"sync.device.{device.standing.value}", until=device.valid_until)
        self._standing.show_words(_TONES[device.standing], words)
        self._id.setText(say("sync.device.id", device_id=device.device_id))
        city = state.city_address
        self._city.setText(say("sync.peer.address", address=city) if city else say("sync.peer.no_address"))
