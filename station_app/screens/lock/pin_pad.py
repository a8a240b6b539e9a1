"""Digits to be touched, and a field that takes them from a keyboard as well."""

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from station_app.texts import Speaker
from station_app.theme import Role, Room
from station_app.widgets.plain import button
from station_core.desk.pins import LEAST_PIN_DIGITS, MOST_PIN_DIGITS

_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "back", "0", "enter")


class PinPad(QWidget):
    entered = Signal(str)
    """The digits, once they are confirmed; the field is empty by then."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self.field = QLineEdit()
        self.field.setProperty("role", "pin")
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setMaxLength(MOST_PIN_DIGITS)
        self.field.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]*"), self.field))
        # An input method must not turn digits into candidates or full-width forms.
        self.field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.field.returnPressed.connect(self._confirm)
        self.field.textChanged.connect(self._show_confirm)
        self.keys: dict[str, QPushButton] = {name: self._key(name) for name in _KEYS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(10)
        grid.addWidget(self.field, 0, 0, 1, 3)
        for at, each in enumerate(self.keys.values()):
            grid.addWidget(each, 1 + at // 3, at % 3)
        self.retranslate()

    def _key(self, name: str) -> QPushButton:
        made = (
            button(Role.KEY, "backspace", "ink", Room.NONE)
            if name == "back"
            else button(Role.PRIMARY if name == "enter" else Role.KEY)
        )
        made.setProperty("key", name)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        # Touching a key leaves the focus in the field, so that touch and keyboard can be mixed.
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if name == "enter":
            made.clicked.connect(self._confirm)
        elif name == "back":
            made.clicked.connect(self.field.backspace)
        else:
            made.setText(name)
            made.clicked.connect(lambda: self.field.insert(name))
        return made

    def retranslate(self) -> None:
        self.keys["enter"].setText(self._speaker.say("lock.unlock"))
        self.keys["back"].setAccessibleName(self._speaker.say("lock.backspace"))
        self.field.setAccessibleName(self._speaker.say("lock.pin"))
        self.field.setPlaceholderText(self._speaker.say("lock.pin"))

    def take(self, accepts: bool) -> None:
        """Whether digits are taken now; when they are not, none stay behind."""
        had_focus = self.field.hasFocus()
        if not accepts:
            self.field.clear()
        for each in (self.field, *self.keys.values()):
            each.setEnabled(accepts)
        self._show_confirm()
        if accepts and not had_focus:
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_confirm(self) -> None:
        enough = len(self.field.text()) >= LEAST_PIN_DIGITS
        self.keys["enter"].setEnabled(self.field.isEnabled() and enough)

    def _confirm(self) -> None:
        pin = self.field.text()
        if len(pin) >= LEAST_PIN_DIGITS:
            self.field.clear()
            self.entered.emit(pin)
