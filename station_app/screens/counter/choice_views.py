"""Several codes in one picture, or several people for one search: which one?"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from station_app.screens.counter.people_list import PeopleList
from station_app.screens.counter.state import CodeChoice, SeveralCodes, SeveralPeople
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.person_row import PersonRow
from station_app.widgets.picture import Picture
from station_app.widgets.plain import button, clear, column, label, row


class CodesView(QWidget):
    """The codes as a list, numbered; beside it the picture that they lie in, where a camera saw them. Either may be
    touched."""

    code_wanted = Signal(str)

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._seen: list[CodeChoice] = []
        self.rows: list[PersonRow] = []
        self.picture = Picture(numbered=True)
        self.picture.setVisible(False)
        self.picture.touched.connect(lambda number: self.code_wanted.emit(self._seen[number].code))
        self._still = QImage()
        self._box = column([], spacing=10)
        whole = row([self.picture, self._box], spacing=20)
        whole.setStretch(0, 3)
        whole.setStretch(1, 2)
        self.setLayout(whole)

    def show_still(self, picture: QImage) -> None:
        """The picture that the codes which are shown next lie in; a null one for none."""
        self._still = picture

    def show_view(self, view: SeveralCodes) -> None:
        clear(self._box)
        word = self._speaker.word
        self.rows = []
        for number, choice in enumerate(view.choices, start=1):
            made = PersonRow(word(choice.what), word(choice.detail))
            made.avatar.show_person(str(number))
            made.clicked.connect(lambda _=False, code=choice.code: self.code_wanted.emit(code))
            self.rows.append(made)
            self._box.addWidget(made)
        self._box.addStretch(1)
        # What a camera saw comes first, so the numbers are those of the list.
        self._seen = [choice for choice in view.choices if choice.outline]
        self.picture.setVisible(not self._still.isNull())
        self.picture.show_frame(self._still, [choice.outline for choice in self._seen])


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
