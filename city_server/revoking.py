"""Taking a station out of service."""

from city_server.errors import CityError
from db.store import Store
from db.values import Writer
from station_core.clock import hybrid
from station_core.credential.certificate import Role
from station_core.records.trust import WriterRevoked


def revoke_station(store: Store, number: int, reason: str) -> Writer:
    """From now on what the station with that number writes does not count.

    Raises CityError: no_station, revoked_already.
    """
    with store.writing() as tx:
        found = [one for one in tx.writers.all() if one.number == number and one.role is not Role.CITY]
        if not found:
            raise CityError("no_station", number=number)
        if all(one.revoked_since is not None for one in found):
            raise CityError("revoked_already", number=number)
        since = hybrid(store.now_ms())
        tx.append(*(WriterRevoked(writer=one.id, since=since, reason=reason) for one in found))
        return found[0]
