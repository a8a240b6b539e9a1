"""The counter: who stands there, what they may have, recording it and taking it back."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.store import Transaction
from db.values import Given, Person
from db.view import View
from station_app.station.facts_of import card_facts, person_facts, usage
from station_app.station.shelf import Offer, event_facts
from station_app.station.station import Station
from station_core.catalogue import Service
from station_core.clock import wall_ms
from station_core.desk.giving import Receiver, Recorded, give, undo, void
from station_core.desk.identity import Candidate, Identity, identify, read_code
from station_core.desk.refusal import Refusal
from station_core.desk.staff import Staff
from station_core.entitlement import Entitlement, PersonFacts, decide
from station_core.ids import EventId, MemberNo, PersonId, RecordId, ServiceCode
from station_core.records.services import RecordVoided, ServiceGiven


@dataclass(frozen=True, slots=True)
class Choice:
    """A service on offer, and whether it may be had."""

    service: Service
    entitlement: Entitlement


@dataclass(frozen=True, slots=True)
class AtCounter:
    """Somebody at the counter with everything on offer.

    `person` is None for passers-by and for a good card of somebody unheard of; `facts` are what the rules were asked.
    """

    receiver: Receiver
    person: Person | None
    facts: PersonFacts | None
    choices: tuple[Choice, ...]
    event: EventId | None


@dataclass(frozen=True, slots=True)
class Scan:
    """What came of a code. `served` stands where somebody may be served on it."""

    identity: Identity
    served: AtCounter | None


class Counter:
    def __init__(self, station: Station) -> None:
        self._station = station

    def scan(self, text: str) -> Scan:
        """Who shows the code `text`, and what they may have."""
        with self._station.store.reading() as view:
            identity = self._identify(view, text)
            if not identity.may_be_served:
                return Scan(identity, None)
            person = view.people.get(identity.person) if identity.person else None
            facts = card_facts(identity.claims) if person is None and identity.claims else None
            return Scan(identity, self._at_counter(view, person, identity.member_no, facts))

    def show(self, person: PersonId) -> AtCounter | None:
        """Somebody who was found by search, or has just been registered."""
        with self._station.store.reading() as view:
            known = view.people.get(person)
            return None if known is None else self._at_counter(view, known, known.member_no, None)

    def again(self, served: AtCounter) -> AtCounter:
        """The same somebody, not known here, once more: what they may have may have changed."""
        with self._station.store.reading() as view:
            return self._at_counter(view, None, served.receiver.member_no, served.facts)

    def passer_by(self) -> AtCounter:
        """Somebody who shows nothing: what anybody may have."""
        with self._station.store.reading() as view:
            return self._at_counter(view, None, None, None)

    def give(
        self,
        served: AtCounter,
        service: ServiceCode,
        staff: Staff,
        answers: Mapping[str, object] | None = None,
        quantity: int = 1,
    ) -> ServiceGiven | Refusal:
        """Record that `service` was given; on disk when this returns. Raises UnknownService.

        The rules are asked again in the same transaction: what the screen showed may be older than a record that a
        neighbour's journal brought meanwhile.
        """
        with self._station.store.writing() as tx:
            offer, today = self._station.offer(tx), self._station.today()
            item = offer.catalogue.service(service)
            entitlement = self._entitlement(tx, served, item, offer, today)
            record = RecordId(secrets.token_bytes(16))
            decided = give(
                item,
                entitlement,
                served.receiver,
                staff,
                record,
                today,
                offer.event_id,
                answers or {},
                quantity,
            )
            if isinstance(decided, ServiceGiven):
                tx.append(decided)
            return decided

    def undo(self, record: RecordId, staff: Staff) -> RecordVoided | Refusal | None:
        """Take back what was recorded a moment ago; None where there is no such record."""
        with self._station.store.writing() as tx:
            given = tx.services.get(record)
            if given is None:
                return None
            return _append(tx, undo(self._recorded(given), staff, self._station.now_ms()))

    def void(self, record: RecordId, staff: Staff, reason: str) -> RecordVoided | Refusal | None:
        """A supervisor lets a record not count; None where there is no such record."""
        with self._station.store.writing() as tx:
            given = tx.services.get(record)
            return None if given is None else _append(tx, void(self._recorded(given), staff, reason))

    def _identify(self, view: View, text: str) -> Identity:
        station = self._station
        code = read_code(text, station.trust(view), station.patterns, station.now_ms())
        people = view.people.with_member_no(code.member_no) if code.member_no else []
        return identify(code, [Candidate(person.id, person.membership) for person in people])

    def _at_counter(
        self, view: View, person: Person | None, member_no: MemberNo | None, card: PersonFacts | None
    ) -> AtCounter:
        station = self._station
        today, offer = station.today(), station.offer(view)
        facts = card if person is None else person_facts(person, today)
        had, event = usage(view, person, member_no), event_facts(offer, view, station.store.own)
        choices = tuple(Choice(service, decide(service, facts, had, event, today)) for service in offer.services)
        receiver = Receiver(person.id if person else None, member_no)
        return AtCounter(receiver, person, facts, choices, offer.event_id)

    def _entitlement(self, view: View, served: AtCounter, service: Service, offer: Offer, today: date) -> Entitlement:
        receiver = served.receiver
        person = view.people.get(receiver.person) if receiver.person else None
        facts = served.facts if person is None else person_facts(person, today)
        event = event_facts(offer, view, self._station.store.own)
        return decide(service, facts, usage(view, person, receiver.member_no), event, today)

    def _recorded(self, given: Given) -> Recorded:
        own = given.writer == self._station.store.own
        return Recorded(given.id, wall_ms(given.at), given.operator, own, given.voided is not None)


def _append(tx: Transaction, decided: RecordVoided | Refusal) -> RecordVoided | Refusal:
    if isinstance(decided, RecordVoided):
        tx.append(decided)
    return decided
