"""What the city sees of itself: stations, counts, events, conflicts. Only conflicts say anything about a person."""

from dataclasses import dataclass
from datetime import date

from city_server.city import City
from city_server.errors import CityError
from db.conflict_lines import ConflictLine, conflict_lines
from db.queries.devices import Seen
from db.values import Counts, Writer
from db.view import View
from station_core.catalogue import Catalogue, MalformedPack, Pack, UnknownService
from station_core.clock import wall_ms
from station_core.credential.certificate import Role
from station_core.ids import EventId, ServiceCode
from station_core.people.regions import full_name
from station_core.records.documents import CataloguePublished, EventPublished


@dataclass(frozen=True, slots=True)
class StationLine:
    """`waiting`: entries that the station said it still held back; None where it has not said."""

    number: int
    label: str
    district: str
    district_name: str
    entries: int
    last_entry_ms: int | None
    seen_ms: int | None
    waiting: int | None
    set_aside: int
    revoked: bool


@dataclass(frozen=True, slots=True)
class ServiceLine:
    code: str
    name_zh: str
    name_en: str
    count: int


@dataclass(frozen=True, slots=True)
class EventLine:
    """`id` None stands for what was given at no event."""

    id: str | None
    name: str
    place: str
    first_day: date | None
    last_day: date | None
    people: int
    services: tuple[ServiceLine, ...]

    @property
    def count(self) -> int:
        return sum(service.count for service in self.services)


@dataclass(frozen=True, slots=True)
class Overview:
    city_id: str
    name: str
    title: str
    now_ms: int
    counts: Counts
    invited: int
    stations: tuple[StationLine, ...]
    events: tuple[EventLine, ...]


def overview(city: City) -> Overview:
    about = city.home.about
    with city.store.reading() as view:
        return Overview(
            city_id=about.id,
            name=about.name,
            title=about.title,
            now_ms=city.store.now_ms(),
            counts=view.overview.counts(),
            invited=sum(enrolment.writer is None for enrolment in view.enrolments.all()),
            stations=_stations(view),
            events=_events(view),
        )


def conflicts_of(city: City, event: str | None) -> list[ConflictLine]:
    """What counters that were apart gave too often or beyond the stock, at `event` or at all.

    Unlike everything else here it names people, for the organiser. Raises CityError(no_event).
    """
    with city.store.reading() as view:
        services = _catalogue(view).services
        events = [one for one in view.documents.all(EventPublished) if event in (None, one.event)]
        if event is not None and not events:
            raise CityError("no_event", event=event)
        return [line for one in events for line in conflict_lines(view, services, one)]


def _stations(view: View) -> tuple[StationLine, ...]:
    seen, aside = view.devices.all(), view.journals.set_aside_counts()
    return tuple(
        _station(writer, seen.get(writer.id), aside.get(writer.id, 0))
        for writer in view.writers.all()
        if writer.role not in (None, Role.CITY)
    )


def _station(writer: Writer, seen: Seen | None, aside: int) -> StationLine:
    district = writer.district or ""
    return StationLine(
        number=writer.number or 0,
        label=writer.label,
        district=district,
        district_name=full_name(district),
        entries=writer.last_seq,
        last_entry_ms=wall_ms(writer.last_at) if writer.last_seq else None,
        seen_ms=seen.seen_ms if seen else None,
        waiting=seen.waiting if seen else None,
        set_aside=aside,
        revoked=writer.revoked_since is not None,
    )


def _events(view: View) -> tuple[EventLine, ...]:
    """Every event that was published or at which something was given, and last what was given at none."""
    totals = view.services.totals()
    published = {record.event: record for record in view.documents.all(EventPublished)}
    named = [*published, *(event for event, _ in totals if event is not None and event not in published)]
    catalogue = _catalogue(view)
    lines = [
        _event(view, event, published.get(event), _lines(totals, event, catalogue)) for event in dict.fromkeys(named)
    ]
    elsewhere = _lines(totals, None, catalogue)
    if elsewhere:
        lines.append(EventLine(None, "", "", None, None, 0, elsewhere))
    return tuple(lines)


def _event(view: View, event: EventId, record: EventPublished | None, services: tuple[ServiceLine, ...]) -> EventLine:
    people = view.services.people_at(event)
    if record is None:
        return EventLine(event, event, "", None, None, people, services)
    return EventLine(event, record.name, record.place, record.first_day, record.last_day, people, services)


def _lines(
    totals: dict[tuple[EventId | None, ServiceCode], int], event: EventId | None, catalogue: Catalogue
) -> tuple[ServiceLine, ...]:
    found = [(code, count) for (at, code), count in totals.items() if at == event]
    return tuple(_line(code, count, catalogue) for code, count in sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _line(code: ServiceCode, count: int, catalogue: Catalogue) -> ServiceLine:
    try:
        name = catalogue.service(code).name
    except UnknownService:
        return ServiceLine(code, code, code, count)
    return ServiceLine(code, name.zh, name.en, count)


def _catalogue(view: View) -> Catalogue:
    packs: list[Pack] = []
    for record in view.documents.all(CataloguePublished):
        try:
            packs.append(Pack.from_dict(record.content))
        except MalformedPack:  # of a newer version: its services are named by their codes
            continue
    return Catalogue.of(packs)
