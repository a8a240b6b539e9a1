"""What staff are told when they unlock the station: a copied disk, a clock that is off.

Each has the texts ``repairs.<code>.what`` and ``repairs.<code>.do``.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from db.queries.local import REVOKED
from station_app.station.exchange import NO_REASON
from station_app.station.healing import FORKED, copies_known
from station_app.station.peers import CITY
from station_app.station.station import Station
from station_core.clock import wall_ms

MOST_OFF_MS = 2 * 60 * 1000
MOST_AHEAD_MS = 24 * 60 * 60 * 1000


class Warned(StrEnum):
    REVOKED = "revoked"
    """The city has taken this station out of service: it records nothing any more, and may hand in what it holds."""
    LEASE_ENDS = "lease_ends"
    """The data locks soon unless the city is heard of."""
    FORKED = "forked"
    """Another copy has written on, and this one could not be healed yet."""
    COPIED = "copied"
    """Another copy of this device's disk has gone on under a name of its own."""
    CLOCK_BACK = "clock_back"
    CLOCK_AHEAD = "clock_ahead"
    CLOCK_OFF = "clock_off"


@dataclass(frozen=True, slots=True)
class Caution:
    what: Warned
    params: dict[str, object] = field(default_factory=dict)


def clock_caution(now_ms: int, newest_own_ms: int, exchanged_ms: int | None, offset_ms: int | None) -> Caution | None:
    """What is wrong with the clock, as far as this device can know.

    `newest_own_ms`: the time of its newest entry; `exchanged_ms`: when it last exchanged; `offset_ms`: how far the city
    was ahead then. A measured offset says the most, and comes first.
    """
    if abs(offset_ms or 0) > MOST_OFF_MS:
        return Caution(Warned.CLOCK_OFF, {"minutes": round(abs(offset_ms or 0) / 60_000)})
    if now_ms < newest_own_ms - MOST_OFF_MS:
        return Caution(Warned.CLOCK_BACK, {"minutes": round((newest_own_ms - now_ms) / 60_000)})
    last_ms = max(exchanged_ms or 0, newest_own_ms)
    if exchanged_ms is not None and now_ms > last_ms + MOST_AHEAD_MS:
        return Caution(Warned.CLOCK_AHEAD, {"days": (now_ms - last_ms) // MOST_AHEAD_MS})
    return None


def clock_of(station: Station) -> Caution | None:
    with station.store.reading() as view:
        peer = view.local.peer(CITY)
        own = view.journals.heads().get(station.store.own)
    newest_ms = 0 if own is None else wall_ms(own.at)
    return clock_caution(station.now_ms(), newest_ms, peer.succeeded_ms, peer.clock_offset_ms)


def copies_of(station: Station) -> Caution | None:
    with station.store.reading() as view:
        if view.local.setting(FORKED):
            return Caution(Warned.FORKED)
        return Caution(Warned.COPIED) if copies_known(view, station.store.own) else None


def revocation_of(station: Station) -> Caution | None:
    """By a journal that says so, or by the city's own word."""
    with station.store.reading() as view:
        own, said = view.writers.get(station.store.own), view.local.setting(REVOKED)
    if own is not None and own.revoked_since is not None:
        return Caution(Warned.REVOKED, {"reason": own.revoked_reason or NO_REASON})
    return Caution(Warned.REVOKED, {"reason": said}) if said else None


def lease_of(station: Station) -> Caution | None:
    days = station.keep_lease().days_left
    return None if days is None else Caution(Warned.LEASE_ENDS, {"days": days})


def cautions(station: Station) -> list[Caution]:
    """The most urgent first. On the thread that owns the store."""
    looks = (revocation_of, copies_of, lease_of, clock_of)
    return [found for look in looks if (found := look(station)) is not None]
