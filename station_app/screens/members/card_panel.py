"""A member's card: whether it is good, and printing, reissuing or revoking it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from station_app.screens.members.state import Card, CardStatus, MemberDetail
from station_app.texts import Speaker
from station_app.theme import Role, Tone, set_role
from station_app.widgets.banner import SYMBOLS
from station_app.widgets.chip import Chip
from station_app.widgets.plain import button, column, label, row

_TONES = {
    CardStatus.NONE: Tone.INFO,
    CardStatus.VALID: Tone.GOOD,
    CardStatus.EXPIRED: Tone.WARN,
    CardStatus.REVOKED: Tone.BAD,
}


class CardPanel(QFrame):
    print_wanted = Signal()
    reissue_wanted = Signal()
    revoke_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._title, self._problem = label(Role.HEADING), label(Role.ERROR, wrap=True)
        self._dates = label(Role.MUTED, wrap=True)
        self._status = Chip()
        self.print, self.reissue = button(Role.SECONDARY, "printer"), button(Role.SECONDARY, "card")
        self.revoke = button(Role.QUIET)
        head = row([self._title, 8, column([None, self._status, None]), None, self.revoke])
        buttons = row([self.print, self.reissue, None])
        self.setLayout(column([head, self._dates, buttons, self._problem], margins=(16, 12, 16, 16)))
        self.print.clicked.connect(self.print_wanted)
        self.reissue.clicked.connect(self.reissue_wanted)
        self.revoke.clicked.connect(self.revoke_wanted)

    def show_member(self, member: MemberDetail) -> None:
        say, card = self._speaker.say, member.card
        good = card.status is CardStatus.VALID
        tone = _TONES[card.status]
        self._title.setText(say("members.card.title"))
        self._status.show_words(SYMBOLS[tone], say(f"members.card.{card.status.value}"), tone)
        self._dates.setText(self._words(card))
        self._dates.setVisible(bool(self._dates.text()))
        self.print.setText(say("members.card.printing" if member.printing else "members.card.print"))
        self.reissue.setText(say("members.card.reissue"))
        self.revoke.setText(say("members.card.revoke"))
        ready = member.print_problem is None and not member.printing
        self.print.setEnabled(ready)
        self.reissue.setEnabled(ready)
        self.print.setVisible(card.status in (CardStatus.NONE, CardStatus.VALID))
        self.reissue.setVisible(card.status is not CardStatus.NONE)
        self.revoke.setVisible(good)
        self._problem.setVisible(member.print_problem is not None)
        self._problem.setText(self._speaker.word(member.print_problem) if member.print_problem else "")

    def _words(self, card: Card) -> str:
        say = self._speaker.say
        match card.status:
            case CardStatus.NONE:
                return ""
            case CardStatus.VALID:
                return say("members.card.dates", issued=card.issued, expires=card.expires)
            case CardStatus.EXPIRED:
                return say("members.card.ended", expires=card.expires)
            case CardStatus.REVOKED:
                reason = say(f"members.reason.{card.revoked_for.value}") if card.revoked_for else ""
                return say("members.card.stopped", revoked=card.revoked, reason=reason)
