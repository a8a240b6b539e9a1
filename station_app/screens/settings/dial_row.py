"""One property of the camera: automatic, or turned by a person a step at a time."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from station_app.screens.settings.state import Dial
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.plain import button, label, row


class DialRow(QWidget):
    """Its texts are those below ``settings.camera.NAME``: name, less, more."""

    automatic = Signal(bool)
    turned = Signal(bool)
    """A step up (True) or down."""

    def __init__(self, speaker: Speaker, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker, self._key = speaker, f"settings.camera.{name}"
        self._name, self._value = label(Role.BODY), label(Role.BODY)
        self.switch, self.less, self.more = QCheckBox(), button(Role.SECONDARY), button(Role.SECONDARY)
        self.setLayout(row([self._name, self.switch, self.less, self._value, self.more, None], spacing=14))
        self.switch.clicked.connect(self.automatic)
        self.less.clicked.connect(lambda: self.turned.emit(False))
        self.more.clicked.connect(lambda: self.turned.emit(True))

    def show_dial(self, dial: Dial | None) -> None:
        """None hides the row: the camera has no such thing."""
        self.setVisible(dial is not None)
        if dial is None:
            return
        say = self._speaker.say
        self._name.setText(say(f"{self._key}.name"))
        self.switch.setText(say("settings.camera.automatic"))
        self.switch.setChecked(dial.is_automatic)
        self.less.setText(say(f"{self._key}.less"))
        self.more.setText(say(f"{self._key}.more"))
        self._value.setText(str(dial.value))
        for each in (self.less, self._value, self.more):
            each.setVisible(not dial.is_automatic)
