"""What was acknowledged: records whose `append` has returned, known again by their content wherever they lie."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

import sqlalchemy as sa

from db import schema
from db.store import Store
from station_core import cbor
from station_core.ids import WriterId
from station_core.journal.entry import Entry
from station_core.records.base import SALT_KEY

Content = bytes
"""SHA-256 of a record's kind and fields without the salt: the same under whatever writer and number it stands."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    writer: WriterId
    seq: int
    content: Content
    kind: str


@dataclass
class Ledger:
    """`at_risk`: contents that a disk which was given up held, and its backup did not."""

    acknowledged: list[Acknowledged] = field(default_factory=list)
    at_risk: set[Content] = field(default_factory=set)

    def note(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.acknowledged.append(
                Acknowledged(entry.writer, entry.seq, content_of(entry.kind, entry.body), entry.kind)
            )


def content_of(kind: str, body: bytes | None) -> Content:
    if body is None:
        return b"redacted"
    fields = cbor.decode(body)
    fields.pop(SALT_KEY, None)
    return sha256(cbor.encode([kind, fields])).digest()


def contents(store: Store) -> Counter[Content]:
    """Every content that the journals of `store` hold, and how often."""
    with store.reading() as view:
        rows = view._connection.execute(sa.select(schema.entry.c.kind, schema.entry.c.body))
        return Counter(content_of(kind, body) for kind, body in rows)
