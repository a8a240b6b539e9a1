"""When each device was last heard of, and how much it said it still held back."""

from dataclasses import dataclass

import sqlalchemy as sa

from db import schema
from db.dialect import insert
from station_core.ids import WriterId

_seen = schema.local_device_seen.c


@dataclass(frozen=True, slots=True)
class Seen:
    writer: WriterId
    seen_ms: int
    waiting: int | None


class Devices:
    """Reads, and writes that take effect with the transaction they stand in."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self) -> dict[WriterId, Seen]:
        rows = self._connection.execute(sa.select(schema.local_device_seen))
        return {WriterId(row.writer): Seen(WriterId(row.writer), row.seen_ms, row.waiting) for row in rows}

    def get(self, writer: WriterId) -> Seen | None:
        query = sa.select(schema.local_device_seen).where(_seen.writer == writer)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else Seen(writer, row.seen_ms, row.waiting)

    def note(self, seen: Seen) -> None:
        values = {"seen_ms": seen.seen_ms, "waiting": seen.waiting}
        statement = insert(self._connection, schema.local_device_seen).values(writer=seen.writer, **values)
        self._connection.execute(statement.on_conflict_do_update(index_elements=["writer"], set_=values))
