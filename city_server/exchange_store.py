"""The city's store as the exchange wants it: each call is a transaction of its own, from whatever thread."""

from collections.abc import Mapping

from db.store import Store
from station_core.ids import WriterId
from station_core.journal.batch import Batch
from station_core.journal.entry import Head
from station_core.journal.receipt import Received


class CityExchangeStore:
    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def own(self) -> WriterId:
        return self._store.own

    def now_ms(self) -> int:
        return self._store.now_ms()

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
        with self._store.writing() as tx:
            return tx.receive(batch)
