"""Which camera reads codes and takes photos, how it takes pictures, and what other codes than QR it reads."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.screens.event.notice import notice
from station_app.screens.settings.code_list import CodeList
from station_app.screens.settings.device_list import DeviceList
from station_app.screens.settings.picturing_panel import PicturingPanel
from station_app.screens.settings.section_view import SectionView
from station_app.screens.settings.state import SettingsState
from station_app.texts import Speaker
from station_app.theme import Role, Tone
from station_app.widgets.plain import button, column, label, row


class CameraSection(SectionView):
    camera_chosen = Signal(str)
    search_wanted = Signal()
    code_switched = Signal(str, bool)
    """A kind of code, and whether it is to be read."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(speaker, parent)
        self._note, self._none = label(Role.MUTED, wrap=True), label(Role.BODY, wrap=True)
        self._trouble, self.devices = notice(), DeviceList()
        self.again = button(Role.SECONDARY, "search")
        self._others, self._others_note = label(Role.HEADING), label(Role.MUTED, wrap=True)
        self.codes, self.picturing = CodeList(speaker), PicturingPanel(speaker)
        choice = column([self._note, self._trouble, self.devices, self._none, 8, row([self.again, None])])
        self.setLayout(column([choice, 20, self.picturing, 20, self._others, self._others_note, self.codes, None]))
        self.codes.switched.connect(self.code_switched)
        self.devices.chosen.connect(self.camera_chosen)
        self.again.clicked.connect(self.search_wanted)

    def show_state(self, state: SettingsState) -> None:
        say, cameras = self._speaker.say, state.cameras
        self._note.setText(say("settings.camera.note"))
        self._none.setText(say("settings.camera.none"))
        self._none.setVisible(not cameras.found)
        self.again.setText(say("settings.camera.again"))
        self._others.setText(say("settings.camera.others"))
        self._others_note.setText(say("settings.camera.others_note"))
        self.codes.show_codes(cameras.codes)
        self.picturing.show_picturing(cameras.picturing)
        self.devices.show_devices(cameras.found, cameras.chosen)
        self._trouble.setVisible(cameras.trouble is not None)
        if cameras.trouble is not None:
            self._trouble.show_words(Tone.BAD, self._speaker.word(cameras.trouble))
