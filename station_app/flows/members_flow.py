"""The page of members: finding one, what is known of them, their card, records that must not count."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from station_app.flows.approval import Approvals, supervisors
from station_app.flows.broadcast import Broadcast, Topic
from station_app.flows.card_state import CardState
from station_app.flows.latest import Latest
from station_app.flows.members_jobs import Found, count, look_up, search
from station_app.flows.session import Session
from station_app.screens.event.approval import Approval
from station_app.screens.members.screen import MembersScreen
from station_app.screens.members.state import MemberDetail, MembersState
from station_app.station.counter import Counter
from station_app.station.station import Station
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner
from station_core.desk.refusal import Refusal
from station_core.desk.staff import Staff
from station_core.ids import PersonId, RecordId
from station_core.records.cards import RevocationReason
from station_core.records.services import RecordVoided

SEARCH_QUIET_MS = 120
REVEALED_MS = 30_000
_ABOUT_A_MEMBER = frozenset({Topic.PEOPLE, Topic.SERVICES, Topic.CARDS})


class MembersFlow(QObject):
    """Keeps what was found and who is shown. Answers about somebody else by then are dropped."""

    serve_wanted = Signal(object)
    """The PersonId to be served now."""
    print_wanted = Signal(object)
    """The PersonId, as for the next."""
    reissue_wanted = Signal(object)

    def __init__(
        self,
        screen: MembersScreen,
        home: Path,
        tasks: TaskRunner,
        session: Session,
        broadcast: Broadcast,
        approvals: Approvals,
        revealed_ms: int = REVEALED_MS,
    ) -> None:
        super().__init__(screen)
        self._screen, self._home, self._tasks, self._session = screen, home, tasks, session
        self._broadcast, self._approvals = broadcast, approvals
        self._state = MembersState()
        self._card: CardState | None = None
        self._person: PersonId | None = None
        self._turn = 0
        self._attempt = 0
        self._search: Latest[str, Found] = Latest(tasks, SEARCH_QUIET_MS, search, self._show_found, self)
        self._revealing = QTimer(self, singleShot=True, interval=revealed_ms)
        self._revealing.timeout.connect(self.conceal)
        self._connect()
        self._staff_changed()
        self._refresh_count()

    def _connect(self) -> None:
        screen = self._screen
        screen.searched.connect(self._searched)
        screen.member_chosen.connect(self._choose)
        screen.reveal_wanted.connect(lambda _: self._reveal())
        screen.conceal_wanted.connect(lambda _: self.conceal())
        screen.serve_wanted.connect(self.serve_wanted)
        screen.print_wanted.connect(self.print_wanted)
        screen.reissue_wanted.connect(self.reissue_wanted)
        screen.revoke_wanted.connect(self._revoke)
        screen.void_wanted.connect(self._void)
        self._broadcast.changed.connect(lambda topics, _: self._changed(topics))
        self._session.changed.connect(self._staff_changed)

    def conceal(self) -> None:
        """Mask again what identifies the member; whenever the page is left, too."""
        if self._revealing.isActive() or self._is_revealed():
            self._revealing.stop()
            self._look_again(revealed=False)

    def show_card(self, card: CardState) -> None:
        """How printing goes, if it is about the member who is shown."""
        self._card = card
        if self._state.detail is not None:
            self._show(detail=self._with_card(self._state.detail))

    def _show(self, **changes: object) -> None:
        self._state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._screen.show_state(self._state)

    # Finding

    def _searched(self, asked: str) -> None:
        if asked:
            self._show(searching=True)
            self._search.ask(asked)
        else:
            self._search.forget()
            self._show(asked="", searching=False, rows=(), more=False)

    def _show_found(self, asked: str, found: Found) -> None:
        self._show(asked=asked, searching=False, rows=found.rows, more=found.more)

    def _refresh_count(self) -> None:
        self._tasks.on_store(count, lambda known: self._show(members_known=known))

    # One member

    def _choose(self, person: PersonId) -> None:
        self._revealing.stop()
        self._person, self._card = person, None
        self._look_again(revealed=False)
        self._show(trouble=None)

    def _reveal(self) -> None:
        self._revealing.start()
        self._look_again(revealed=True)

    def _is_revealed(self) -> bool:
        return self._state.detail is not None and self._state.detail.personal.revealed

    def _look_again(self, revealed: bool) -> None:
        person = self._person
        if person is None:
            return
        self._turn += 1
        turn = self._turn
        self._tasks.on_store(
            lambda station: look_up(station, person, revealed),
            lambda detail: self._show_detail(detail) if turn == self._turn else None,
        )

    def _show_detail(self, detail: MemberDetail | None) -> None:
        self._show(detail=None if detail is None else self._with_card(detail))

    def _with_card(self, detail: MemberDetail) -> MemberDetail:
        card = self._card
        if card is None or card.person != detail.member_id:
            return detail
        return replace(detail, printing=card.printing, print_problem=card.problem)

    def _changed(self, topics: frozenset[Topic]) -> None:
        if topics & _ABOUT_A_MEMBER:
            self._look_again(revealed=self._revealing.isActive())
        if Topic.PEOPLE in topics:
            self._refresh_count()
            if self._state.asked and not self._state.searching:
                self._search.ask_now(self._state.asked)

    def _staff_changed(self) -> None:
        self.conceal()
        staff = self._session.staff
        if staff is not None:
            self._show(supervisors=supervisors(self._home), staff_is_supervisor=staff.may_supervise, trouble=None)

    # Taking back

    def _revoke(self, person: PersonId, reason: RevocationReason) -> None:
        staff = self._session.require()

        def revoke(station: Station) -> int:
            from station_app.station.cards import Cards

            return Cards(station).revoke(person, reason, staff)

        self._tasks.on_store(revoke, lambda _: self._broadcast.recorded(Topic.CARDS))

    def _void(self, record: RecordId, approval: Approval) -> None:
        self._attempt += 1
        person, attempt = self._person, self._attempt
        self._show(trouble=None)

        def approved(by: Staff) -> None:
            self._tasks.on_store(lambda station: Counter(station).void(record, by, approval.reason), answered)

        def answered(answer: RecordVoided | Refusal | None) -> None:
            if isinstance(answer, RecordVoided):
                self._broadcast.recorded(Topic.SERVICES)
            elif isinstance(answer, Refusal):
                refused(Phrase(f"desk.refusal.{answer.code}"))

        def refused(why: Phrase) -> None:
            if person == self._person and attempt == self._attempt:
                self._show(trouble=why)

        self._approvals.ask(approval, approved, refused)
