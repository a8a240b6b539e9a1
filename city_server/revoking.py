"""Taking a station out of service, from now on or from an earlier moment."""

from dataclasses import dataclass

from city_server.devices import station_numbered
from city_server.errors import CityError
from db.store import Store
from db.values import Writer
from station_core.clock import hybrid, wall_ms
from station_core.records.trust import WriterRevoked


@dataclass(frozen=True, slots=True)
class Revoked:
    """`entries` of the station's counted until then and are set aside now; `cards` of its issue fail from now on."""

    station: Writer
    since_ms: int
    entries: int
    cards: int


def revoke_station(store: Store, number: int, reason: str, since_ms: int | None = None) -> Revoked:
    """What the station with that number wrote after `since_ms` does not count; None for now.

    An earlier moment than that of a standing revocation takes its place, a later one cannot. Raises CityError:
    no_station, revoked_already, since_ahead.
    """
    with store.writing() as tx:
        station = station_numbered(tx, number)
        now_ms = store.now_ms()
        from_ms = now_ms if since_ms is None else since_ms
        if from_ms > now_ms:
            raise CityError("since_ahead")
        if station.revoked_since is not None and wall_ms(station.revoked_since) <= from_ms:
            raise CityError("revoked_already", number=number)
        cards = tx.cards.failing_with(station.id, from_ms)
        before = tx.journals.set_aside_counts().get(station.id, 0)
        tx.append(WriterRevoked(writer=station.id, since=hybrid(from_ms), reason=reason))
        after = tx.journals.set_aside_counts().get(station.id, 0)
        return Revoked(station, from_ms, after - before, cards)
