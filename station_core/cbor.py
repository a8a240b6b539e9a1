"""Deterministic CBOR (RFC 8949 §4.2.1) for what is hashed or signed, and bounded decoding of what others send.

Maps have keys of one kind, text or integers, so that the encoder's order (shorter encoding first, then bytewise)
and the bytewise order that §4.2.1 asks for are the same.
"""

import io
from collections.abc import Callable
from typing import Any

import cbor2
from cbor2 import CBORTag

MAX_DEPTH = 16
MAX_BYTES = 64 * 1024 * 1024


class MalformedCbor(ValueError):
    """The bytes are not one CBOR item within the bounds that this product accepts."""


def _kept_as_it_came(number: int) -> Callable[[Any, bool], CBORTag]:
    return lambda value, _immutable: CBORTag(number, value)


_NOT_INTERPRETED = {
    number: _kept_as_it_came(number)
    for number in (0, 1, 2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37, 100, 256, 258, 260, 261, 1004, 43000, 55799)
}
"""Tags that the library would turn into dates, fractions, patterns, mail messages, sets, values that hold themselves.

No format of ours uses one, and what a stranger's bytes may set in motion should not depend on a library's taste.
"""


def encode(value: Any) -> bytes:
    """`value` (dicts, lists, text, bytes, integers, floats, booleans, None) as deterministic CBOR."""
    return cbor2.dumps(value, canonical=True)


def decode(
    data: bytes, *, max_depth: int = MAX_DEPTH, max_bytes: int = MAX_BYTES, allow_indefinite: bool = False
) -> Any:
    """The one item that `data` holds. Tagged values stay `CBORTag`, whatever the tag.

    Refused with MalformedCbor: more than `max_bytes`, deeper than `max_depth`, a key twice, bytes left over, and
    indefinite lengths unless `allow_indefinite`: no format of ours has them, other systems' may. Other encodings of
    the same item are accepted: whoever needs the exact bytes keeps them.
    """
    if len(data) > max_bytes:
        raise MalformedCbor(f"{len(data)} bytes, at most {max_bytes} are accepted")
    return _decode_whole(data, max_depth, allow_indefinite)


def _decode_whole(data: bytes, max_depth: int, allow_indefinite: bool) -> Any:
    stream = io.BytesIO(data)
    decoder = cbor2.CBORDecoder(
        stream,
        semantic_decoders=_NOT_INTERPRETED,
        max_depth=max_depth,
        allow_indefinite=allow_indefinite,
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
