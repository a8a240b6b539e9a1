"""Deterministic CBOR (RFC 8949 §4.2.1) for what is hashed or signed, and bounded decoding of what others send.

Maps have keys of one kind, text or integers, so that the encoder's order (shorter encoding first, then bytewise)
and the bytewise order that §4.2.1 asks for are the same.
"""

import io
from typing import Any

import cbor2

MAX_DEPTH = 16
MAX_BYTES = 64 * 1024 * 1024


class MalformedCbor(ValueError):
    """The bytes are not one CBOR item within the bounds that this product accepts."""


def encode(value: Any) -> bytes:
    """`value` (dicts, lists, text, bytes, integers, floats, booleans, None) as deterministic CBOR."""
    return cbor2.dumps(value, canonical=True)


def decode(data: bytes, *, max_depth: int = MAX_DEPTH, max_bytes: int = MAX_BYTES) -> Any:
    """The one item that `data` holds.

    Refused with MalformedCbor: more than `max_bytes`, deeper than `max_depth`, indefinite lengths, a key twice, bytes
    left over. Other encodings of the same item are accepted: whoever needs the exact bytes keeps them.
    """
    if len(data) > max_bytes:
        raise MalformedCbor(f"{len(data)} bytes, at most {max_bytes} are accepted")
    return _decode_whole(data, max_depth)


def _decode_whole(data: bytes, max_depth: int) -> Any:
    stream = io.BytesIO(data)
    decoder = cbor2.CBORDecoder(
        stream,
        max_depth=max_depth,
        allow_indefinite=False,
        allow_duplicate_keys=False,
        read_size=len(data) or 1,
    )
    try:
        value = decoder.decode()
    except (
        cbor2.CBORDecodeError,
        ValueError,
        OverflowError,
        TypeError,
        RecursionError,
        MemoryError,
    ) as error:
        raise MalformedCbor(str(error)) from error
    if stream.tell() != len(data):
        raise MalformedCbor("bytes follow the item")
    return value
