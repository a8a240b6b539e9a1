"""The city's store as the exchange wants it: each call is a transaction of its own, from whatever thread."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from db.store import Opened, Store, open_batch
from db.view import View
from station_core.ids import WriterId
from station_core.journal.batch import Batch, BrokenChain
from station_core.journal.entry import Head
from station_core.journal.receipt import Received


class Snapshot:
    """The journals as they stand in one view of the store."""

    def __init__(self, view: View, now_ms: Callable[[], int]) -> None:
        self.now_ms = now_ms
        self.heads = view.journals.heads
        self.hash_at = view.journals.hash_at
        self.batch_after = view.journals.batch_after


class CityExchangeStore:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._keys: dict[WriterId, bytes] = {}
        """Public keys that were looked up; a writer's name follows from its key, so that they never change."""

    @property
    def own(self) -> WriterId:
        return self._store.own

    def now_ms(self) -> int:
        return self._store.now_ms()

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """For many questions in one transaction."""
        with self._store.reading() as view:
            yield Snapshot(view, self._store.now_ms)

    def heads(self) -> Mapping[WriterId, Head]:
        with self._store.reading() as view:
            return view.journals.heads()

    def hash_at(self, writer: WriterId, seq: int) -> bytes | None:
        with self._store.reading() as view:
            return view.journals.hash_at(writer, seq)

    def batch_after(self, writer: WriterId, seq: int, max_bytes: int) -> Batch | None:
        with self._store.reading() as view:
            return view.journals.batch_after(writer, seq, max_bytes)

    def receive(self, batch: Batch) -> Received:
        """Verified and read before the store's one write lock is taken: other threads and processes wait for that."""
        opened = self._open(batch)
        with self._store.writing() as tx:
            return tx.receive(batch, opened)

    def _open(self, batch: Batch) -> Opened | None:
        """None where only the store can say what is to become of the batch."""
        key = self._keys.get(batch.writer) or self._public_key(batch.writer)
        if key is None:
            return None
        self._keys[batch.writer] = key
        try:
            return open_batch(batch, key)
        except BrokenChain:
            return None

    def _public_key(self, writer: WriterId) -> bytes | None:
        with self._store.reading() as view:
            return view.writers.public_key(writer)
