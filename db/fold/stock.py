"""Folding of what is said about an event's stock: who published it first, what was passed on, who asks for more.

What a device holds follows from these by a query (`db.queries.stock`); no balance is kept that an order could spoil.
"""

from collections.abc import Sequence
from typing import Any

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
        for item in sorted(items, key=lambda item: item.stamp, reverse=True)
        for service in item.record.stock
    ]
    keep_earlier(connection, schema.event_stock, _last_of_each(rows, "event", "service"))


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
        for item in sorted(items, key=lambda item: item.stamp, reverse=True)
    ]
    keep_earlier(connection, schema.stock_transfer, _last_of_each(rows, "id"))


def fold_wants(connection: sa.Connection, items: Sequence[Stamped[StockWanted]]) -> None:
    rows = [
        {
            "writer": item.stamp.writer,
            "event": item.record.event,
            "service": item.record.service,
            "at": item.stamp.at,
            "quantity": item.record.quantity,
        }
        for item in sorted(items, key=lambda item: item.stamp)
    ]
    keep_later(connection, schema.stock_want, _last_of_each(rows, "writer", "event", "service"))


def _last_of_each(rows: list[dict[str, Any]], *key: str) -> list[dict[str, Any]]:
    """PostgreSQL refuses to touch a row twice in one statement."""
    return list({tuple(row[name] for name in key): row for row in rows}.values())
