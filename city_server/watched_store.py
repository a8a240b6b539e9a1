"""The store as the exchange wants it, with somebody who hears what became of each batch."""

from collections.abc import Callable

from city_server.exchange_store import CityExchangeStore
from db.store import Store
from station_core.journal.batch import Batch
from station_core.journal.receipt import Received


class WatchedStore(CityExchangeStore):
    """`watch` is told once the batch is on disk."""

    def __init__(self, store: Store, watch: Callable[[Batch, Received], None]) -> None:
        super().__init__(store)
        self._watch = watch

    def receive(self, batch: Batch) -> Received:
        received = super().receive(batch)
        self._watch(batch, received)
        return received
