"""Entries as they travel: the same after the journey, and refused when anything of them was changed."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_core import cbor
from station_core.clock import HybridTime
from station_core.ids import WriterId
from station_core.journal.batch import (
    Batch,
    BrokenChain,
    Item,
    MalformedBatch,
    batch_of,
    decode_batch,
    encode_batch,
    verify_batch,
)
from station_core.journal.entry import EMPTY, GENESIS_HASH, VERSION, Entry, entry_hash, seal
from station_core.keys import SigningKey, writer_id

KEY = SigningKey(bytes([3]) * 32)


def journal(*bodies: bytes, key: SigningKey = KEY) -> list[Entry]:
    entries: list[Entry] = []
    head = EMPTY
    for number, body in enumerate(bodies, 1):
        entries.append(seal(key, head, HybridTime(number * 10), f"kind.{number % 3}", body))
        head = entries[-1].head
    return entries


ENTRIES = journal(b"one", b"two", b"three")
BATCH = batch_of(ENTRIES, GENESIS_HASH)


def test_the_hash_is_over_the_deterministic_cbor_of_the_fields() -> None:
    first = ENTRIES[0]
    fields = [VERSION, first.writer, 1, 10, "kind.1", sha256(b"one").digest(), bytes(32)]
    assert first.hash == sha256(cbor.encode(fields)).digest()
    assert ENTRIES[1].hash == entry_hash(first.writer, 2, HybridTime(20), "kind.2", ENTRIES[1].digest, first.hash)


def test_a_batch_that_travelled_gives_the_same_entries() -> None:
    entries = verify_batch(decode_batch(encode_batch(BATCH)), KEY.public)
    assert [replace(entry, signature=None) for entry in ENTRIES] == [replace(one, signature=None) for one in entries]
    assert [entry.signature for entry in entries] == [None, None, ENTRIES[-1].signature]


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=8), st.data())
@settings(max_examples=40)
def test_any_part_of_any_journal_travels(bodies: list[bytes], data: st.DataObject) -> None:
    entries = journal(*bodies)
    first = data.draw(st.integers(0, len(entries) - 1))
    part = entries[first : data.draw(st.integers(first + 1, len(entries)))]
    batch = batch_of(part, entries[first - 1].hash if first else GENESIS_HASH)
    assert decode_batch(encode_batch(batch)) == batch
    assert [entry.hash for entry in verify_batch(batch, KEY.public)] == [entry.hash for entry in part]
    assert batch.last_seq == part[-1].seq


def test_a_redacted_body_keeps_the_chain() -> None:
    redacted = [ENTRIES[0], replace(ENTRIES[1], body=None), ENTRIES[2]]
    entries = verify_batch(decode_batch(encode_batch(batch_of(redacted, GENESIS_HASH))), KEY.public)
    assert entries[1].body is None
    assert entries[2].hash == ENTRIES[2].hash


def changed_item(**changes: Any) -> Batch:
    return replace(BATCH, items=(BATCH.items[0], replace(BATCH.items[1], **changes), BATCH.items[2]))


@pytest.mark.parametrize(
    "batch",
    [
        pytest.param(replace(BATCH, writer=WriterId(bytes(16))), id="another writer"),
        pytest.param(replace(BATCH, first_seq=2), id="another number"),
        pytest.param(replace(BATCH, previous=bytes([1]) * 32), id="another predecessor"),
        pytest.param(replace(BATCH, signature=bytes(64)), id="no signature"),
        pytest.param(replace(BATCH, items=BATCH.items[:2]), id="the last entry cut off"),
        pytest.param(replace(BATCH, items=BATCH.items[1:]), id="the first entry cut off"),
        pytest.param(replace(BATCH, items=(BATCH.items[0], *BATCH.items)), id="an entry twice"),
        pytest.param(changed_item(at=HybridTime(21)), id="another time"),
        pytest.param(changed_item(kind="kind.0"), id="another kind"),
        pytest.param(changed_item(digest=bytes(32)), id="another digest"),
        pytest.param(changed_item(at=HybridTime(10)), id="a time that does not grow"),
    ],
)
def test_what_was_changed_is_refused(batch: Batch) -> None:
    with pytest.raises(BrokenChain):
        verify_batch(batch, KEY.public)


def test_times_that_run_backwards_are_refused_even_when_they_are_signed() -> None:
    first = seal(KEY, EMPTY, HybridTime(20), "a", b"")
    second = seal(KEY, first.head, HybridTime(20), "a", b"")
    with pytest.raises(BrokenChain, match="not later"):
        verify_batch(batch_of([first, second], GENESIS_HASH), KEY.public)


def test_a_changed_body_is_refused_on_the_wire() -> None:
    items = [[item.at, item.kind, b"other" if item.body == b"two" else item.body] for item in BATCH.items]
    data = cbor.encode([BATCH.writer, 1, BATCH.previous, items, BATCH.signature])
    with pytest.raises(BrokenChain):
        verify_batch(decode_batch(data), KEY.public)


def test_the_key_of_somebody_else_is_refused() -> None:
    other = SigningKey(bytes([4]) * 32)
    with pytest.raises(BrokenChain, match="key"):
        verify_batch(BATCH, other.public)
    forged = replace(BATCH, signature=other.sign(ENTRIES[-1].hash))
    with pytest.raises(BrokenChain, match="signature"):
        verify_batch(forged, KEY.public)


def test_a_batch_ends_at_a_signature() -> None:
    unsigned = [*ENTRIES[:-1], replace(ENTRIES[-1], signature=None)]
    with pytest.raises(ValueError, match="signature"):
        batch_of(unsigned, GENESIS_HASH)


W, H, S = bytes(16), bytes(32), bytes(64)
ITEM = [10, "kind", b"body"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("text", id="no array"),
        pytest.param([W, 1, H, [ITEM]], id="too few parts"),
        pytest.param([W, 1, H, [ITEM], S, 0], id="too many parts"),
        pytest.param([W[1:], 1, H, [ITEM], S], id="a short writer"),
        pytest.param([W, 1, H + b"x", [ITEM], S], id="a long hash"),
        pytest.param([W, 1, H, [ITEM], S[1:]], id="a short signature"),
        pytest.param(["w" * 16, 1, H, [ITEM], S], id="a writer in text"),
        pytest.param([W, 0, H, [ITEM], S], id="number 0"),
        pytest.param([W, True, H, [ITEM], S], id="a truth value as number"),
        pytest.param([W, 1 << 63, H, [ITEM], S], id="a number beyond 63 bits"),
        pytest.param([W, 1, H, [], S], id="no entries"),
        pytest.param([W, 1, H, [[-1, "kind", b""]], S], id="a time before 1970"),
        pytest.param([W, 1, H, [[1 << 63, "kind", b""]], S], id="a time beyond 63 bits"),
        pytest.param([W, 1, H, [[True, "kind", b""]], S], id="a truth value as time"),
        pytest.param([W, 1, H, [[10, b"kind", b""]], S], id="a kind in bytes"),
        pytest.param([W, 1, H, [[10, "k" * 65, b""]], S], id="a long kind"),
        pytest.param([W, 1, H, [[10, "ki\0nd", b""]], S], id="a kind with a NUL"),
        pytest.param([W, 1, H, [[10, "kind", "body"]], S], id="a body in text"),
        pytest.param([W, 1, H, [[10, "kind", None]], S], id="neither body nor digest"),
        pytest.param([W, 1, H, [[10, "kind", None, b"short"]], S], id="a short digest"),
        pytest.param([W, 1, H, [[10, "kind", b"body", H]], S], id="both body and digest"),
        pytest.param([W, 1, H, [10], S], id="an entry that is none"),
    ],
)
def test_what_is_no_batch_is_refused(content: object) -> None:
    with pytest.raises(MalformedBatch):
        decode_batch(cbor.encode(content))


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_noise_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedBatch):
        decode_batch(data)


def test_a_good_shape_is_taken() -> None:
    assert decode_batch(cbor.encode([W, 1, H, [ITEM], S])) == Batch(
        WriterId(W), 1, H, (Item(HybridTime(10), "kind", b"body", sha256(b"body").digest()),), S
    )


def test_a_writer_is_named_by_its_key() -> None:
    assert ENTRIES[0].writer == writer_id(KEY.public) == sha256(KEY.public).digest()[:16]
