"""How the camera takes pictures: mirror, resolution, exposure, focus."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from station_app.screens.settings.device_list import DeviceList
from station_app.screens.settings.dial_row import DialRow
from station_app.screens.settings.state import Picturing
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.plain import column, label


class PicturingPanel(QWidget):
    mirror_switched = Signal(bool)
    resolution_chosen = Signal(str)
    exposure_automatic = Signal(bool)
    exposure_turned = Signal(bool)
    """Longer (True) or shorter."""
    focus_automatic = Signal(bool)
    focus_turned = Signal(bool)
    """Nearer (True) or farther."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._title, self._sizes = label(Role.HEADING), label(Role.BODY)
        self.in_mirror, self.resolutions = QCheckBox(), DeviceList()
        self.exposure, self.focus = DialRow(speaker, "exposure"), DialRow(speaker, "focus")
        self.setLayout(
            column([self._title, self.in_mirror, self._sizes, self.resolutions, self.exposure, self.focus], spacing=6)
        )
        self.in_mirror.clicked.connect(self.mirror_switched)
        self.resolutions.chosen.connect(self.resolution_chosen)
        self.exposure.automatic.connect(self.exposure_automatic)
        self.exposure.turned.connect(self.exposure_turned)
        self.focus.automatic.connect(self.focus_automatic)
        self.focus.turned.connect(self.focus_turned)

    def show_picturing(self, shown: Picturing) -> None:
        say = self._speaker.say
        self._title.setText(say("settings.camera.picture"))
        self.in_mirror.setText(say("settings.camera.mirror"))
        self.in_mirror.setChecked(shown.is_mirrored)
        self._sizes.setText(say("settings.camera.resolution"))
        self._sizes.setVisible(bool(shown.resolutions))
        self.resolutions.setVisible(bool(shown.resolutions))
        self.resolutions.show_devices(shown.resolutions, shown.resolution)
        self.exposure.show_dial(shown.exposure)
        self.focus.show_dial(shown.focus)
