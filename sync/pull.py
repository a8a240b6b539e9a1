"""Fetching: until the other side has nothing more that is lacking here."""

from collections.abc import Callable
from functools import partial

from station_core.ids import WriterId
from sync.client import Client
from sync.errors import SyncError, Trouble
from sync.patience import ask_patiently
from sync.report import Fork, Half, Phase, Progress, Tell
from sync.store import ExchangeStore
from sync.taking import Taking


class Pull:
    """One pull. A journal that cannot be gone on with is left out of the next questions, and holds up no others."""

    def __init__(self, store: ExchangeStore, client: Client, half: Half, tell: Tell) -> None:
        self._store, self._client, self._half, self._tell = store, client, half, tell
        self._taking = Taking(store, half)

    def run(self, go_on: Callable[[], None]) -> None:
        """Raises SyncError; what was taken in before stays. `go_on` may raise one between two requests."""
        skip, more = self._taking.skip, True
        while more:
            self._tell(Progress(Phase.RECEIVING, self._half.entries))
            go_on()
            before = (self._half.entries, len(skip))
            answer = ask_patiently(partial(self._client.pull, self._store.heads(), skip), go_on)
            for writer, seq in answer.forks:
                self._half.forks.add(Fork(WriterId(writer), seq))
            for data in answer.batches:
                self._taking.take(data)
            more = answer.more
            if more and before == (self._half.entries, len(skip)):
                raise SyncError(Trouble.GARBLED)
        self._tell(Progress(Phase.RECEIVING, self._half.entries))
