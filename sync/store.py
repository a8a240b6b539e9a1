"""What the exchange needs of a store, whatever keeps it."""

from collections.abc import Mapping
from typing import Protocol

from station_core.ids import WriterId
from station_core.journal.batch import Batch
from station_core.journal.entry import Head
from station_core.journal.receipt import Received


class HeldJournals(Protocol):
    """Journals that can be asked for."""

    def now_ms(self) -> int:
        """What the wall clock here says."""
        ...

    def heads(self) -> Mapping[WriterId, Head]:
        """Where each journal ends here; journals without an entry are left out."""
        ...

    def hash_at(self, writer: WriterId, seq: int) -> bytes | None:
        """The hash of one entry, `GENESIS_HASH` for entry 0, None where it is not held."""
        ...

    def batch_after(self, writer: WriterId, seq: int, max_bytes: int) -> Batch | None:
        """The entries that follow `seq`, about `max_bytes` of them and at least one; None where nothing follows."""
        ...


class ExchangeStore(HeldJournals, Protocol):
    """Journals that can be added to as well. Each call stands alone: what `receive` took is on disk."""

    @property
    def own(self) -> WriterId:
        """The writer whose journal this store itself appends to."""
        ...

    def receive(self, batch: Batch) -> Received:
        """Take a batch in: all of it that is not held yet, or none with the reason why."""
        ...
