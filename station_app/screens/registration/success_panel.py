"""A person has joined: their number, and what comes next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from station_app.screens.event.notice import notice
from station_app.screens.registration.state import Registered
from station_app.texts import Speaker
from station_app.theme import Role, Tone, px
from station_app.widgets.plain import button, column, frame, label, row, symbol
from station_core.people.member_no import grouped


class SuccessPanel(QWidget):
    print_wanted = Signal()
    serve_wanted = Signal()
    next_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._title, self._welcome = label(Role.TITLE), label(Role.HEADING, wrap=True)
        self._union = label(Role.MUTED, wrap=True)
        self._caption, self._number = label(Role.MUTED), label(Role.NUMBER)
        self._trouble = notice()
        self.print = button(Role.SECONDARY, "printer")
        self.serve = button(Role.PRIMARY, "service", "on-strong")
        self.next = button(Role.SECONDARY, "next")
        self.print.clicked.connect(self.print_wanted)
        self.serve.clicked.connect(self.serve_wanted)
        self.next.clicked.connect(self.next_wanted)
        self.setFocusProxy(self.serve)
        self._lay_out()

    def _lay_out(self) -> None:
        words = (self._title, self._welcome, self._union, self._caption, self._number)
        for each in words:
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark = row([None, symbol("check_circle", "good", 72), None])
        buttons = row([self.print, self.next, self.serve], spacing=16)
        for place in range(buttons.count()):
            buttons.setStretch(place, 1)
        card = frame(Role.CARD)
        card.setMinimumWidth(px(640))
        card.setLayout(column([mark, *words, self._trouble, 8, buttons], 12, (32, 32, 32, 32)))
        self.setLayout(column([None, row([None, card, None]), None], margins=(24, 24, 24, 24)))

    def show_registered(self, person: Registered) -> None:
        say = self._speaker.say
        self._title.setText(say("registration.done.title"))
        self._welcome.setText(say("registration.done.welcome", name=person.name))
        self._union.setText(person.union)
        self._caption.setText(say("registration.done.number"))
        self._number.setText(grouped(person.number))
        problem = person.print_problem
        self._trouble.setVisible(problem is not None)
        self._trouble.show_words(Tone.WARN, self._speaker.word(problem) if problem else "")
        self.print.setText(say(f"registration.done.{'printing' if person.printing else 'print'}"))
        self.print.setEnabled(problem is None and not person.printing)
        self.serve.setText(say("registration.done.serve"))
        self.next.setText(say("registration.done.next"))
