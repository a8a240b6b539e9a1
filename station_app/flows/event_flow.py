"""The page of today's event: counts, stock, latest records, and taking records back."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer

from station_app.flows.approval import Approvals
from station_app.flows.broadcast import LOCAL_TOPICS, Broadcast, Topic
from station_app.flows.event_jobs import EventLook, look
from station_app.flows.session import Session
from station_app.screens.event.approval import Approval
from station_app.screens.event.screen import EventScreen
from station_app.screens.event.state import EventState
from station_app.station.counter import Counter
from station_app.station.event_desk import EventDesk
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner
from station_core.desk.refusal import Refusal, RefusalCode
from station_core.desk.staff import Staff
from station_core.ids import EventId, RecordId
from station_core.records.services import RecordVoided


class EventFlow(QObject):
    """Looks again whenever something changes, and when a record can no longer be undone."""

    def __init__(
        self, screen: EventScreen, tasks: TaskRunner, session: Session, broadcast: Broadcast, approvals: Approvals
    ) -> None:
        super().__init__(screen)
        self._screen, self._tasks, self._session = screen, tasks, session
        self._broadcast, self._approvals = broadcast, approvals
        self._state = EventState()
        self._turn = 0
        self._undo_ends = QTimer(self, singleShot=True)
        self._undo_ends.timeout.connect(self.refresh)
        screen.undo_wanted.connect(self._undo)
        screen.void_wanted.connect(self._void)
        screen.event_chosen.connect(self._choose)
        screen.conflict_seen.connect(self._note_seen)
        broadcast.changed.connect(self._changed)
        session.changed.connect(self._staff_changed)

    def refresh(self) -> None:
        """Ask the station; of several answers under way only the last is shown."""
        staff = self._session.staff
        if staff is None:
            return
        self._turn += 1
        turn = self._turn
        self._tasks.on_store(
            lambda station: look(station, staff), lambda found: self._show(found) if turn == self._turn else None
        )

    def _show(self, found: EventLook) -> None:
        self._state = replace(found.shown, trouble=self._state.trouble)
        self._screen.show_state(self._state)
        if found.undo_ends_in_ms is None:
            self._undo_ends.stop()
        else:
            self._undo_ends.start(found.undo_ends_in_ms + 1)

    def _changed(self, topics: frozenset[Topic], _here: bool) -> None:
        if topics & LOCAL_TOPICS:
            self.refresh()

    def _staff_changed(self) -> None:
        self._turn += 1
        self._undo_ends.stop()
        self._say(None)
        self.refresh()

    def _say(self, trouble: Phrase | None) -> None:
        self._state = replace(self._state, trouble=trouble)
        self._screen.show_state(self._state)

    def _undo(self, record: RecordId) -> None:
        staff = self._session.require()
        self._say(None)
        self._tasks.on_store(lambda station: Counter(station).undo(record, staff), self._taken_back)

    def _void(self, record: RecordId, approval: Approval) -> None:
        self._say(None)
        self._approvals.ask(approval, lambda staff: self._void_by(record, staff, approval.reason), self._say)

    def _void_by(self, record: RecordId, supervisor: Staff, reason: str) -> None:
        self._tasks.on_store(lambda station: Counter(station).void(record, supervisor, reason), self._taken_back)

    def _taken_back(self, answer: RecordVoided | Refusal | None) -> None:
        if isinstance(answer, RecordVoided):
            self._broadcast.recorded(Topic.SERVICES)
            return
        if isinstance(answer, Refusal):
            self._say(_why_not(answer))
        self.refresh()

    def _choose(self, event: EventId) -> None:
        self._tasks.on_store(
            lambda station: EventDesk(station).choose(event), lambda _: self._broadcast.arrived(Topic.DOCUMENTS)
        )

    def _note_seen(self, conflict: str) -> None:
        self._tasks.on_store(lambda station: EventDesk(station).note_seen(conflict), lambda _: self.refresh())


def _why_not(refusal: Refusal) -> Phrase:
    if refusal.code is RefusalCode.UNDO_TOO_LATE:
        return Phrase("event.trouble.too_late")
    return Phrase(f"desk.refusal.{refusal.code}", {"why": ""})
