"""What the page of today's event asks of the station; all of it runs on the store's thread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.conflict_lines import ConflictKind as LineKind
from db.conflict_lines import ConflictLine
from db.values import Given, Person
from db.view import View
from station_app.flows.approval import supervisors
from station_app.flows.person_state import name_of
from station_app.screens.event.approval import Void
from station_app.screens.event.state import Conflict, ConflictKind, Counts, EventInfo, EventState, RecentRow, Stock
from station_app.station.clock import local_time
from station_app.station.event_desk import EventDesk, merge_id
from station_app.station.shelf import Offer
from station_app.station.staffing import staff_names
from station_app.station.station import Station
from station_app.words import Name, Phrase
from station_core.clock import wall_ms
from station_core.desk.giving import UNDO_WINDOW_MS, UNDONE
from station_core.desk.staff import Staff
from station_core.desk.stock import Holding
from station_core.ids import OperatorId, PersonId, ServiceCode
from station_core.people import member_no
from station_core.records.documents import EventPublished

RECENT = 100


@dataclass(frozen=True, slots=True)
class EventLook:
    """`undo_ends_in_ms`: when the first of the records shown can no longer be undone; None where none can."""

    shown: EventState
    undo_ends_in_ms: int | None


def look(station: Station, staff: Staff) -> EventLook:
    desk = EventDesk(station)
    names = staff_names(station)
    with station.store.reading() as view:
        offer = station.offer(view)
        shown = EventState(
            events=tuple(_info(event) for event in desk.running(view)),
            conflicts=_conflicts(desk, view, offer),
            supervisors=supervisors(station.home),
            staff_is_supervisor=staff.may_supervise,
        )
        event = offer.event
        if event is None:
            return EventLook(shown, None)
        given = view.services.given_at(event.event)
        recent = _Recent(station, view, offer, staff, names)
        shown = replace(
            shown,
            event=_info(event),
            counts=Counts(view.services.people_at(event.event), sum(given.values()), desk.joined(view, event)),
            stock=_stock(offer, event, given, view.stock.holdings(event, station.store.own)),
            recent=tuple(recent.row(one) for one in view.services.recent(event.event, RECENT)),
        )
        return EventLook(shown, recent.undo_ends_in_ms)


def _info(event: EventPublished) -> EventInfo:
    return EventInfo(event.event, event.name, event.place, event.first_day, event.last_day)


def _stock(
    offer: Offer, event: EventPublished, given: Mapping[ServiceCode, int], holdings: Sequence[Holding]
) -> tuple[Stock, ...]:
    """What is limited first, then what is asked for most; the rest in the catalogue's order."""
    parts = {holding.service: holding for holding in holdings}
    stock = (
        Stock(
            service.code,
            name_of(service.name),
            given.get(service.code, 0),
            event.stock.get(service.code),
            here=max(0, part.held) if (part := parts.get(service.code)) else None,
            wanted=part.waiting if part else 0,
        )
        for service in offer.services
    )
    return tuple(sorted(stock, key=lambda one: (one.total is None, -one.given)))


def _conflicts(desk: EventDesk, view: View, offer: Offer) -> tuple[Conflict, ...]:
    names = {service.code: name_of(service.name) for service in offer.catalogue.services}
    lines = desk.unseen_lines(view, offer)
    found = [_beyond(line, names.get(ServiceCode(line.service), Name(line.service))) for line in lines]
    for merged in desk.unseen_merges(view):
        person = view.people.get(merged.person)
        if person is not None:
            number = member_no.grouped(person.member_no) if person.member_no else person.name
            what = Phrase("event.conflict_what.merged", {"number": number})
            at = local_time(wall_ms(merged.at))
            found.append(Conflict(merge_id(merged), ConflictKind.MERGED, person.name, what, at))
    return tuple(found)


def _beyond(line: ConflictLine, service: Name) -> Conflict:
    """More than a rule, a stock or a part of one allows."""
    params: dict[str, object] = {"service": service}
    if line.kind is LineKind.OVER_USE:
        params |= {"allowed": line.allowed, "used": line.given, "extra": line.where}
        params["counts"] = line.counts.where if line.counts else line.where
    else:
        params |= {"stock": line.allowed, "given": line.given}
    who = line.who or line.member_no or line.where
    what = Phrase(f"event.conflict_what.{line.kind}", params)
    return Conflict(line.id, ConflictKind(line.kind), who, what, local_time(line.at_ms))


class _Recent:
    """Makes rows of records; each person is looked up once."""

    def __init__(
        self, station: Station, view: View, offer: Offer, staff: Staff, names: Mapping[OperatorId, str]
    ) -> None:
        self._view, self._staff, self._names = view, staff, names
        self._own, self._now_ms = station.store.own, station.now_ms()
        self._services = {service.code: name_of(service.name) for service in offer.catalogue.services}
        self._people: dict[PersonId, Person | None] = {}
        self.undo_ends_in_ms: int | None = None

    def row(self, given: Given) -> RecentRow:
        person = self._person(given)
        return RecentRow(
            record_id=given.id,
            at=local_time(wall_ms(given.at)),
            member=person.name if person else given.member_no or "",
            number=person.member_no if person else given.member_no,
            service=self._service(given.service),
            staff=self._name(given.operator),
            may_undo=self._may_undo(given),
            void=self._void(given),
        )

    def _person(self, given: Given) -> Person | None:
        if given.person is None:
            return None
        if given.person not in self._people:
            self._people[given.person] = self._view.people.get(given.person)
        return self._people[given.person]

    def _service(self, code: ServiceCode) -> Name:
        return self._services.get(code, Name(code))

    def _name(self, operator: OperatorId) -> str:
        return self._names.get(operator, operator)

    def _may_undo(self, given: Given) -> bool:
        left_ms = UNDO_WINDOW_MS - (self._now_ms - wall_ms(given.at))
        mine = given.writer == self._own and given.operator == self._staff.id
        may = mine and given.voided is None and left_ms >= 0
        if may:
            self.undo_ends_in_ms = min(left_ms, self.undo_ends_in_ms or left_ms)
        return may

    def _void(self, given: Given) -> Void | None:
        voided = given.voided
        if voided is None:
            return None
        reason = Phrase("event.recent.undone") if voided.reason == UNDONE else voided.reason
        return Void(reason, self._name(voided.operator), local_time(wall_ms(voided.at)))
