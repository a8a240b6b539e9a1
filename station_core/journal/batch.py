"""A run of one writer's entries as it travels: on the wire, on a stick, between neighbours.

Only what cannot be recomputed is sent: the hashes follow from the entries and one signature at the end vouches
for all. On the wire a batch is the CBOR array ``[writer, first seq, hash before it, items, signature]``, an item
``[at, kind, body]``; an entry whose whole body was redacted is ``[at, kind, null, digest]``. A split body (`body.py`)
stays a body when it is redacted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from station_core import cbor
from station_core.clock import MAX_TIME, HybridTime
from station_core.ids import WriterId
from station_core.journal.body import body_digest
from station_core.journal.entry import Entry, entry_hash
from station_core.keys import verify, writer_id

MAX_ENTRIES = 100_000
MAX_KIND_CHARS = 64


class MalformedBatch(ValueError):
    """What arrived is not a batch: nothing of it is used."""


class BrokenChain(ValueError):
    """The entries do not follow each other, or the signature is not their writer's: nothing of them is used."""


@dataclass(frozen=True, slots=True)
class Item:
    """What a batch carries of one entry."""

    at: HybridTime
    kind: str
    body: bytes | None
    digest: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    writer: WriterId
    first_seq: int
    previous: bytes
    items: tuple[Item, ...]
    signature: bytes

    @property
    def last_seq(self) -> int:
        return self.first_seq + len(self.items) - 1


def batch_of(entries: Sequence[Entry], previous: bytes) -> Batch:
    """A batch of consecutive `entries` that follow the hash `previous`; the last one must carry its signature."""
    last = entries[-1]
    if last.signature is None:
        raise ValueError("a batch ends at an entry that carries its signature")
    items = tuple(Item(entry.at, entry.kind, entry.body, entry.digest) for entry in entries)
    return Batch(entries[0].writer, entries[0].seq, previous, items, last.signature)


def encode_batch(batch: Batch) -> bytes:
    items = [
        [item.at, item.kind, item.body] if item.body is not None else [item.at, item.kind, None, item.digest]
        for item in batch.items
    ]
    return cbor.encode([batch.writer, batch.first_seq, batch.previous, items, batch.signature])


def decode_batch(data: bytes) -> Batch:
    """Raises MalformedBatch. Whether the chain holds is `verify_batch`'s question."""
    try:
        writer, first_seq, previous, items, signature = cbor.decode(data)
        if type(first_seq) is not int:
            raise MalformedBatch("the first entry's number is not an integer")
        batch = Batch(WriterId(writer), first_seq, previous, tuple(_item(item) for item in items), signature)
    except (cbor.MalformedCbor, TypeError, ValueError) as error:
        if isinstance(error, MalformedBatch):
            raise
        raise MalformedBatch("not a batch of journal entries") from error
    _check_shape(batch)
    return batch


def _item(raw: list[Any]) -> Item:
    if len(raw) == 4 and raw[2] is None:
        at, kind, body, digest = raw
    else:
        at, kind, body = raw
        if type(body) is not bytes:
            raise MalformedBatch("an entry's body is no byte string")
        digest = body_digest(body)
    if not (type(at) is int and 0 <= at <= MAX_TIME):
        raise MalformedBatch("an entry's time is out of bounds")
    if not (isinstance(kind, str) and len(kind) <= MAX_KIND_CHARS and kind.isprintable()):
        raise MalformedBatch("an entry's kind is no short text")
    if not _is_bytes(digest, 32):
        raise MalformedBatch("an entry's digest is not 32 bytes")
    return Item(HybridTime(at), kind, body, digest)


def _check_shape(batch: Batch) -> None:
    sized = ((batch.writer, 16), (batch.previous, 32), (batch.signature, 64))
    if not all(_is_bytes(value, size) for value, size in sized):
        raise MalformedBatch("a name, hash or signature has the wrong size")
    if not 1 <= batch.first_seq < MAX_TIME:
        raise MalformedBatch("a batch starts at entry 1 or later")
    if not 1 <= len(batch.items) <= MAX_ENTRIES:
        raise MalformedBatch(f"a batch holds 1 to {MAX_ENTRIES} entries")


def _is_bytes(value: object, size: int) -> bool:
    return isinstance(value, bytes) and len(value) == size


def verify_batch(batch: Batch, public_key: bytes) -> tuple[Entry, ...]:
    """The entries, proven to be consecutive and from the holder of `public_key`.

    Raises BrokenChain when times do not grow, or the signature over the last hash is not the writer's.
    That the first one follows what is held already is for the holder to compare (`batch.previous`, and its time).
    """
    if writer_id(public_key) != batch.writer:
        raise BrokenChain("the key is not this writer's")
    entries = _chained(batch)
    if not verify(public_key, entries[-1].hash, batch.signature):
        raise BrokenChain("the signature does not fit the entries")
    return entries


def _chained(batch: Batch) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    previous, at_before, last_seq = batch.previous, -1, batch.last_seq
    for seq, item in enumerate(batch.items, batch.first_seq):
        if item.at <= at_before:
            raise BrokenChain(f"entry {seq} is not later than the one before it")
        previous = entry_hash(batch.writer, seq, item.at, item.kind, item.digest, previous)
        signature = batch.signature if seq == last_seq else None
        entries.append(Entry(batch.writer, seq, item.at, item.kind, item.digest, previous, signature, item.body))
        at_before = item.at
    return tuple(entries)
