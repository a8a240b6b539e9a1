"""Folding of what is said about an event's stock: who published it first, what was passed on, who asks for more.

What a device holds follows from these by a query (`db.queries.stock`); no balance is kept that an order could spoil.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from db import schema
from db.dialect import keep_earlier, keep_later
from db.fold.documents import fold_documents
from db.fold.stamped import Stamped
from station_core.records.documents import EventPublished
from station_core.records.stock import StockTransferred, StockWanted


def fold_events(connection: sa.Connection, items: Sequence[Stamped[EventPublished]]) -> None:
    """The latest document stands; a stock belongs to who published it first, whoever changes the event later."""
    fold_documents(connection, items)
    rows = [
        {"event": item.record.event, "service": service, "at": item.stamp.at, "writer": item.stamp.writer}
        for item in items
        for service in item.record.stock
    ]
    keep_earlier(connection, schema.event_stock, rows)


def fold_transfers(connection: sa.Connection, items: Sequence[Stamped[StockTransferred]]) -> None:
    rows = [
        {
            "id": item.record.id,
            "at": item.stamp.at,
            "writer": item.stamp.writer,
            "event": item.record.event,
            "service": item.record.service,
            "receiver": item.record.to,
            "quantity": item.record.quantity,
        }
        for item in items
    ]
    keep_earlier(connection, schema.stock_transfer, rows)


def fold_wants(connection: sa.Connection, items: Sequence[Stamped[StockWanted]]) -> None:
    rows = [
        {
            "writer": item.stamp.writer,
            "event": item.record.event,
            "service": item.record.service,
            "at": item.stamp.at,
            "quantity": item.record.quantity,
        }
        for item in items
    ]
    keep_later(connection, schema.stock_want, rows)
