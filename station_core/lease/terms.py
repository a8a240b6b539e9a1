"""The terms of a lease, and how a lease stands at a moment."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from station_core.records.documents import LeaseSet

DAY_MS = 24 * 60 * 60 * 1000
UNLOCK_DAYS = 7
"""How long a station may work on a code of the organiser's before it has to be in contact again."""


@dataclass(frozen=True, slots=True)
class Terms:
    """`days` without contact until the data locks, 0 for never; staff are warned in the last `warn_days` of them."""

    days: int
    warn_days: int


DEFAULT_TERMS = Terms(days=30, warn_days=7)
"""Before the city has said anything."""


def terms_of(said: "LeaseSet | None") -> Terms:
    return DEFAULT_TERMS if said is None else Terms(said.days, said.warn_days)


@dataclass(frozen=True, slots=True)
class Term:
    """A running lease: until when (None: without end), and from when on staff are warned."""

    until_ms: int | None
    warn_ms: int | None

    @classmethod
    def from_contact(cls, terms: Terms, contact_ms: int, granted_until_ms: int = 0) -> "Term":
        """After contact with the city at `contact_ms`; `granted_until_ms` is what an organiser's code has added."""
        if terms.days == 0:
            return cls(None, None)
        until_ms = max(contact_ms + terms.days * DAY_MS, granted_until_ms)
        return cls(until_ms, until_ms - terms.warn_days * DAY_MS)

    def is_over(self, now_ms: int) -> bool:
        return self.until_ms is not None and now_ms >= self.until_ms

    def days_left(self, now_ms: int) -> int | None:
        """Begun days until the lock, where staff are to be warned of it; else None."""
        if self.until_ms is None or self.warn_ms is None or not self.warn_ms <= now_ms < self.until_ms:
            return None
        return -((now_ms - self.until_ms) // DAY_MS)
