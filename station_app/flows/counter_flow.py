"""The counter's page: a code or a search in, a person with services out, one touch records."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from db.values import Person as KnownPerson
from station_app.flows.broadcast import Broadcast, Topic
from station_app.flows.counter_jobs import Look, Scanned, find, look_again, look_up, recently_served, scan
from station_app.flows.counter_words import code_words, happened_for, why_not
from station_app.flows.person_state import entitlement_words, form_state, name_of, person_line
from station_app.flows.session import Session
from station_app.flows.undo_window import UndoWindow
from station_app.scanning.hints import Hint
from station_app.scanning.readings import Outline, Reading
from station_app.scanning.several import biggest_first
from station_app.screens.counter.screen import CounterScreen
from station_app.screens.counter.state import (
    Camera,
    CodeChoice,
    CounterState,
    Happened,
    Outcome,
    PersonLine,
    PersonShown,
    SeveralCodes,
    SeveralPeople,
    Stranger,
    Verdict,
    Waiting,
)
from station_app.station.counter import Counter
from station_app.station.station import Station
from station_app.words import Name, Phrase
from station_app.workers.tasks import TaskRunner
from station_core.catalogue import Service
from station_core.desk.identity import Identity
from station_core.desk.identity import Verdict as Identified
from station_core.desk.refusal import Refusal
from station_core.ids import PersonId, ServiceCode
from station_core.records.services import RecordVoided, ServiceGiven

LISTED = 8
T = TypeVar("T")


class CounterFlow(QObject):
    """Keeps who is at the counter; every answer of the store's thread that is for somebody else by then is dropped."""

    register_wanted = Signal()
    card_wanted = Signal(object)
    """The PersonId."""

    def __init__(self, screen: CounterScreen, tasks: TaskRunner, session: Session, broadcast: Broadcast) -> None:
        super().__init__(screen)
        self._screen, self._tasks, self._session, self._broadcast = screen, tasks, session, broadcast
        self._state = CounterState(Waiting(Camera.STARTING))
        self._camera = Camera.STARTING
        self._hint: Phrase | None = None
        self._recent: tuple[PersonLine, ...] = ()
        self._look: Look | None = None
        self._turn = 0
        self._serial = 0
        self._undo_window = UndoWindow(self)
        self._undo_window.ticked.connect(self._count_down)
        self._connect()
        self._show(self._state)

    def _connect(self) -> None:
        screen = self._screen
        screen.search_wanted.connect(self.search)
        screen.person_wanted.connect(self.show_person)
        screen.code_wanted.connect(self.take_code)
        screen.service_wanted.connect(self._want_service)
        screen.form_answered.connect(self._record)
        screen.form_given_up.connect(lambda: self._show(replace(self._state, form=None)))
        screen.undo_wanted.connect(self._undo)
        screen.register_wanted.connect(self.register_wanted)
        screen.card_wanted.connect(self._want_card)
        screen.next_wanted.connect(self.wait)
        self._broadcast.changed.connect(self._changed)

    # What comes from outside

    def take_readings(self, readings: tuple[Reading, ...], picture: QImage | None = None) -> None:
        """Newly read codes, of the camera's `picture` if it was one: a code is looked up, of several staff choose."""
        codes: dict[str, Reading] = {}
        for reading in biggest_first(readings):
            codes.setdefault(reading.text, reading)
        if not codes or self._session.staff is None:
            return
        if len(codes) == 1:
            self.take_code(next(iter(codes)))
            return
        choices = tuple(
            CodeChoice(reading.text, code_words(reading.text), outline=reading.outline) for reading in codes.values()
        )
        self._next_turn()
        self._screen.show_still(picture)
        self._show(CounterState(SeveralCodes(choices), self._outcome(Happened.SEVERAL_CODES)))

    def take_code(self, text: str) -> None:
        """Look up whose code it is."""
        self._next_turn()
        self._ask(lambda station: scan(station, text), self._show_scan)

    def search(self, text: str) -> None:
        self._next_turn()
        self._ask(lambda station: find(station, text), lambda people: self._show_found(text, people))

    def show_person(self, person: PersonId, happened: Happened = Happened.VALID) -> None:
        """Somebody who was chosen from a list or has just joined."""
        self._next_turn()
        self._ask(lambda station: look_up(station, person), lambda look: self._show_look(look, happened))

    def wait(self) -> None:
        """Back to waiting for the next person."""
        self._next_turn()
        self._show(CounterState(self._waiting()))
        self._refresh_recent()

    def show_camera(self, camera: Camera) -> None:
        self._camera = camera
        if isinstance(self._state.view, Waiting):
            self._show(replace(self._state, view=self._waiting()))

    def show_hint(self, hint: Hint | None) -> None:
        """What is wrong with the camera's picture, as long as nothing is read."""
        self._hint = None if hint is None else Phrase(f"scanning.hint.{hint.value}")
        if isinstance(self._state.view, Waiting):
            self._show(replace(self._state, view=self._waiting()))

    def _waiting(self) -> Waiting:
        return Waiting(self._camera, self._recent, self._hint)

    def show_frame(self, image: QImage, outlines: tuple[Outline, ...]) -> None:
        if self._camera is not Camera.LIVE:
            self.show_camera(Camera.LIVE)
        self._screen.show_frame(image, outlines)

    # Showing

    def _show(self, state: CounterState) -> None:
        self._state = state
        self._screen.show_state(state)

    def _next_turn(self) -> None:
        self._turn += 1
        self._look = None
        self._undo_window.clear()

    def _ask(self, job: Callable[[Station], T], show: Callable[[T], None]) -> None:
        """Ask the station; an answer that comes when somebody else is at the counter is dropped."""
        turn = self._turn
        self._tasks.on_store(job, lambda answer: show(answer) if turn == self._turn else None)

    def _outcome(self, happened: Happened, **params: object) -> Outcome:
        self._serial += 1
        return Outcome(happened, self._serial, params)

    def _show_scan(self, answer: object) -> None:
        assert isinstance(answer, Scanned)  # noqa: S101 - what `_scan` gives
        identity = answer.scan.identity
        happened, params = happened_for(identity)
        outcome = self._outcome(happened, **params)
        if answer.look is not None:
            self._look = answer.look
            self._show(CounterState(answer.look.shown, outcome))
        elif answer.several:
            self._show(CounterState(SeveralPeople(tuple(person_line(person) for person in answer.several)), outcome))
        else:
            self._show(CounterState(Stranger(may_register=_may_register(identity)), outcome))

    def _show_found(self, text: str, people: list[KnownPerson]) -> None:
        if not people:
            outcome = self._outcome(Happened.NOBODY_FOUND, query=text)
            self._show(CounterState(Stranger(), outcome))
        elif len(people) == 1:
            self.show_person(people[0].id)
        else:
            lines = tuple(
                person_line(person, Phrase("counter.person.phone_tail", {"digits": person.phone[-4:]}))
                for person in people[:LISTED]
            )
            view = SeveralPeople(lines, len(people) - len(lines))
            self._show(CounterState(view, self._outcome(Happened.SEVERAL_PEOPLE)))

    def _show_look(self, look: Look | None, happened: Happened) -> None:
        if look is None:
            self.wait()
            return
        self._look = look
        self._show(CounterState(look.shown, self._outcome(happened)))

    # Recording

    def _want_service(self, code: ServiceCode) -> None:
        if self._look is None:
            return
        service = self._service(code)
        if service.form:
            self._show(replace(self._state, form=form_state(service)))
        else:
            self._record(code, {})

    def _record(self, code: ServiceCode, answers: Mapping[str, object]) -> None:
        look, staff, turn = self._look, self._session.require(), self._turn
        if look is None:
            return
        plain = {key: str(value) if isinstance(value, Decimal) else value for key, value in answers.items()}
        self._put_tile(code, form=None, verdict=Verdict.RECORDING)
        self._tasks.on_store(
            lambda station: Counter(station).give(look.served, code, staff, plain),
            lambda given: self._recorded(turn, code, given),
            lambda _error: self._not_recorded(turn),
        )

    def _recorded(self, turn: int, code: ServiceCode, given: ServiceGiven | Refusal) -> None:
        if isinstance(given, ServiceGiven):
            self._broadcast.recorded(Topic.SERVICES)
        if turn != self._turn:
            return
        name = name_of(self._service(code).name)
        if isinstance(given, Refusal):
            why = entitlement_words(given.entitlement) if given.entitlement else why_not(given)
            self._refresh_person(self._outcome(Happened.NOT_RECORDED, service=name, why=why))
            return
        self._undo_window.open(code, given.id)
        self._refresh_person(self._outcome(Happened.RECORDED, service=name))

    def _not_recorded(self, turn: int) -> bool:
        """The window tells what failed; the tile must not go on saying that it is being recorded."""
        if turn == self._turn:
            self._refresh_person(self._state.outcome)
        return False

    def _undo(self, code: ServiceCode) -> None:
        record, staff, turn = self._undo_window.record_of(code), self._session.require(), self._turn
        if record is None:
            return
        self._tasks.on_store(
            lambda station: Counter(station).undo(record, staff),
            lambda answer: self._undone(turn, code, answer),
        )

    def _undone(self, turn: int, code: ServiceCode, answer: RecordVoided | Refusal | None) -> None:
        if isinstance(answer, RecordVoided):
            self._broadcast.recorded(Topic.SERVICES)
        if turn != self._turn:
            return
        name = name_of(self._service(code).name)
        self._undo_window.close(code)
        if isinstance(answer, RecordVoided):
            self._refresh_person(self._outcome(Happened.UNDONE, service=name))
        else:
            why = why_not(answer) if isinstance(answer, Refusal) else Name("", "")
            self._refresh_person(self._outcome(Happened.NOT_RECORDED, service=name, why=why))

    def _want_card(self) -> None:
        if self._look is not None and self._look.served.person is not None:
            self.card_wanted.emit(self._look.served.person.id)

    # Keeping what is shown true

    def _refresh_person(self, outcome: Outcome | None) -> None:
        look = self._look
        if look is not None:
            self._ask(lambda station: look_again(station, look), lambda again: self._show_again(again, outcome))

    def _show_again(self, look: Look, outcome: Outcome | None) -> None:
        self._look = look
        self._show(CounterState(self._undo_window.marked(look.shown), outcome))

    def _put_tile(self, code: ServiceCode, form: None, verdict: Verdict) -> None:
        view = self._state.view
        if isinstance(view, PersonShown):
            tiles = tuple(
                dataclasses.replace(tile, verdict=verdict) if tile.service == code else tile for tile in view.tiles
            )
            self._show(replace(self._state, view=dataclasses.replace(view, tiles=tiles), form=form))

    def _count_down(self) -> None:
        if self._look is not None:
            self._show(replace(self._state, view=self._undo_window.marked(self._look.shown)))

    def _changed(self, topics: frozenset[Topic], here: bool) -> None:
        if Topic.SERVICES in topics or Topic.PEOPLE in topics:
            self._refresh_recent()
            if not here and self._look is not None and self._state.form is None:
                self._refresh_person(self._state.outcome)

    def _refresh_recent(self) -> None:
        self._tasks.on_store(recently_served, self._show_recent)

    def _show_recent(self, lines: tuple[PersonLine, ...]) -> None:
        self._recent = lines
        if isinstance(self._state.view, Waiting):
            self._show(replace(self._state, view=self._waiting()))

    def _service(self, code: ServiceCode) -> Service:
        if self._look is None:
            raise KeyError(code)
        return next(choice.service for choice in self._look.served.choices if choice.service.code == code)


def _may_register(identity: Identity) -> bool:
    """Whoever shows no member's code, or a number that nobody has, may join; a bad card is no invitation to it."""
    return identity.verdict in (Identified.UNKNOWN, Identified.NOT_A_MEMBER_CODE, Identified.LEFT)
