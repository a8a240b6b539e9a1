"""What the routes need of the one who answers: its store, and who may ask it for what."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from station_core.ids import WriterId
from station_core.journal.batch import Batch
from sync.messages import Deputy, Standby
from sync.store import ExchangeStore, HeldJournals
from sync.token import Verified


class Guest(Protocol):
    """A device whose token was good."""

    @property
    def verified(self) -> Verified:
        """Who it is, and which body it signed."""
        ...

    @property
    def number(self) -> int | None:
        """What the log calls it."""
        ...


@dataclass(frozen=True, slots=True)
class Grant:
    """What a device may fetch: the journals for which `scope` is true, those of `first` before others."""

    scope: Callable[[WriterId], bool]
    first: Iterable[WriterId] = ()


KeyOf = Callable[[WriterId], bytes | None]
G = TypeVar("G", bound=Guest)


class Host(Protocol[G]):
    """Whoever answers. Everything here is called from the server's threads."""

    @property
    def store(self) -> ExchangeStore: ...

    def snapshot(self) -> AbstractContextManager[HeldJournals]:
        """The store's journals for one long answer: of one moment, where that is cheaper than to ask each time."""
        ...

    def recognise(self, token: str, purpose: str) -> G:
        """Whose token it is. Raises SyncError: REFUSED, NOT_ENROLLED, OTHER_CITY, CLOCK_OFF."""
        ...

    def prove(self, token: str, purpose: str, batches: Iterable[Batch]) -> Verified:
        """Who it is that is not known and whose journal, in one of `batches`, brings its certificate.

        Raises SyncError as `recognise` does.
        """
        ...

    def heard(self, guest: G, said_seq: int | None) -> None:
        """`guest` asked for something, and said that its own journal ends at `said_seq`."""
        ...

    def deputies(self, guest: G, standby: Standby | None, host: str) -> Sequence[Deputy]:
        """Who would take this side's place; `guest`, which asks from the address `host`, offers `standby`."""
        ...

    def grant(self, guest: G) -> Grant:
        """What `guest` may fetch. Raises SyncError where it gets nothing: REVOKED, EXPIRED."""
        ...
