"""A new station's first member of staff: a supervisor, who can name the others."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from station_app.screens.settings.pin_fields import PinFields
from station_app.screens.settings.state import PinRule
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import button, column, label, row
from station_core.people.names import MAX_CHARACTERS


class FirstStaffDialog(QDialog):
    """Opened with `open()`; answers by `named`, or not at all."""

    named = Signal(str, str)
    """The name and the PIN."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(520))
        say = speaker.say
        self.setWindowTitle(say("lock.first.title"))
        self.name, self.pins = QLineEdit(), PinFields(speaker, PinRule())
        self.name.setMaxLength(MAX_CHARACTERS)
        self.name.setAccessibleName(say("settings.staff.name"))
        self.confirm, self.cancel = button(Role.PRIMARY), button(Role.SECONDARY)
        self.confirm.setText(say("settings.staff.confirm"))
        self.cancel.setText(say("settings.staff.cancel"))
        self.confirm.setDefault(True)
        self.setLayout(
            column(
                [
                    label(Role.HEADING, self.windowTitle()),
                    label(Role.MUTED, say("lock.first.rights"), wrap=True),
                    label(Role.BODY, say("settings.staff.name")),
                    self.name,
                    self.pins,
                    row([None, self.cancel, self.confirm]),
                ],
                margins=(24, 24, 24, 24),
            )
        )
        self.name.textChanged.connect(self._weigh)
        self.pins.changed.connect(self._weigh)
        self.confirm.clicked.connect(self._name)
        self.cancel.clicked.connect(self.reject)
        self._weigh()

    def _weigh(self) -> None:
        self.confirm.setEnabled(bool(self.name.text().strip()) and self.pins.pin is not None)

    def _name(self) -> None:
        if (pin := self.pins.pin) is None:
            return
        name = self.name.text().strip()
        self.accept()
        self.named.emit(name, pin)
