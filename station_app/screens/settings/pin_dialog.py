"""Changing a PIN: one's own with the old one, somebody else's as a supervisor."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from station_app.screens.settings.pin_fields import PinFields, pin_edit
from station_app.screens.settings.state import PinChange, PinRule, StaffRow
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import Item, button, column, label, row


class PinDialog(QDialog):
    """Opened with `open()`; answers by `changed`, or not at all."""

    changed = Signal(object)
    """The PinChange."""

    def __init__(self, speaker: Speaker, rule: PinRule, member: StaffRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(520))
        say = speaker.say
        self._member = member
        self.setWindowTitle(say("settings.staff.pin_title", name=member.name))
        self.old, self.pins = pin_edit(), PinFields(speaker, rule)
        self.old.setMaxLength(rule.most)
        self.old.setAccessibleName(say("settings.staff.old_pin"))
        self.confirm, self.cancel = button(Role.PRIMARY), button(Role.SECONDARY)
        self.confirm.setText(say("settings.staff.confirm"))
        self.cancel.setText(say("settings.staff.cancel"))
        self.confirm.setDefault(True)
        items: list[Item] = [label(Role.HEADING, self.windowTitle(), wrap=True)]
        if member.is_self:
            items += [label(Role.BODY, say("settings.staff.old_pin")), self.old]
        items += [self.pins, row([None, self.cancel, self.confirm])]
        self.setLayout(column(items, margins=(24, 24, 24, 24)))
        self.old.textChanged.connect(self._weigh)
        self.pins.changed.connect(self._weigh)
        self.confirm.clicked.connect(self._change)
        self.cancel.clicked.connect(self.reject)
        self._weigh()

    def _weigh(self) -> None:
        known = not self._member.is_self or bool(self.old.text())
        self.confirm.setEnabled(known and self.pins.pin is not None)

    def _change(self) -> None:
        if (pin := self.pins.pin) is None:
            return
        old = self.old.text() if self._member.is_self else None
        change = PinChange(self._member.staff_id, old, pin)
        self.accept()
        self.changed.emit(change)
