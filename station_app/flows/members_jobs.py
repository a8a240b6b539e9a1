"""What the members page asks of the station; all of it runs on the store's thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.values import Card as IssuedCard
from db.values import Given, Person
from db.view import View
from station_app.flows.people_words import joined_on, void_of
from station_app.flows.person_state import name_of, occupation_name
from station_app.screens.members.state import Card, CardStatus, HistoryRow, MemberDetail, MemberRow, Personal
from station_app.station.clock import local_day, local_time
from station_app.station.joining import published_unions, union_name
from station_app.station.station import Station
from station_app.words import Name
from station_core.clock import wall_ms
from station_core.ids import EventId, MemberNo, OperatorId, PersonId, ServiceCode, WriterId
from station_core.people import id_number, phone
from station_core.people.id_number import IdNumber
from station_core.records.cards import RevocationReason
from station_core.records.documents import EventPublished, OperatorNamed, UnionOrganisation

LISTED = 50


@dataclass(frozen=True, slots=True)
class Found:
    """`more`: others fit too."""

    rows: tuple[MemberRow, ...]
    more: bool


def count(station: Station) -> int:
    """How many people can be found here."""
    with station.store.reading() as view:
        return view.overview.people()


def search(station: Station, asked: str) -> Found:
    with station.store.reading() as view:
        people, unions = view.people.search(asked, LISTED + 1), published_unions(view)
    return Found(tuple(_row(person, unions) for person in people[:LISTED]), len(people) > LISTED)


def _row(person: Person, unions: tuple[UnionOrganisation, ...]) -> MemberRow:
    number = person.member_no or MemberNo("")
    tail = f"****{person.phone[-4:]}" if person.phone else ""
    return MemberRow(person.id, person.name, number, tail, union_name(unions, person.union))


def look_up(station: Station, person: PersonId, revealed: bool) -> MemberDetail | None:
    """Everything about `person`; None where nobody is known by that id."""
    with station.store.reading() as view:
        known = view.people.get(person)
        if known is None:
            return None
        today = station.today()
        return MemberDetail(
            member_id=known.id,
            name=known.name,
            number=known.member_no or MemberNo(""),
            membership=known.membership,
            personal=_personal(known, today, revealed),
            occupation=occupation_name(known.occupation) or Name(known.occupation),
            employer=known.employer,
            union=union_name(published_unions(view), known.union),
            joined=joined_on(view, known),
            card=_card(view.cards.of_people(known.all_ids), today),
            history=_History(station, view).rows(view.services.of(known.all_ids, known.member_no)),
        )


def _personal(person: Person, today: date, revealed: bool) -> Personal:
    read = id_number.parse(person.id_number, today) if person.id_number else None
    born = read.birth_date.isoformat() if isinstance(read, IdNumber) else ""
    if revealed:
        return Personal(person.id_number, person.phone, born, revealed=True)
    return Personal(id_number.mask(person.id_number), phone.mask(person.phone), f"{born[:4]}-**-**" if born else "")


def _card(cards: list[IssuedCard], today: date) -> Card:
    """The card that stands, else the last that there was."""
    standing = next((card for card in cards if card.revocation is None), None)
    if standing is not None:
        status = CardStatus.VALID if today <= standing.expires_on else CardStatus.EXPIRED
        return Card(status, standing.issued_on, standing.expires_on)
    if not cards:
        return Card()
    last = cards[0]
    revoked = None if last.revoked_at is None else local_day(wall_ms(last.revoked_at))
    return Card(CardStatus.REVOKED, last.issued_on, last.expires_on, revoked, _reason(last.revocation))


def _reason(code: str | None) -> RevocationReason | None:
    """None for a reason that only a later version knows."""
    return RevocationReason(code) if code in set(RevocationReason) else None


class _History:
    """Turns records into rows; what things and people are called is asked once."""

    def __init__(self, station: Station, view: View) -> None:
        self._view = view
        self._staff: Mapping[OperatorId, str] = {
            named.operator: named.name for named in view.documents.all(OperatorNamed)
        }
        self._events: Mapping[EventId, str] = {
            event.event: event.place or event.name for event in view.documents.all(EventPublished)
        }
        catalogue = station.offer(view).catalogue
        self._services: Mapping[ServiceCode, Name] = {
            service.code: name_of(service.name) for service in catalogue.services
        }
        self._stations: dict[WriterId, str] = {}

    def rows(self, records: list[Given]) -> tuple[HistoryRow, ...]:
        return tuple(self._row(given) for given in records)

    def _row(self, given: Given) -> HistoryRow:
        return HistoryRow(
            record_id=given.id,
            at=local_time(wall_ms(given.at)),
            service=self._services.get(given.service, Name(given.service)),
            place=self._place(given),
            staff=self._staff.get(given.operator, str(given.operator)),
            void=void_of(given.voided, self._staff),
            may_void=given.voided is None,
        )

    def _place(self, given: Given) -> str:
        """The event's, or else the station's own name."""
        if given.event is not None and given.event in self._events:
            return self._events[given.event]
        if given.writer not in self._stations:
            writer = self._view.writers.get(given.writer)
            self._stations[given.writer] = writer.label if writer else ""
        return self._stations[given.writer]
