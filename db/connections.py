"""The connections on which a store's transactions run."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool


class Connections:
    """On a kiosk, which has one connection, it stays at hand; in a city each transaction takes one from the pool."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._kept: dict[bool, sa.Connection] = {}

    @contextmanager
    def transaction(self, *, reading: bool = False) -> Iterator[sa.Connection]:
        """A connection in a transaction that ends with the block: for good, or without a trace where it raises."""
        if isinstance(self._engine.pool, StaticPool):
            with self._at_hand(reading).begin() as transaction:
                yield transaction.connection
        else:
            with self._engine.connect().execution_options(reading=reading) as connection, connection.begin():
                yield connection

    def close(self) -> None:
        for connection in self._kept.values():
            connection.close()
        self._kept.clear()
        self._engine.dispose()

    def _at_hand(self, reading: bool) -> sa.Connection:
        """Of the one connection there are two views, for the two ways to begin a transaction."""
        if reading not in self._kept:
            self._kept[reading] = self._engine.connect().execution_options(reading=reading)
        return self._kept[reading]
