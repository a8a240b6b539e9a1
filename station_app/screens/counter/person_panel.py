"""Who stands at the counter: photo or initials, the name masked, the few facts that staff ask back for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from station_app.screens.counter.state import PersonShown
from station_app.texts import Speaker
from station_app.theme import Role, px, set_role
from station_app.widgets.avatar import Avatar
from station_app.widgets.plain import button, column, label
from station_app.widgets.reveal import Reveal
from station_app.widgets.scrolled import Scrolled
from station_core.people.member_no import grouped

_WIDTH_PX = 300


class PersonPanel(QFrame):
    card_wanted = Signal()
    register_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        set_role(self, Role.CARD)
        self.setFixedWidth(px(_WIDTH_PX))
        self._avatar, self.name = Avatar(88), Reveal()
        self._facts: dict[str, tuple[QLabel, QLabel]] = {
            key: (label(Role.MUTED), label(Role.BODY, wrap=True))
            for key in ("member_no", "union", "occupation", "valid_until", "phone")
        }
        self.card, self.register = button(Role.SECONDARY, "card"), button(Role.PRIMARY, "registration")
        self.card.clicked.connect(self.card_wanted)
        self.register.clicked.connect(self.register_wanted)
        whole = column(
            [self._avatar, self.name, self._table(), self.register, self.card],
            spacing=8,
            margins=(20, 16, 20, 16),
        )
        whole.setStretch(2, 1)
        whole.setAlignment(self._avatar, Qt.AlignmentFlag.AlignHCenter)
        whole.setAlignment(self.name, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(whole)

    def _table(self) -> Scrolled:
        """Captions beside their values.

        It scrolls rather than let a long union's name push the window apart.
        """
        table, grid = Scrolled(), QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for at, (caption, value) in enumerate(self._facts.values()):
            caption.setContentsMargins(0, 2, 0, 0)  # a smaller letter on the same line
            grid.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignTop)
        table.box.addLayout(grid)
        table.box.addStretch(1)
        return table

    def show_person(self, view: PersonShown) -> None:
        person = view.person
        say = self._speaker.say
        self._avatar.show_person(person.masked_name, person.photo)
        self.name.show_text(person.masked_name, person.full_name, say("counter.person.reveal"))
        occupation = self._speaker.word(person.occupation) if person.occupation else ""
        until = str(say("counter.person.date", date=person.valid_until)) if person.valid_until else ""
        phone = say("counter.person.phone_tail", digits=person.phone_tail) if person.phone_tail else ""
        self._fact("member_no", grouped(person.member_no) if person.member_no else "")
        self._fact("union", person.union)
        self._fact("occupation", occupation)
        self._fact("valid_until", until)
        self._fact("phone", phone)
        self.card.setText(say("counter.person.print_card"))
        self.card.setVisible(view.may_print_card)
        self.register.setText(say("counter.stranger.register"))
        self.register.setVisible(view.may_register)

    def _fact(self, key: str, text: str) -> None:
        caption, value = self._facts[key]
        caption.setText(self._speaker.say(f"counter.person.{key}"))
        value.setText(text)
        caption.setVisible(bool(text))
        value.setVisible(bool(text))
