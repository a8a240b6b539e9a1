"""The lease as it is seen before the store is open: by the lock screen, and by whoever opens the store."""

from dataclasses import dataclass, replace
from pathlib import Path

from station_app.home.errors import BadAnswer, NotLocked
from station_app.home.keyslots import KeySlots
from station_app.home.lease import Lease
from station_app.home.locking import lock, unlock
from station_core.lease.terms import DAY_MS, UNLOCK_DAYS


@dataclass(frozen=True, slots=True)
class LeaseStands:
    """How the lease stands at `at_ms`."""

    lease: Lease
    at_ms: int

    @property
    def is_over(self) -> bool:
        return self.lease.term.is_over(self.at_ms)

    @property
    def days_left(self) -> int | None:
        """Where staff are to be warned."""
        return self.lease.term.days_left(self.at_ms)


def lease_of_closed(home: Path, clock_ms: int) -> LeaseStands | None:
    """How the lease stands by what lies beside the store, which is locked where it is over; None before the first.

    `clock_ms` is what the clock says; one that was set back makes no lease longer.
    """
    lease = Lease.read(home)
    if lease is None:
        return None
    stands = LeaseStands(lease, max(clock_ms, lease.seen_ms))
    if stands.is_over:
        lock(home, lease)
    return stands


def unlock_with(home: Path, typed: str, clock_ms: int) -> Lease:
    """Let the city's answer, as somebody typed it, open the lock for some days.

    Takes a moment on purpose. Raises BadAnswer, WrongAnswer, NotLocked.
    """
    from station_core.lease.codes import parse_answer

    lease, locked = Lease.read(home), KeySlots.read(home).locked
    if lease is None or locked is None:
        raise NotLocked
    answer = parse_answer(typed)
    if answer is None:
        raise BadAnswer
    at_ms = max(clock_ms, lease.seen_ms)
    until_ms = at_ms + UNLOCK_DAYS * DAY_MS
    unlock(home, lambda _challenge: answer)
    opened = replace(lease, seen_ms=at_ms, until_ms=until_ms, warn_ms=at_ms, granted_until_ms=until_ms, answer=answer)
    opened.write(home)
    return opened
