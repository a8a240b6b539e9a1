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
    keep_later(connection, schema.document, [_row(item) for item in items])


def _row(item: Stamped[Record]) -> dict[str, Any]:
    record = item.record
    return {
        "kind": record.kind,
        "key": _KEYS[type(record)](record),
        "at": item.stamp.at,
        "writer": item.stamp.writer,
        "body": cbor.encode(msgspec.to_builtins(record, builtin_types=(bytes,))),
    }
