"""A body as bytes: whole, or split into what stays for ever and what can be redacted.

A whole body is a CBOR map, and redacting it leaves nothing but its digest. A split body is the CBOR array
``[open, sealed]`` of two byte strings, each a map; redacted it is ``[open, null, SHA-256(sealed)]``. Both have the same
digest, the SHA-256 over ``[open, SHA-256(sealed)]``, so that what stays is still what the writer signed.
Byte strings have the shortest head (RFC 8949 §4.2.1); whatever looks otherwise is a whole body.
"""

from hashlib import sha256
from typing import NamedTuple

_PAIR, _TRIPLE, _NULL = 0x82, 0x83, 0xF6
_DIGEST_HEAD = b"\x58\x20"
_DIGEST_BYTES = 32
_BYTES_MAJOR = 2 << 5
_LONG_HEADS = {24: (1, 24), 25: (2, 1 << 8), 26: (4, 1 << 16)}
"""By the head's low five bits: how many bytes the length takes, and the shortest length that needs them."""


class Parts(NamedTuple):
    """A split body; `sealed` is None where it was redacted."""

    open: bytes
    sealed: bytes | None


class _Split(NamedTuple):
    """Where the open part's content lies, and the sealed part or, where it was redacted, its digest."""

    open_start: int
    open_end: int
    sealed: bytes | None
    kept_digest: bytes = b""

    @property
    def sealed_digest(self) -> bytes:
        return self.kept_digest if self.sealed is None else sha256(self.sealed).digest()


def split_body(open_part: bytes, sealed: bytes) -> bytes:
    return bytes([_PAIR]) + _byte_string(open_part) + _byte_string(sealed)


def parts_of(body: bytes) -> Parts | None:
    """None for a whole body."""
    split = _read(body)
    return None if split is None else Parts(body[split.open_start : split.open_end], split.sealed)


def body_digest(body: bytes) -> bytes:
    """32 bytes, the same before and after the body was redacted."""
    split = _read(body)
    if split is None:
        return sha256(body).digest()
    return sha256(bytes([_PAIR]) + body[1 : split.open_end] + _DIGEST_HEAD + split.sealed_digest).digest()


def redact_body(body: bytes) -> bytes | None:
    """What stays of `body`; None where that is its digest alone."""
    split = _read(body)
    if split is None:
        return None
    return bytes([_TRIPLE]) + body[1 : split.open_end] + bytes([_NULL]) + _DIGEST_HEAD + split.sealed_digest


def _byte_string(content: bytes) -> bytes:
    length = len(content)
    if length < 24:
        return bytes([_BYTES_MAJOR | length]) + content
    info = next(info for info, (size, _) in _LONG_HEADS.items() if length < 1 << 8 * size)
    return bytes([_BYTES_MAJOR | info]) + length.to_bytes(_LONG_HEADS[info][0]) + content


def _read(body: bytes) -> _Split | None:
    if not body or body[0] not in (_PAIR, _TRIPLE):
        return None
    found = _span(body, 1)
    if found is None:
        return None
    start, end = found
    if body[0] == _TRIPLE:
        rest = body[end:]
        redacted = len(rest) == 3 + _DIGEST_BYTES and rest[0] == _NULL and rest[1:3] == _DIGEST_HEAD
        return _Split(start, end, None, rest[3:]) if redacted else None
    sealed = _span(body, end)
    if sealed is None or sealed[1] != len(body):
        return None
    return _Split(start, end, body[sealed[0] : sealed[1]])


def _span(body: bytes, position: int) -> tuple[int, int] | None:
    """Where the content of the byte string at `position` begins and ends; None where there is none."""
    if position >= len(body) or body[position] & 0xE0 != _BYTES_MAJOR:
        return None
    length, start = body[position] & 0x1F, position + 1
    if length >= 24:
        if length not in _LONG_HEADS:
            return None
        size, shortest = _LONG_HEADS[length]
        length, start = int.from_bytes(body[start : start + size]), start + size
        if length < shortest:
            return None
    return (start, start + length) if start + length <= len(body) else None
