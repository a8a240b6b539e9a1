"""What was acknowledged: records whose transaction has ended well, known again by their content wherever they lie."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

import sqlalchemy as sa

from db import schema
from db.store import Store
from station_core import cbor
from station_core.ids import WriterId
from station_core.journal.body import body_digest, parts_of
from station_core.journal.entry import Entry
from station_core.records.base import SALT_KEY
from station_core.records.stock import StockWanted
from station_core.records.trust import WriterCertified

Content = bytes
"""SHA-256 of a record's kind and fields without the salt: the same under whatever writer and number it stands."""


_ALIKE = frozenset({WriterCertified.kind, StockWanted.kind})
"""Kinds of which two may well say the same; these are told apart by their salt."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    writer: WriterId
    seq: int
    content: Content
    kind: str


@dataclass
class Ledger:
    """`at_risk`: contents that a disk which was given up held, and its backup did not.

    A body that was redacted is known again by its digest, which stays.
    """

    acknowledged: list[Acknowledged] = field(default_factory=list)
    at_risk: set[Content] = field(default_factory=set)
    _contents: dict[bytes, Content] = field(default_factory=dict)

    def note(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            assert entry.body is not None
            content = content_of(entry.kind, entry.body)
            self.note_one(Acknowledged(entry.writer, entry.seq, content, entry.kind), entry.digest)

    def note_one(self, record: Acknowledged, digest: bytes) -> None:
        """`digest` is that of the whole body, by which it is known again should it be redacted."""
        self.acknowledged.append(record)
        self._contents[digest] = record.content

    def contents(self, store: Store) -> Counter[Content]:
        """Every content that the journals of `store` hold, and how often."""
        with store.reading() as view:
            columns = (schema.entry.c.kind, schema.entry.c.body, schema.entry.c.digest)
            rows = view._connection.execute(sa.select(*columns)).all()
        return Counter(self._content(kind, body, digest) for kind, body, digest in rows)

    def twice_in_a_journal(self, store: Store) -> set[Content]:
        """Copies of a copy write the same again, each in a journal of its own; it counts once all the same."""
        columns = (schema.entry.c.writer_no, schema.entry.c.kind, schema.entry.c.body, schema.entry.c.digest)
        with store.reading() as view:
            rows = view._connection.execute(sa.select(*columns)).all()
        held = Counter((no, self._content(kind, body, digest)) for no, kind, body, digest in rows)
        return {content for (_, content), times in held.items() if times > 1}

    def _content(self, kind: str, body: bytes | None, digest: bytes | None) -> Content:
        if body is None:
            return self._contents.get(digest or b"", b"redacted")
        parts = parts_of(body)
        if parts is not None and parts.sealed is None:
            return self._contents.get(body_digest(body), b"redacted")
        return content_of(kind, body)


def content_of(kind: str, body: bytes) -> Content:
    """Of a record that has not been redacted."""
    parts = parts_of(body)
    if parts is None:
        fields = cbor.decode(body)
    else:
        assert parts.sealed is not None
        fields = cbor.decode(parts.open) | cbor.decode(parts.sealed)
    if kind not in _ALIKE:
        fields.pop(SALT_KEY, None)
    return sha256(cbor.encode([kind, fields])).digest()
