"""What the exchange needs of a store, whatever keeps it."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from station_core.ids import WriterId
from station_core.journal.batch import Batch
from station_core.journal.entry import Head
from station_core.journal.receipt import Received


class Journals(Protocol):
    """Journals that can be read."""

    def heads(self) -> Mapping[WriterId, Head]:
        """Where each journal ends here; journals without an entry are left out."""
        ...

    def batch_after(self, writer: WriterId, seq: int, max_bytes: int) -> Batch | None:
        """The entries that follow `seq`, about `max_bytes` of them and at least one; None where nothing follows."""
        ...


class HeldJournals(Journals, Protocol):
    """Journals that the other side can be answered from."""

    def now_ms(self) -> int:
        """What the wall clock here says."""
        ...

    def hash_at(self, writer: WriterId, seq: int) -> bytes | None:
        """The hash of one entry, `GENESIS_HASH` for entry 0, None where it is not held."""
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


def batches_of(journals: Journals, writer: WriterId, after: int, last: int, max_bytes: int) -> Iterator[Batch]:
    """The entries of `writer` after one up to another (for whole batches: maybe beyond), as far as they are held."""
    while after < last and (batch := journals.batch_after(writer, after, max_bytes)):
        yield batch
        after = batch.last_seq
