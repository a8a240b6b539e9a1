"""Changes to texts, bytes and CBOR, each drawn from one source of chance."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import cbor2
from cbor2 import CBORTag

from station_core.credential.base45 import ALPHABET

ODD_TEXT = ("", " ", "\n", "\x00", "é", "工", "𠮷", "Ａ", "GHK1:", "HC1:", "ghk1:", "%00", "::", "::::", "A" * 400)
ODD_BYTES = (
    b"",
    b"\x00",
    b"\xff",
    b"\xf6",
    b"\xd2",
    b"\xd8\x3d\xd2",
    b"\x78\xda",
    b"\x84",
    b"\x9f",
    b"\xbf\xff",
    b"\x5f\x40\xff",
    b"\x81" * 40,
    b"\x9b" + b"\xff" * 8,
    b"\x5b\x7f" + b"\xff" * 7,
    b"\xc2\x58\x20" + b"\xff" * 32,
    b"\xd8\x1c\x81\xd8\x1d\x00",
    b"\xd8\x23\x61\x28",
    b"\xfb\x7f\xf0" + bytes(6),
)
ALGORITHMS = (-8, -7, -35, -36, -37, -38, -39, -46, -47, -257, 0, 1, 4, 5, None, "EdDSA", b"\x27", 2**64, -(2**70), 1.0)


def change_text(chance: Random, text: str) -> str:
    place, width = chance.randrange(len(text) + 1), chance.choice((1, 1, 1, 2, 3, 9))
    change: Callable[[], str] = chance.choice(
        (
            lambda: text[:place] + chance.choice(ALPHABET) + text[place + 1 :],
            lambda: text[:place] + chance.choice(ALPHABET) + text[place:],
            lambda: text[:place] + text[place + width :],
            lambda: text[:place],
            lambda: text[place:],
            lambda: text[:place] + chance.choice(ODD_TEXT) + text[place:],
            lambda: text[:place] + text[place : place + width].swapcase() + text[place + width :],
            lambda: text[:place] + text[place : place + width] * 2 + text[place + width :],
            lambda: text + text,
        )
    )
    return change()


def change_bytes(chance: Random, data: bytes) -> bytes:
    place, width = chance.randrange(len(data) + 1), chance.choice((1, 1, 1, 2, 8))
    change: Callable[[], bytes] = chance.choice(
        (
            lambda: _flipped(chance, data),
            lambda: _flipped(chance, data),
            lambda: data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :],
            lambda: data[:place] + chance.randbytes(width) + data[place:],
            lambda: data[:place] + data[place + width :],
            lambda: data[:place],
            lambda: data[:place] + chance.choice(ODD_BYTES) + data[place:],
            lambda: data[:place] + chance.choice(ODD_BYTES) + data[place + width :],
            lambda: data + chance.randbytes(width),
        )
    )
    return change()


def _flipped(chance: Random, data: bytes) -> bytes:
    if not data:
        return b"\x01"
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def item(chance: Random, depth: int = 0) -> Any:
    """Any CBOR item, now and then one that a decoder may stumble over."""
    leaves: Sequence[Callable[[], Any]] = (
        lambda: chance.choice((None, True, False, 0, -1, 1.5, float("nan"), float("inf"), "", b"", cbor2.undefined)),
        lambda: chance.choice((2**31, 2**32, 2**63, 2**64, 2**64 - 1, -(2**64), 2**512, 253_402_300_800)),
        lambda: chance.randbytes(chance.choice((0, 1, 8, 16, 64))),
        lambda: "".join(chance.choice("aé工𠮷0·") for _ in range(chance.randrange(6))),
        lambda: chance.randrange(-300, 300),
    )
    if depth >= chance.choice((1, 2, 2, 3, 12)):
        return chance.choice(leaves)()
    branches: Sequence[Callable[[], Any]] = (
        lambda: [item(chance, depth + 1) for _ in range(chance.randrange(4))],
        lambda: {chance.choice((1, 4, 6, 7, 169, "a", b"b", -1)): item(chance, depth + 1) for _ in range(3)},
        lambda: CBORTag(chance.choice((0, 1, 2, 4, 5, 18, 24, 25, 28, 30, 35, 37, 61, 258)), item(chance, depth + 1)),
    )
    return chance.choice((*leaves, *branches))()


def encoded(chance: Random, value: Any) -> bytes:
    """Deterministic, or not: other lengths and indefinite ones are what a lenient decoder would let through."""
    way = chance.randrange(4)
    if way == 0:
        return cbor2.dumps(value)
    data = cbor2.dumps(value, canonical=True)
    if way == 1 and isinstance(value, dict) and len(value) < 24:
        return b"\xbf" + data[1:] + b"\xff"
    if way == 2 and isinstance(value, dict) and 0 < len(value) < 23:
        return bytes([data[0] + 1]) + data[1:] + cbor2.dumps(next(iter(value))) + b"\x00"  # a key twice
    return data
