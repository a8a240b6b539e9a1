"""The catalogue and the event that are in force here, read from the store and kept until they change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.view import View
from station_core.catalogue import Catalogue, MalformedPack, Pack, Service
from station_core.entitlement import EventFacts
from station_core.ids import DistrictCode, EventId, WriterId
from station_core.records.documents import CataloguePublished, EventPublished

EVENT_SETTING = "event"


@dataclass(frozen=True, slots=True)
class Offer:
    """What this station offers today: the services of the event's packs, or of all where it stands at none."""

    catalogue: Catalogue
    event: EventPublished | None

    @property
    def event_id(self) -> EventId | None:
        return None if self.event is None else self.event.event

    @property
    def services(self) -> tuple[Service, ...]:
        if self.event is None or not self.event.packs:
            return self.catalogue.services
        return tuple(
            service for pack in self.catalogue.packs if pack.id in self.event.packs for service in pack.services
        )


class Shelf:
    """Parsing packs takes milliseconds, so that packs and events are kept until another version of one arrives."""

    def __init__(self, district: DistrictCode) -> None:
        self._district = district
        self._version: object = None
        self._catalogue = Catalogue(())
        self._events: list[EventPublished] = []

    def offer(self, view: View, today: date) -> Offer:
        version = view.documents.version(CataloguePublished, EventPublished)
        if version != self._version:
            self._catalogue = Catalogue.of(_packs(view))
            self._events = view.documents.all(EventPublished)
            self._version = version
        chosen = view.local.setting(EVENT_SETTING)
        return Offer(self._catalogue, event_on(self._events, chosen, self._district, today))


def event_on(events: Iterable[EventPublished], chosen: str, district: DistrictCode, day: date) -> EventPublished | None:
    """Of those that run on `day`, the one that was chosen here, else the first of the station's district."""
    running = [event for event in events if event.first_day <= day <= event.last_day]
    here = [event for event in running if event.district == district]
    return next((event for event in running if event.event == chosen), here[0] if here else None)


def _packs(view: View) -> list[Pack]:
    """A pack that this version cannot read is passed over: the others still serve."""
    packs = []
    for published in view.documents.all(CataloguePublished):
        try:
            packs.append(Pack.from_dict(published.content))
        except MalformedPack:
            continue
    return packs


def event_facts(offer: Offer, view: View, own: WriterId) -> EventFacts | None:
    """The event with what this station may give out of its stock, and what others hold."""
    event = offer.event
    if event is None:
        return None
    left = view.stock.held(event, own) if event.stock else {}
    given = view.services.given_at(event.event) if any(held <= 0 for held in left.values()) else {}
    elsewhere = {code: event.stock[code] - given.get(code, 0) for code, held in left.items() if held <= 0}
    return EventFacts(event.event, event.first_day, event.last_day, left, elsewhere)
