"""Finding a member: the search field, how many were found, and who."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListView, QWidget

from station_app.screens.members.results_delegate import ResultsDelegate
from station_app.screens.members.results_model import ROW, ResultsModel
from station_app.screens.members.state import MemberRow, MembersState
from station_app.texts import Speaker
from station_app.theme import Role, icon
from station_app.widgets.plain import column, label


class SearchPanel(QWidget):
    searched = Signal(str)
    """What is looked for, without blanks around it."""
    member_chosen = Signal(object)
    """The PersonId."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self.search, self.list = QLineEdit(), QListView()
        self.model = ResultsModel(self)
        self._count = label(Role.MUTED, wrap=True)
        self._head, self._note = label(Role.HEADING, wrap=True), label(Role.MUTED, wrap=True)
        self.search.addAction(icon("search", "ink-muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.list.setModel(self.model)
        self.list.setItemDelegate(ResultsDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.search.textChanged.connect(lambda text: self.searched.emit(text.strip()))
        self.search.returnPressed.connect(self._choose_first)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        whole = column([self.search, self._count, self.list, self._head, self._note])
        whole.addStretch(1)
        whole.setStretch(2, 1000)
        self.setLayout(whole)
        self.setFocusProxy(self.search)

    def show_state(self, state: MembersState) -> None:
        say = self._speaker.say
        self.search.setPlaceholderText(say("members.search_hint"))
        self.search.setAccessibleName(say("members.search_hint"))
        changed = self.model.show_rows(state.rows)
        self.list.setVisible(bool(state.rows))
        self._count.setText(self._counted(state))
        self._count.setVisible(bool(state.rows) or state.searching)
        empty = not state.rows and not state.searching
        self._head.setVisible(empty)
        self._note.setVisible(empty)
        self._head.setText(say("members.nothing", asked=state.asked) if state.asked else say("members.start"))
        self._note.setText(
            say("members.nothing_note") if state.asked else say("members.start_note", known=state.members_known)
        )
        chosen = self.model.index_of(state.detail.member_id if state.detail else None)
        self.list.setCurrentIndex(chosen)
        if changed and not chosen.isValid():
            self.list.scrollToTop()

    def _counted(self, state: MembersState) -> str:
        if state.searching:
            return self._speaker.say("members.searching")
        return self._speaker.say("members.found_some" if state.more else "members.found", found=len(state.rows))

    def _choose_first(self) -> None:
        if self.model.rowCount():
            self._choose(self.model.index(0))

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if isinstance(row, MemberRow):
            self.member_chosen.emit(row.member_id)
