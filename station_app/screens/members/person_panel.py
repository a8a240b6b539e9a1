"""Who a member is. What identifies them is masked until staff ask for it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from station_app.screens.members.state import MemberDetail
from station_app.texts import Speaker
from station_app.theme import Role, Tone, set_role
from station_app.widgets.chip import Chip
from station_app.widgets.plain import button, column, label, row
from station_core.people.member_no import grouped
from station_core.records.people import Membership

_TONES = {
    Membership.APPROVED: ("check_circle", Tone.GOOD),
    Membership.PENDING: ("info_square", Tone.WARN),
    Membership.DECLINED: ("cross_octagon", Tone.BAD),
    Membership.LEFT: ("cross_octagon", Tone.BAD),
}
_FACTS = ("id_number", "phone", "birth_date", "occupation", "employer", "union", "joined")


class PersonPanel(QFrame):
    reveal_wanted = Signal()
    conceal_wanted = Signal()
    serve_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, Role.CARD)
        self._speaker = speaker
        self._revealed = False
        self._name, self._number = label(Role.TITLE, wrap=True), label(Role.MUTED)
        self._membership = Chip()
        self.serve, self.reveal = button(Role.PRIMARY, "counter", "on-strong"), button(Role.QUIET, "eye")
        self._names: dict[str, QLabel] = {}
        self.facts: dict[str, QLabel] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for line, fact in enumerate(_FACTS):
            self._names[fact], self.facts[fact] = label(Role.MUTED), label(Role.BODY, wrap=True)
            grid.addWidget(self._names[fact], line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(self.facts[fact], line, 1)
        head = row([column([self._name, self._number], spacing=0), self.serve], spacing=16)
        head.setStretch(0, 1)
        marks = row([column([None, self._membership, None]), None, self.reveal])
        self.setLayout(column([head, marks, grid], margins=(16, 16, 16, 16)))
        self.serve.clicked.connect(self.serve_wanted)
        self.reveal.clicked.connect(self._turn)

    def show_member(self, member: MemberDetail) -> None:
        say, personal = self._speaker.say, member.personal
        self._revealed = personal.revealed
        self._name.setText(member.name)
        self._number.setText(say("members.number", number=grouped(member.number)))
        icon_name, tone = _TONES[member.membership]
        self._membership.show_words(icon_name, say(f"members.membership.{member.membership.value}"), tone)
        self.serve.setText(say("members.serve"))
        self.reveal.setText(say("members.conceal" if personal.revealed else "members.reveal"))
        values = {
            "id_number": personal.id_number,
            "phone": personal.phone,
            "birth_date": personal.birth_date,
            "occupation": self._speaker.word(member.occupation),
            "employer": member.employer,
            "union": member.union,
            "joined": say("members.joined", joined=member.joined) if member.joined else "",
        }
        for fact, value in values.items():
            self._names[fact].setText(say(f"members.field.{fact}"))
            self.facts[fact].setText(value or say("members.unknown"))

    def _turn(self) -> None:
        (self.conceal_wanted if self._revealed else self.reveal_wanted).emit()
