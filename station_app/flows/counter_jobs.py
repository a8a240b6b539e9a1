"""What the counter's page asks of the station; all of it runs on the store's thread."""

from dataclasses import dataclass

from db.values import Person as KnownPerson
from station_app.flows.person_state import name_of, person_line, person_shown
from station_app.screens.counter.state import PersonLine, PersonShown
from station_app.station.counter import AtCounter, Counter, Scan
from station_app.station.joining import Joining, union_name
from station_app.station.station import Station
from station_core.credential.card import CardClaims
from station_core.ids import PersonId

RECENT = 5


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about somebody at the counter that the store had to be asked for."""

    served: AtCounter
    claims: CardClaims | None
    shown: PersonShown


@dataclass(frozen=True, slots=True)
class Scanned:
    scan: Scan
    look: Look | None
    several: tuple[KnownPerson, ...] = ()


def scan(station: Station, text: str) -> Scanned:
    found = Counter(station).scan(text)
    if found.served is not None:
        return Scanned(found, _look(station, found.served, found.identity.claims))
    with station.store.reading() as view:
        number = found.identity.member_no
        several = tuple(view.people.with_member_no(number)) if number else ()
    return Scanned(found, None, several if len(several) > 1 else ())


def find(station: Station, text: str) -> list[KnownPerson]:
    with station.store.reading() as view:
        return view.people.search(text)


def look_up(station: Station, person: PersonId) -> Look | None:
    served = Counter(station).show(person)
    return None if served is None else _look(station, served, None)


def _look(station: Station, served: AtCounter, claims: CardClaims | None) -> Look:
    with station.store.reading() as view:
        person = served.person
        cards = view.cards.of_people(person.all_ids) if person else []
        valid_until = (
            claims.expires_on if claims else next((card.expires_on for card in cards if card.revocation is None), None)
        )
        photo = view.people.photo(person.id) if person else None
    code = person.union if person else (claims.union_code if claims else None)
    union = union_name(Joining(station).unions(), code)
    return Look(served, claims, person_shown(served, claims, union, photo, valid_until))


def look_again(station: Station, look: Look) -> Look:
    person = look.served.person
    served = Counter(station).show(person.id) if person else Counter(station).again(look.served)
    return look if served is None else _look(station, served, look.claims)


def recently_served(station: Station) -> tuple[PersonLine, ...]:
    """Who was served here last, each once."""
    with station.store.reading() as view:
        offer = station.offer(view)
        names = {service.code: name_of(service.name) for service in offer.catalogue.services}
        lines: dict[PersonId, PersonLine] = {}
        for given in view.services.recent(offer.event_id, limit=RECENT * 6):
            person = view.people.get(given.person) if given.person and given.voided is None else None
            if person is not None and person.id not in lines:
                lines[person.id] = person_line(person, names.get(given.service, given.service))
        return tuple(lines.values())[:RECENT]
