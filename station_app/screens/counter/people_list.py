"""People as rows: those that were here just now, or those that a search found."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.screens.counter.state import PersonLine
from station_app.texts import Speaker
from station_app.widgets.person_row import PersonRow
from station_app.widgets.plain import clear
from station_app.widgets.scrolled import Scrolled
from station_core.ids import PersonId


class PeopleList(QWidget):
    person_wanted = Signal(object)
    """The PersonId."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._shown: tuple[object, ...] = ()
        self._list = Scrolled()
        self.rows: list[PersonRow] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._list)

    def show_people(self, people: tuple[PersonLine, ...]) -> None:
        wanted = (self._speaker.language, *people)
        if wanted == self._shown:
            return
        self._shown = wanted
        clear(self._list.box)
        self.rows = [self._row(line) for line in people]
        for each in self.rows:
            self._list.box.addWidget(each)
        self._list.box.addStretch(1)

    def _row(self, line: PersonLine) -> PersonRow:
        word = self._speaker.word
        parts = (line.member_no or "", word(line.detail))
        made = PersonRow(line.masked_name, " · ".join(filter(None, parts)), word(line.trailing))
        person: PersonId = line.person
        made.clicked.connect(lambda: self.person_wanted.emit(person))
        return made
