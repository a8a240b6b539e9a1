"""The data is locked: what to read out on the telephone, and where the answer is typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from station_app.screens.lock.state import StoreLock
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import button, column, label

MOST_CHARACTERS = 32
"""The code with whatever hyphens and blanks somebody puts into it."""


class UnlockPanel(QWidget):
    entered = Signal(str)
    """What was typed as the answer."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._accepts = False
        self._title, self._why = label(Role.HEADING), label(Role.BODY, wrap=True)
        self._call, self._challenge = label(Role.MUTED, wrap=True), label(Role.TITLE)
        self._challenge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._challenge.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._challenge.setMinimumHeight(px(52))
        self._then = label(Role.MUTED, wrap=True)
        self.answer = QLineEdit()
        self.answer.setMaxLength(MOST_CHARACTERS)
        self.answer.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.confirm = button(Role.PRIMARY)
        reading_out = column([self._call, self._challenge, self._then], spacing=10)
        self.setLayout(column([self._title, self._why, 8, reading_out, self.answer, self.confirm, None], spacing=10))
        self.answer.textChanged.connect(self._weigh)
        self.answer.returnPressed.connect(self._confirm)
        self.confirm.clicked.connect(self._confirm)

    def show_lock(self, lock: StoreLock, accepts: bool) -> None:
        """`accepts`: whether an answer is taken now."""
        say = self._speaker.say
        self._title.setText(say("lock.locked.title"))
        self._why.setText(say("lock.locked.why"))
        self._call.setText(say("lock.locked.call", number=lock.number))
        self._challenge.setText(lock.challenge)
        self._challenge.setAccessibleName(say("lock.locked.challenge"))
        self._then.setText(say("lock.locked.then", days=lock.days))
        self.answer.setPlaceholderText(say("lock.locked.answer"))
        self.answer.setAccessibleName(say("lock.locked.answer"))
        self.confirm.setText(say("lock.locked.unlock"))
        if accepts and not self._accepts:
            self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
        self._accepts = accepts
        self.answer.setEnabled(accepts)
        self._weigh()

    def _weigh(self) -> None:
        self.confirm.setEnabled(self._accepts and bool(self.answer.text().strip()))

    def _confirm(self) -> None:
        if self.confirm.isEnabled():
            self.entered.emit(self.answer.text())
