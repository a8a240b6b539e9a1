"""Taking batches in that come from elsewhere, and counting what became of them."""

from station_core.ids import WriterId
from station_core.journal.batch import Batch, MalformedBatch, decode_batch
from station_core.journal.receipt import Outcome
from sync.errors import SyncError, Trouble
from sync.report import Aside, Fork, Half, NotTaken
from sync.store import ExchangeStore


class Taking:
    """Counts in `half`. A journal that cannot be gone on with is in `skip`: no more of it is taken this time."""

    def __init__(self, store: ExchangeStore, half: Half) -> None:
        self._store, self._half = store, half
        self.skip: set[WriterId] = set()

    def take(self, data: bytes) -> Batch:
        """One encoded batch, which is answered decoded. Raises SyncError(GARBLED) where it is none."""
        try:
            batch = decode_batch(data)
        except MalformedBatch as error:
            raise SyncError(Trouble.GARBLED) from error
        if batch.writer in self.skip:
            return batch
        received = self._store.receive(batch)
        if received.outcome.is_good:
            self._half.entries += received.new_entries
            self._half.aside += [Aside(batch.writer, seq, reason) for seq, reason in received.aside]
        else:
            self._leave_out(batch, received.outcome)
        return batch

    def _leave_out(self, batch: Batch, outcome: Outcome) -> None:
        self.skip.add(batch.writer)
        self._half.not_taken.append(NotTaken(batch.writer, outcome))
        if outcome is Outcome.FORK:
            self._half.forks.add(Fork(batch.writer, batch.first_seq - 1))
