"""Who takes the place of an event's hub that has gone: the guest with the lowest writer id first.

Every guest decides for itself by the list that the hub gave to all of them, so that nobody has to be asked. Where two
decide alike there are two hubs for a while, which does no harm: each is the other's guest.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from station_core.ids import WriterId
from sync.errors import NOTHING_REACHED, Trouble
from sync.lan.address import HubAddress
from sync.messages import Standby

GRACE_S = 4.0
"""How long a hub may be out of reach: a restarted router, a laptop that was carried to another table."""
STEP_S = 4.0
"""How much longer each next guest waits, so that the one before it is found first."""
REMEMBERED_S = 600.0
"""How long guests of a hub that has gone look for each other."""

GONE = NOTHING_REACHED | {Trouble.TIMED_OUT}
"""What a guest meets where the hub is not there any more; everything else is said by somebody who is."""


class StandIn(Protocol):
    """What can serve in the hub's place."""

    def offered(self) -> Standby:
        """Where this station serves, or would."""
        ...

    def take_over(self) -> None:
        """Serve from now on. Raises SyncError, HomeError."""
        ...


@dataclass(frozen=True, slots=True)
class Deputy:
    """A guest that would take the hub's place, and where it would be found then."""

    writer: WriterId
    address: HubAddress


class Succession:
    """Keeps the list of the hub that is linked, and tells when it is this station's turn."""

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._deputies: tuple[Deputy, ...] = ()
        self._lost_s: float | None = None
        self._is_settled = True

    def linked(self, deputies: Sequence[Deputy]) -> None:
        """There is a hub, and these are its guests."""
        self._deputies = tuple(sorted(deputies, key=lambda deputy: deputy.writer))
        self._lost_s, self._is_settled = None, False

    def lost(self) -> None:
        """It does not answer. Said again and again until there is another."""
        if self._lost_s is None:
            self._lost_s = self._now_s()

    def settle(self) -> None:
        """It is not for this station any more: it serves, or a person has decided."""
        self._is_settled = True

    def due_in_s(self, own: WriterId) -> float | None:
        """Seconds until this station is to serve, none or less where it is to serve now; None where it is not."""
        rank = next((rank for rank, deputy in enumerate(self._deputies) if deputy.writer == own), None)
        if self._lost_s is None or self._is_settled or rank is None:
            return None
        return self._lost_s + GRACE_S + rank * STEP_S - self._now_s()

    def addresses(self, own: WriterId) -> tuple[HubAddress, ...]:
        """Where another guest may be serving meanwhile."""
        if self._lost_s is not None and self._now_s() - self._lost_s > REMEMBERED_S:
            return ()
        return tuple(deputy.address for deputy in self._deputies if deputy.writer != own)
