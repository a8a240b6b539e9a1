"""A new PIN typed twice, and what is wrong with it."""

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.screens.settings.state import PinRule
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.plain import column, label
from station_core.desk.pins import PinFault, pin_fault


def pin_edit() -> QLineEdit:
    """A field for a PIN: digits, never seen."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
    made.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), made))
    return made


class PinFields(QWidget):
    changed = Signal()

    def __init__(self, speaker: Speaker, rule: PinRule, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker, self._rule = speaker, rule
        self.new, self.again = pin_edit(), pin_edit()
        self._problem = label(Role.ERROR, wrap=True)
        new_name = speaker.say("settings.staff.new_pin", least=rule.least, most=rule.most)
        again_name = speaker.say("settings.staff.repeat_pin")
        for editor, name in ((self.new, new_name), (self.again, again_name)):
            editor.setAccessibleName(name)
            editor.setMaxLength(rule.most)
            editor.textChanged.connect(self._weigh)
        names = (label(Role.BODY, new_name), label(Role.BODY, again_name))
        self.setLayout(column([names[0], self.new, names[1], self.again, self._problem]))

    @property
    def pin(self) -> str | None:
        """The PIN, None while it is too short or too simple or the two differ."""
        typed = self.new.text()
        return typed if pin_fault(typed) is None and typed == self.again.text() else None

    def _weigh(self) -> None:
        self._problem.setText(self._said())
        self.changed.emit()

    def _said(self) -> str:
        """A complaint only about what is finished: a second PIN that is still shorter may yet become equal."""
        new, again = self.new.text(), self.again.text()
        if again and len(new) < self._rule.least:
            return self._speaker.say("settings.pin.short", least=self._rule.least, most=self._rule.most)
        if again and pin_fault(new) is PinFault.SIMPLE:
            return self._speaker.say("settings.trouble.pin_simple")
        if again and not new.startswith(again):
            return self._speaker.say("settings.pin.differs")
        return ""
