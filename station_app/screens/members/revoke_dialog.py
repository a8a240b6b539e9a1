"""Revoking a card: why, and a warning that it cannot be taken back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QDialog, QRadioButton, QWidget

from station_app.screens.event.notice import notice
from station_app.texts import Speaker
from station_app.theme import Role, Tone, px
from station_app.widgets.plain import button, column, label, row
from station_core.records.cards import RevocationReason

_OFFERED = (RevocationReason.LOST, RevocationReason.WRONGLY_ISSUED, RevocationReason.LEFT)
"""REPLACED is not for choosing: a reissue brings it about."""


class RevokeDialog(QDialog):
    """Opened with `open()`; answers by `confirmed`, or not at all."""

    confirmed = Signal(object)
    """The RevocationReason."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(560))
        say = speaker.say
        self.setWindowTitle(say("members.card.revoke_title"))
        warning = notice()
        warning.show_words(Tone.WARN, say("members.card.revoke_title"), say("members.card.revoke_warning"))
        self.reasons: dict[RevocationReason, QRadioButton] = {}
        group = QButtonGroup(self)
        for reason in _OFFERED:
            self.reasons[reason] = QRadioButton(say(f"members.reason.{reason.value}"))
            group.addButton(self.reasons[reason])
        self.reasons[RevocationReason.LOST].setChecked(True)
        self.confirm, self.cancel = button(Role.DANGER), button(Role.SECONDARY)
        self.confirm.setText(say("members.card.revoke_confirm"))
        self.cancel.setText(say("event.approval.cancel"))
        self.confirm.clicked.connect(self._confirm)
        self.cancel.clicked.connect(self.reject)
        question = label(Role.BODY, say("members.card.revoke_reason"))
        buttons = row([None, self.cancel, self.confirm])
        self.setLayout(column([warning, 8, question, *self.reasons.values(), 16, buttons], margins=(24, 24, 24, 24)))

    def _confirm(self) -> None:
        reason = next(reason for reason, choice in self.reasons.items() if choice.isChecked())
        self.accept()
        self.confirmed.emit(reason)
