"""Folding of documents: of those with the same kind and key the latest stands."""

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa

from db import schema
from db.dialect import keep_later
from db.fold.stamped import Stamped
from station_core import cbor
from station_core.records.base import Record
from station_core.records.cards import CardStatusesPublished
from station_core.records.documents import (
    CataloguePublished,
    CityDescribed,
    EventPublished,
    LeaseSet,
    NoticePublished,
    OperatorNamed,
    UnionsPublished,
)
from station_core.records.trust import WriterSucceeded

_KEYS: dict[type[Record], Callable[[Any], str]] = {
    CataloguePublished: lambda record: record.pack,
    EventPublished: lambda record: record.event,
    NoticePublished: lambda record: record.version,
    UnionsPublished: lambda record: record.district,
    CityDescribed: lambda _record: "",
    LeaseSet: lambda _record: "",
    OperatorNamed: lambda record: record.operator,
    CardStatusesPublished: lambda record: record.issuer.hex(),
    WriterSucceeded: lambda record: record.successor.hex(),
}
DOCUMENT_KINDS = frozenset(record.kind for record in _KEYS)


def fold_documents(connection: sa.Connection, items: Sequence[Stamped[Record]]) -> None:
    latest: dict[tuple[str, str], Stamped[Record]] = {}
    for item in items:
        key = (item.record.kind, _KEYS[type(item.record)](item.record))
        if key not in latest or item.stamp > latest[key].stamp:
            latest[key] = item
    keep_later(connection, schema.document, [_row(kind, key, item) for (kind, key), item in latest.items()])


def _row(kind: str, key: str, item: Stamped[Record]) -> dict[str, Any]:
    body = cbor.encode(msgspec.to_builtins(item.record, builtin_types=(bytes,)))
    return {"kind": kind, "key": key, "at": item.stamp.at, "writer": item.stamp.writer, "body": body}
