"""The connections on which a store's transactions run."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from db.errors import StoreBusy


class Connections:
    """On a kiosk, which has one connection, it stays at hand; in a city each transaction takes one from the pool."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._kept: dict[bool, sa.Connection] = {}

    @contextmanager
    def transaction(self, *, reading: bool = False, noting: bool = False) -> Iterator[sa.Connection]:
        """A connection in a transaction that ends with the block: for good, or without a trace where it raises.

        `noting`: for notes that wait for nobody (`db.engine`). Raises StoreBusy where all connections that this process
        may have are in use for long.
        """
        if isinstance(self._engine.pool, StaticPool):
            with self._at_hand(reading).begin() as transaction:
                yield transaction.connection
        else:
            with self._from_pool(reading=reading, noting=noting) as connection, connection.begin():
                yield connection

    def close(self) -> None:
        for connection in self._kept.values():
            connection.close()
        self._kept.clear()
        self._engine.dispose()

    def _from_pool(self, **options: bool) -> sa.Connection:
        try:
            return self._engine.connect().execution_options(**options)
        except sa.exc.TimeoutError:
            raise StoreBusy from None

    def _at_hand(self, reading: bool) -> sa.Connection:
        """Of the one connection there are two views, for the two ways to begin a transaction."""
        if reading not in self._kept:
            self._kept[reading] = self._engine.connect().execution_options(reading=reading)
        return self._kept[reading]
