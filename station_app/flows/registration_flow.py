"""The page of joining: what is typed is checked at once, who is known already is shown before anything is saved."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from station_app.flows.approval import Approvals, supervisors
from station_app.flows.broadcast import Broadcast, Topic
from station_app.flows.camera_flow import CameraFlow
from station_app.flows.card_state import CardState
from station_app.flows.latest import Latest
from station_app.flows.photo_flow import PhotoFlow
from station_app.flows.registration_jobs import (
    NotSaved,
    Offered,
    Release,
    check_id_number,
    find_duplicate,
    find_unions,
    offered,
    offered_occupations,
    save,
)
from station_app.flows.session import Session
from station_app.screens.counter.state import Happened
from station_app.screens.event.approval import Approval
from station_app.screens.registration.screen import RegistrationScreen
from station_app.screens.registration.state import Draft, Duplicate, Registered, RegistrationState, UnionChoice
from station_app.station.clock import local_day, now_ms
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner
from station_core.desk.staff import Staff
from station_core.ids import OperatorId, PersonId
from station_core.people import phone
from station_core.people.problems import Field, Problem

DUPLICATES_QUIET_MS = 250
UNIONS_QUIET_MS = 150
_NO_NOTICE = Phrase("registration.trouble.no_notice")
_ATTRIBUTES = {
    Field.NAME: "name",
    Field.ID_NUMBER: "id_number",
    Field.PHONE: "phone",
    Field.OCCUPATION: "occupation",
    Field.EMPLOYER: "employer",
    Field.UNION: "union",
    Field.CONSENT: "consent_version",
}


class RegistrationFlow(QObject):
    """Keeps answers about the form; the form itself keeps what is typed.

    Who locks the kiosk in the middle of a form finds it again; for anybody else it is empty.
    """

    serve_wanted = Signal(object, object)
    """The PersonId to be served now, and what has Happened."""
    card_wanted = Signal(object)
    """The PersonId."""

    def __init__(
        self,
        screen: RegistrationScreen,
        home: Path,
        tasks: TaskRunner,
        session: Session,
        broadcast: Broadcast,
        camera: CameraFlow,
        approvals: Approvals,
    ) -> None:
        super().__init__(screen)
        self._screen, self._home, self._tasks, self._session = screen, home, tasks, session
        self._broadcast, self._approvals = broadcast, approvals
        self._draft = Draft()
        self._attempt = 0
        self._filled_in_by: OperatorId | None = None
        self._offered = Offered(None, None)
        self._state = RegistrationState(1, offered_occupations(), None, None)
        self._duplicates: Latest[Draft, Duplicate | None] = Latest(
            tasks, DUPLICATES_QUIET_MS, find_duplicate, lambda _, found: self._show(duplicate=found), self
        )
        self._unions: Latest[str, tuple[UnionChoice, ...]] = Latest(
            tasks, UNIONS_QUIET_MS, find_unions, self._show_unions, self
        )
        self.photo = PhotoFlow(camera, tasks, screen.show_frame, self)
        self._connect()
        self._show()
        self._staff_changed()
        self._refresh()

    def _connect(self) -> None:
        screen, photo = self._screen, self.photo
        screen.draft_changed.connect(self._draft_changed)
        screen.union_searched.connect(self._search_union)
        screen.save_wanted.connect(self._save)
        screen.release_wanted.connect(self._release)
        screen.clear_wanted.connect(self._clear)
        screen.next_wanted.connect(self.new_form)
        screen.serve_wanted.connect(lambda person: self._serve(person, Happened.JOINED))
        screen.serve_duplicate_wanted.connect(lambda person: self._serve(person, Happened.VALID))
        screen.print_wanted.connect(self.card_wanted)
        screen.preview_wanted.connect(photo.preview)
        screen.take_wanted.connect(photo.take)
        screen.retake_wanted.connect(photo.preview)
        screen.photo_removed.connect(photo.remove)
        photo.changed.connect(lambda taken: self._show(photo=taken))
        self._broadcast.changed.connect(lambda topics, _: self._refresh() if Topic.DOCUMENTS in topics else None)
        self._session.changed.connect(self._staff_changed)

    def new_form(self) -> None:
        """An empty form, for the next person."""
        self._duplicates.forget()
        self._unions.forget()
        self._draft = Draft()
        self._state = RegistrationState(
            self._state.form + 1,
            self._state.occupations,
            self._offered.transit_union,
            self._offered.notice,
            supervisors=self._state.supervisors,
            staff_is_supervisor=self._state.staff_is_supervisor,
        )
        self.photo.remove()

    def show_card(self, card: CardState) -> None:
        """How printing goes, if it is about the new member."""
        registered = self._state.registered
        if registered is not None and registered.member_id == card.person:
            shown = replace(registered, printing=card.printing, print_problem=card.problem)
            self._show(registered=shown)

    def _show(self, **changes: object) -> None:
        state = replace(self._state, **changes)  # type: ignore[arg-type]
        self._state = state
        if state.notice is None and state.trouble is None:
            state = replace(state, trouble=_NO_NOTICE)
        self._screen.show_state(state)

    def _refresh(self) -> None:
        self._tasks.on_store(offered, self._show_offered)

    def _show_offered(self, found: Offered) -> None:
        self._offered = found
        self._show(transit_union=found.transit_union, notice=found.notice)

    def _staff_changed(self) -> None:
        staff = self._session.staff
        if staff is None:
            return
        if self._filled_in_by not in (None, staff.id) and not self._state.saving:
            self.new_form()
        self._filled_in_by = staff.id
        self._show(supervisors=supervisors(self._home), staff_is_supervisor=staff.may_supervise)

    # While it is typed

    def _draft_changed(self, draft: Draft) -> None:
        before, self._draft = self._draft, draft
        changes: dict[str, object] = {"trouble": None, "problems": _still_true(self._state.problems, before, draft)}
        if draft.id_number != before.id_number:
            changes["id_check"] = check_id_number(draft.id_number, local_day(now_ms()))
        if not _is_same_person(draft, before):
            changes["duplicate"] = None
            self._look_for_duplicates(draft)
        self._show(**changes)

    def _look_for_duplicates(self, draft: Draft) -> None:
        is_number = check_id_number(draft.id_number, local_day(now_ms())) is not None
        if is_number or phone.parse(draft.phone) is not None:
            self._duplicates.ask(draft)
        else:
            self._duplicates.forget()

    def _search_union(self, asked: str) -> None:
        if asked:
            self._unions.ask(asked)
        else:
            self._unions.forget()
            self._show_unions("", ())

    def _show_unions(self, asked: str, found: tuple[UnionChoice, ...]) -> None:
        self._show(unions_asked=asked, unions_found=found)

    def _clear(self) -> None:
        if not self._state.saving:
            self.new_form()

    # Saving

    def _save(self, draft: Draft, release: Release | None = None) -> None:
        if self._state.saving:
            return
        self._duplicates.forget()
        photo, staff = self.photo.image, self._session.require()
        self._show(saving=True, problems=(), trouble=None)
        self._tasks.on_store(
            lambda station: save(station, draft, photo, release, staff),
            lambda answer: self._saved(draft, answer),
            self._not_saved,
        )

    def _saved(self, draft: Draft, answer: Registered | NotSaved) -> None:
        if isinstance(answer, NotSaved):
            is_same_person = _is_same_person(draft, self._draft)
            self._show(
                saving=False,
                problems=_still_true(answer.problems, draft, self._draft),
                duplicate=answer.duplicate if is_same_person else self._state.duplicate,
            )
            return
        self._show(saving=False, registered=answer, duplicate=None)
        self._broadcast.recorded(Topic.PEOPLE)

    def _not_saved(self, _error: Exception) -> bool:
        """The window tells what failed; what was typed is still there."""
        self._show(saving=False, trouble=Phrase("registration.trouble.not_saved"))
        return False

    def _release(self, draft: Draft, approval: Approval) -> None:
        """A phone in use is this person's too, says a supervisor: saved with their name and reason."""
        self._attempt += 1
        form, attempt = self._state.form, self._attempt

        def approved(by: Staff) -> None:
            if form != self._state.form or self._session.staff is None:
                return
            if by.may_supervise:
                self._save(draft, Release(by, approval.reason))
            else:
                refused(Phrase("desk.refusal.needs_supervisor"))

        def refused(why: Phrase) -> None:
            if form == self._state.form and attempt == self._attempt:
                self._show(trouble=why)

        self._approvals.ask(approval, approved, refused)

    def _serve(self, person: PersonId, happened: Happened) -> None:
        self.new_form()
        self.serve_wanted.emit(person, happened)


def _is_same_person(draft: Draft, other: Draft) -> bool:
    return (draft.id_number, draft.phone) == (other.id_number, other.phone)


def _still_true(problems: tuple[Problem, ...], before: Draft, now: Draft) -> tuple[Problem, ...]:
    """What was wrong with an old value says nothing of the new one."""
    return tuple(one for one in problems if one.field not in _ATTRIBUTES or not _differs(one.field, before, now))


def _differs(field: Field, before: Draft, now: Draft) -> bool:
    name = _ATTRIBUTES[field]
    return bool(getattr(before, name) != getattr(now, name))
