"""Several codes in one picture, or several people for one search: which one?"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from station_app.screens.counter.people_list import PeopleList
from station_app.screens.counter.state import SeveralCodes, SeveralPeople
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.person_row import PersonRow
from station_app.widgets.plain import button, clear, column, label, row


class CodesView(QWidget):
    code_wanted = Signal(str)

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self.rows: list[QPushButton] = []
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)

    def show_view(self, view: SeveralCodes) -> None:
        clear(self._box)
        word = self._speaker.word
        self.rows = []
        for choice in view.choices:
            made = PersonRow(word(choice.what), word(choice.detail))
            made.clicked.connect(lambda _=False, code=choice.code: self.code_wanted.emit(code))
            self.rows.append(made)
            self._box.addWidget(made)
        self._box.addStretch(1)


class PeopleView(QWidget):
    person_wanted = Signal(object)
    register_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self.people = PeopleList(speaker)
        self._more, self._none = label(Role.MUTED, wrap=True), label(Role.MUTED)
        self.register = button(Role.SECONDARY, "registration")
        foot = row([self._none, self.register, None], spacing=12)
        whole = column([self.people, self._more, foot], spacing=10)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.people.person_wanted.connect(self.person_wanted)
        self.register.clicked.connect(self.register_wanted)

    def show_view(self, view: SeveralPeople) -> None:
        say = self._speaker.say
        self.people.show_people(view.people)
        self._more.setText(say("counter.people.more", count=view.more))
        self._more.setVisible(view.more > 0)
        self._none.setText(say("counter.people.not_listed"))
        self.register.setText(say("counter.stranger.register"))
