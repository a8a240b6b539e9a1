"""Adding a member of staff: name, role and a first PIN."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from station_app.screens.settings.pin_fields import PinFields
from station_app.screens.settings.state import NewStaff, PinRule
from station_app.texts import Speaker
from station_app.theme import Role as Look
from station_app.theme import px
from station_app.widgets.plain import button, column, label, row
from station_core.records.roles import Role

_NAME_LENGTH = 50


class StaffDialog(QDialog):
    """Opened with `open()`; answers by `added`, or not at all."""

    added = Signal(object)
    """The NewStaff."""

    def __init__(self, speaker: Speaker, rule: PinRule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(520))
        say = speaker.say
        self.setWindowTitle(say("settings.staff.add_title"))
        self.name, self.role, self.pins = QLineEdit(), QComboBox(), PinFields(speaker, rule)
        self.name.setMaxLength(_NAME_LENGTH)
        self.name.setAccessibleName(say("settings.staff.name"))
        self.role.setAccessibleName(say("settings.staff.role"))
        for role in Role:
            self.role.addItem(say(f"settings.role.{role.value}"), role.value)
        self.confirm, self.cancel = button(Look.PRIMARY), button(Look.SECONDARY)
        self.confirm.setText(say("settings.staff.confirm"))
        self.cancel.setText(say("settings.staff.cancel"))
        self.confirm.setDefault(True)
        self.setLayout(
            column(
                [
                    label(Look.HEADING, self.windowTitle()),
                    label(Look.BODY, say("settings.staff.name")),
                    self.name,
                    label(Look.BODY, say("settings.staff.role")),
                    self.role,
                    self.pins,
                    row([None, self.cancel, self.confirm]),
                ],
                margins=(24, 24, 24, 24),
            )
        )
        self.name.textChanged.connect(self._weigh)
        self.pins.changed.connect(self._weigh)
        self.confirm.clicked.connect(self._add)
        self.cancel.clicked.connect(self.reject)
        self._weigh()

    def _weigh(self) -> None:
        self.confirm.setEnabled(bool(self.name.text().strip()) and self.pins.pin is not None)

    def _add(self) -> None:
        if (pin := self.pins.pin) is None:
            return
        new = NewStaff(self.name.text().strip(), Role(self.role.currentData()), pin)
        self.accept()
        self.added.emit(new)
