"""Questions about documents: catalogue packs, events, notices, unions, staff, the city's own name."""

from typing import TypeVar

import msgspec
import sqlalchemy as sa

from db import schema
from db.prepared import Prepared
from station_core import cbor
from station_core.records.base import Record

R = TypeVar("R", bound=Record)
_document = schema.document.c
_VERSION = Prepared(
    sa.select(_document.key, _document.at, _document.writer)
    .where(_document.kind == sa.bindparam("kind"))
    .order_by(_document.key)
)


class Documents:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self, kind: type[R]) -> list[R]:
        """The documents of `kind` as they stand, in the order of their keys."""
        query = sa.select(_document.body).where(_document.kind == kind.kind).order_by(_document.key)
        return [_read(kind, body) for body in self._connection.execute(query).scalars()]

    def get(self, kind: type[R], key: str = "") -> R | None:
        query = sa.select(_document.body).where(_document.kind == kind.kind, _document.key == key)
        body = self._connection.execute(query).scalar_one_or_none()
        return None if body is None else _read(kind, body)

    def version(self, *kinds: type[Record]) -> list[list[tuple[str, int, bytes]]]:
        """Differs whenever a document of `kinds` does: for each kind the key and stamp of every document."""
        return [_VERSION.rows(self._connection, kind=kind.kind) for kind in kinds]

    def latest(self, kind: type[R]) -> R | None:
        """The document of `kind` that was written last, whatever its key."""
        query = sa.select(_document.body).where(_document.kind == kind.kind)
        body = self._connection.execute(query.order_by(_document.at.desc()).limit(1)).scalar_one_or_none()
        return None if body is None else _read(kind, body)


def _read(kind: type[R], body: bytes) -> R:
    return msgspec.convert(cbor.decode(body), kind, builtin_types=(bytes,))
