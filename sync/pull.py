"""Fetching: until the other side has nothing more that is lacking here."""

from collections.abc import Callable

from station_core.ids import WriterId
from station_core.journal.batch import Batch, MalformedBatch, decode_batch
from station_core.journal.receipt import Outcome
from sync.client import Client
from sync.errors import SyncError, Trouble
from sync.report import Aside, Fork, Half, NotTaken, Phase, Progress, Tell
from sync.store import ExchangeStore

_GOOD = frozenset({Outcome.HELD, Outcome.ALREADY_HAD})


class Pull:
    """One pull. A journal that cannot be gone on with is left out of the next questions, and holds up no others."""

    def __init__(self, store: ExchangeStore, client: Client, half: Half, tell: Tell) -> None:
        self._store, self._client, self._half, self._tell = store, client, half, tell
        self._skip: set[WriterId] = set()

    def run(self, go_on: Callable[[], None]) -> None:
        """Raises SyncError; what was taken in before stays. `go_on` may raise one between two requests."""
        more = True
        while more:
            self._tell(Progress(Phase.RECEIVING, self._half.entries))
            go_on()
            before = (self._half.entries, len(self._skip))
            answer = self._client.pull(self._store.heads(), self._skip)
            for writer, seq in answer.forks:
                self._half.forks.add(Fork(WriterId(writer), seq))
            for data in answer.batches:
                self._take(data)
            more = answer.more
            if more and before == (self._half.entries, len(self._skip)):
                raise SyncError(Trouble.GARBLED)
        self._tell(Progress(Phase.RECEIVING, self._half.entries))

    def _take(self, data: bytes) -> None:
        try:
            batch = decode_batch(data)
        except MalformedBatch as error:
            raise SyncError(Trouble.GARBLED) from error
        if batch.writer in self._skip:
            return
        received = self._store.receive(batch)
        if received.outcome in _GOOD:
            self._half.entries += received.new_entries
            self._half.aside += [Aside(batch.writer, seq, reason) for seq, reason in received.aside]
        else:
            self._leave_out(batch, received.outcome)

    def _leave_out(self, batch: Batch, outcome: Outcome) -> None:
        self._skip.add(batch.writer)
        self._half.not_taken.append(NotTaken(batch.writer, outcome))
        if outcome is Outcome.FORK:
            self._half.forks.add(Fork(batch.writer, batch.first_seq - 1))
