"""Who stands at the counter: photo or initials, the name masked, and the few facts that staff ask back for."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from station_app.screens.counter.state import Person
from station_app.texts import Speaker
from station_app.theme import Role, set_role
from station_app.widgets.avatar import Avatar
from station_app.widgets.plain import button, column, label
from station_app.widgets.reveal import Reveal

WIDTH_PX = 280


class PersonPanel(QFrame):
    card_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        set_role(self, Role.CARD)
        self.setFixedWidth(WIDTH_PX)
        self._avatar, self.name = Avatar(112), Reveal()
        self._facts: dict[str, tuple[QLabel, QLabel]] = {
            key: (label(Role.MUTED), label(Role.BODY, wrap=True))
            for key in ("member_no", "union", "occupation", "valid_until", "phone")
        }
        self.card = button(Role.SECONDARY, "card")
        self.card.clicked.connect(self.card_wanted)
        pairs = [column(pair, spacing=0) for pair in self._facts.values()]
        whole = column([self._avatar, self.name, *pairs, None, self.card], spacing=10, margins=(20, 18, 20, 18))
        whole.setAlignment(self._avatar, Qt.AlignmentFlag.AlignHCenter)
        whole.setAlignment(self.name, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(whole)

    def show_person(self, person: Person, may_print_card: bool) -> None:
        say = self._speaker.say
        self._avatar.show_person(person.masked_name.replace("*", ""), person.photo)
        self.name.show_text(person.masked_name, person.full_name, say("counter.person.reveal"))
        occupation = self._speaker.word(person.occupation) if person.occupation else ""
        until = str(say("counter.person.date", date=person.valid_until)) if person.valid_until else ""
        phone = say("counter.person.phone_tail", digits=person.phone_tail) if person.phone_tail else ""
        self._fact("member_no", _grouped(person.member_no or ""))
        self._fact("union", person.union)
        self._fact("occupation", occupation)
        self._fact("valid_until", until)
        self._fact("phone", phone)
        self.card.setText(say("counter.person.print_card"))
        self.card.setVisible(may_print_card)

    def _fact(self, key: str, text: str) -> None:
        caption, value = self._facts[key]
        caption.setText(self._speaker.say(f"counter.person.{key}"))
        value.setText(text)
        caption.setVisible(bool(text))
        value.setVisible(bool(text))


def _grouped(number: str) -> str:
    """A long number in groups of four, as it is read aloud; a city's own shorter number as it is."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4)) if len(number) > 8 else number
