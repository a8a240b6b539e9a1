"""Asking for a reason and, where staff alone may not, for a supervisor."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from station_app.screens.event.approval import Approval, Supervisor
from station_app.texts import Speaker
from station_app.theme import Role, px
from station_app.widgets.plain import Item, button, column, label, row

_REASON_LENGTH = 80


class ApprovalDialog(QDialog):
    """Opened with `open()`; answers by `approved`, or not at all. Who is no supervisor needs one and their PIN."""

    approved = Signal(object)
    """The Approval."""

    def __init__(
        self,
        speaker: Speaker,
        title: str,
        note: str,
        supervisors: Sequence[Supervisor],
        *,
        staff_is_supervisor: bool,
        parent: QWidget | None = None,
    ) -> None:
        """`title` and `note` are sentences in the language of the moment."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._speaker, self._alone = speaker, staff_is_supervisor
        self.reason, self.pin = QLineEdit(), QLineEdit()
        self.supervisor = QComboBox()
        self.confirm, self.cancel = button(Role.PRIMARY), button(Role.SECONDARY)
        self._prepare(supervisors)
        self._lay_out(title, note)
        self.reason.textChanged.connect(self._weigh)
        self.pin.textChanged.connect(self._weigh)
        self.confirm.clicked.connect(self._approve)
        self.cancel.clicked.connect(self.reject)
        self._weigh()

    def _prepare(self, supervisors: Sequence[Supervisor]) -> None:
        say = self._speaker.say
        self.reason.setPlaceholderText(say("event.approval.reason_hint"))
        self.reason.setMaxLength(_REASON_LENGTH)
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.pin.setPlaceholderText(say("event.approval.pin_hint"))
        for one in supervisors:
            self.supervisor.addItem(one.name, one.staff_id)
        self.cancel.setText(say("event.approval.cancel"))
        self.confirm.setText(say("event.approval.confirm"))
        self.confirm.setDefault(True)

    def _lay_out(self, title: str, note: str) -> None:
        self.setWindowTitle(title)
        self.setMinimumWidth(px(560))
        items: list[Item] = [label(Role.HEADING, title, wrap=True), label(Role.MUTED, note, wrap=True), 8]
        items += self._named("event.approval.reason", self.reason)
        if not self._alone:
            items += self._named("event.approval.supervisor", self.supervisor)
            items += self._named("event.approval.pin", self.pin)
            if not self.supervisor.count():
                items.append(label(Role.ERROR, self._speaker.say("event.approval.no_supervisor"), wrap=True))
        items += [16, row([None, self.cancel, self.confirm])]
        self.setLayout(column(items, margins=(24, 24, 24, 24)))

    def _named(self, key: str, editor: QWidget) -> list[Item]:
        name = self._speaker.say(key)
        editor.setAccessibleName(name)
        return [label(Role.BODY, name), editor]

    def _weigh(self) -> None:
        answered = self._alone or (self.supervisor.count() > 0 and bool(self.pin.text()))
        self.confirm.setEnabled(bool(self.reason.text().strip()) and answered)

    def _approve(self) -> None:
        reason = self.reason.text().strip()
        who = () if self._alone else (self.supervisor.currentData(), self.pin.text())
        approval = Approval(reason, *who)
        self.accept()
        self.approved.emit(approval)
