"""The page of members (会员): finding one at the left, what is known of them at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from resources.texts import Language
from station_app.screens.event.approval import Approval
from station_app.screens.event.approval_dialog import ApprovalDialog
from station_app.screens.event.notice import notice
from station_app.screens.members.card_panel import CardPanel
from station_app.screens.members.history_panel import HistoryPanel
from station_app.screens.members.person_panel import PersonPanel
from station_app.screens.members.revoke_dialog import RevokeDialog
from station_app.screens.members.search_panel import SearchPanel
from station_app.screens.members.state import MembersState
from station_app.texts import Speaker
from station_app.theme import Role, Tone, px
from station_app.widgets.plain import column, label, row
from station_app.widgets.scrolled import Scrolled
from station_core.ids import PersonId, RecordId
from station_core.records.cards import RevocationReason


class MembersScreen(QWidget):
    searched = Signal(str)
    """What is typed now, at every change; waiting a moment is for whoever searches."""
    member_chosen = Signal(object)
    """The PersonId, as for all that follow."""
    reveal_wanted = Signal(object)
    conceal_wanted = Signal(object)
    serve_wanted = Signal(object)
    print_wanted = Signal(object)
    reissue_wanted = Signal(object)
    revoke_wanted = Signal(object, object)
    """The PersonId and the RevocationReason."""
    void_wanted = Signal(object, object)
    """The RecordId and the Approval."""

    def __init__(self, language: Language = Language.CHINESE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._speaker = Speaker(language, self)
        self._state = MembersState()
        self._title, self._choose = label(Role.TITLE), label(Role.MUTED, wrap=True)
        self._trouble = notice()
        self.finder, self.person = SearchPanel(self._speaker), PersonPanel(self._speaker)
        self.card, self.history = CardPanel(self._speaker), HistoryPanel(self._speaker)
        self._detail = Scrolled(spacing=16)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        for each in (self.person, self.card, self.history):
            self._detail.box.addWidget(each)
        self._detail.box.addStretch(1)
        right = column([self._choose, self._detail, None])
        right.setStretch(1, 1000)
        middle = row([self.finder, right], spacing=24)
        middle.setStretch(0, 3)
        middle.setStretch(1, 4)
        whole = column([self._title, self._trouble, middle], spacing=16, margins=(24, 20, 24, 20))
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.finder.setMinimumWidth(px(300))
        self.setFocusProxy(self.finder)

    def _connect(self) -> None:
        self.finder.searched.connect(self.searched)
        self.finder.member_chosen.connect(self.member_chosen)
        self.person.reveal_wanted.connect(lambda: self.reveal_wanted.emit(self._member_id()))
        self.person.conceal_wanted.connect(lambda: self.conceal_wanted.emit(self._member_id()))
        self.person.serve_wanted.connect(lambda: self.serve_wanted.emit(self._member_id()))
        self.card.print_wanted.connect(lambda: self.print_wanted.emit(self._member_id()))
        self.card.reissue_wanted.connect(lambda: self.reissue_wanted.emit(self._member_id()))
        self.card.revoke_wanted.connect(self._ask_revoke)
        self.history.void_wanted.connect(self._ask_void)

    def show_state(self, state: MembersState) -> None:
        before, self._state = self._state, state
        self._title.setText(self._speaker.say("members.title"))
        self._trouble.setVisible(state.trouble is not None)
        if state.trouble is not None:
            self._trouble.show_words(Tone.BAD, self._speaker.word(state.trouble))
        self.finder.show_state(state)
        member = state.detail
        self._choose.setText(self._speaker.say("members.choose"))
        self._choose.setVisible(member is None and bool(state.rows))
        self._detail.setVisible(member is not None)
        if member is None:
            return
        self.person.show_member(member)
        self.card.show_member(member)
        self.history.show_history(member.history)
        if before.detail is None or before.detail.member_id != member.member_id:
            self._detail.verticalScrollBar().setValue(0)

    def set_language(self, language: Language) -> None:
        self._speaker.set_language(language)
        self.show_state(self._state)

    def _member_id(self) -> PersonId | None:
        """The member who is shown; the buttons that ask are there only while one is."""
        return self._state.detail.member_id if self._state.detail else None

    def _ask_revoke(self) -> None:
        member_id = self._member_id()

        def confirmed(reason: RevocationReason) -> None:
            self.revoke_wanted.emit(member_id, reason)

        dialog = RevokeDialog(self._speaker, self)
        dialog.confirmed.connect(confirmed)
        dialog.open()

    def _ask_void(self, record_id: RecordId) -> None:
        def approved(approval: Approval) -> None:
            self.void_wanted.emit(record_id, approval)

        dialog = ApprovalDialog(
            self._speaker,
            self._speaker.say("members.history.void_title"),
            self._speaker.say("event.approval.stays"),
            self._state.supervisors,
            staff_is_supervisor=self._state.staff_is_supervisor,
            parent=self,
        )
        dialog.approved.connect(approved)
        dialog.open()
