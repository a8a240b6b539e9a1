"""How long stations may be away before their data locks, and the answer that opens a locked one."""

from dataclasses import dataclass

from city_server.city import City
from city_server.devices import station_numbered
from city_server.errors import CityError
from db.store import Store
from station_core.lease.codes import answer_of_city, parse_challenge, shown
from station_core.lease.terms import Terms, terms_of
from station_core.records.documents import MOST_DAYS, LeaseSet


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The answer to read out, and whom it is for."""

    answer: str
    label: str


def present_terms(store: Store) -> Terms:
    with store.reading() as view:
        return terms_of(view.documents.get(LeaseSet))


def set_terms(store: Store, terms: Terms) -> None:
    """From a station's next exchange on. Raises CityError(bad_lease)."""
    if not 0 <= terms.days <= MOST_DAYS or not 0 <= terms.warn_days <= max(terms.days, 0):
        raise CityError("bad_lease", limit=MOST_DAYS)
    with store.writing() as tx:
        tx.append(LeaseSet(days=terms.days, warn_days=terms.warn_days))


def answer_challenge(city: City, number: int, typed: str, *, although_revoked: bool = False) -> Unlocked:
    """The answer that opens the data of the station with that `number`, which shows the challenge `typed`.

    Raises CityError: bad_challenge, no_station; revoked_station unless it is to be opened all the same.
    """
    challenge = parse_challenge(typed)
    if challenge is None:
        raise CityError("bad_challenge")
    with city.store.reading() as view:
        station = station_numbered(view, number)
        key = view.writers.public_key(station.id)
    if station.revoked_since is not None and not although_revoked:
        raise CityError("revoked_station", number=number, reason=station.revoked_reason or "")
    if key is None:
        raise CityError("no_station", number=number)
    return Unlocked(shown(answer_of_city(city.home.root, key, challenge)), station.label)
