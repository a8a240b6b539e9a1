"""One entry of a journal, and how the next one is sealed.

The hash of an entry is the SHA-256 over the deterministic CBOR (RFC 8949 §4.2) of
``[version, writer, seq, at, kind, digest of the body, hash of the entry before]``. The signature (Ed25519) is over that
hash. Only the body's digest (`body.py`) is chained, so that a body can be redacted and the chain still verifies.
"""

from dataclasses import dataclass, replace
from hashlib import sha256

from station_core import cbor
from station_core.clock import HybridTime
from station_core.ids import WriterId
from station_core.journal.body import body_digest, redact_body
from station_core.keys import SigningKey, writer_id

VERSION = 1
GENESIS_HASH = bytes(32)
"""What stands for "the entry before" in a journal's first entry."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a journal ends: its last entry's number and hash. `EMPTY` is a journal without entries."""

    seq: int
    hash: bytes
    at: HybridTime = HybridTime(0)


EMPTY = Head(0, GENESIS_HASH)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry whose hash is known to be that of its fields. `body` is None when all of it was redacted.

    `signature` may be absent: one at the end of a batch vouches for all before it.
    """

    writer: WriterId
    seq: int
    at: HybridTime
    kind: str
    digest: bytes
    hash: bytes
    signature: bytes | None
    body: bytes | None

    @property
    def head(self) -> Head:
        return Head(self.seq, self.hash, self.at)

    def redacted(self) -> "Entry":
        """The same entry with what stays of its body."""
        return self if self.body is None else replace(self, body=redact_body(self.body))


def entry_hash(writer: WriterId, seq: int, at: HybridTime, kind: str, digest: bytes, previous: bytes) -> bytes:
    """32 bytes: what the next entry refers to and the signature covers."""
    return sha256(cbor.encode([VERSION, writer, seq, at, kind, digest, previous])).digest()


def seal(key: SigningKey, head: Head, at: HybridTime, kind: str, body: bytes) -> Entry:
    """The entry that follows `head` in the journal of `key`."""
    writer, seq, digest = writer_id(key.public), head.seq + 1, body_digest(body)
    hash_ = entry_hash(writer, seq, at, kind, digest, head.hash)
    return Entry(writer, seq, at, kind, digest, hash_, key.sign(hash_), body)
