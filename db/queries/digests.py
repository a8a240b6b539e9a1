"""What two stores with the same records have in common, table by table, whatever database keeps them."""

from dataclasses import dataclass
from hashlib import sha256

import sqlalchemy as sa

from db import schema
from station_core import cbor

_ROW_NUMBER = "no"
_FETCHED = 2_000
_SPACE = 1 << 256


@dataclass(frozen=True, slots=True)
class TableDigest:
    """How many rows there are, and the sum of their SHA-256 modulo 2^256, so that their order does not matter."""

    rows: int
    digest: bytes


class Digests:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def all(self) -> dict[str, TableDigest]:
        """Of the journals and of everything that is folded from them; what belongs to one store alone is left out:
        row numbers, and which entries inside a batch came with a signature of their own. Reads every row.
        """
        tables = {table.name: _without_numbers(table) for table in (schema.writer, *schema.FOLDED)}
        return {name: self._digest(query) for name, query in (tables | {schema.entry.name: _entries()}).items()}

    def _digest(self, query: sa.Select[tuple[object, ...]]) -> TableDigest:
        rows, total = 0, 0
        for row in self._connection.execute(query.execution_options(yield_per=_FETCHED)):
            rows += 1
            total += int.from_bytes(sha256(cbor.encode(list(row))).digest())
        return TableDigest(rows, (total % _SPACE).to_bytes(32))


def _without_numbers(table: sa.Table) -> sa.Select[tuple[object, ...]]:
    return sa.select(*(column for column in table.columns if column.name != _ROW_NUMBER))


def _entries() -> sa.Select[tuple[object, ...]]:
    left_out = ("writer_no", "signature")
    columns = [column for column in schema.entry.columns if column.name not in left_out]
    joined = schema.entry.join(schema.writer, schema.writer.c.no == schema.entry.c.writer_no)
    return sa.select(schema.writer.c.id, *columns).select_from(joined)
