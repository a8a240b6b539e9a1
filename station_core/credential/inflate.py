"""zlib (RFC 1950) with a bound, so that a small code cannot unfold into a large memory."""

import zlib

ZLIB_FIRST_BYTE = 0x78
"""Deflate with the usual window. No COSE message begins with it: as CBOR it is the head of a text."""


class MalformedZlib(ValueError):
    """The bytes are not one whole zlib stream within the bound."""


def inflate(data: bytes, *, max_bytes: int) -> bytes:
    """What the one zlib stream `data` unfolds to, at most `max_bytes`.

    Raises MalformedZlib: damaged, cut off, followed by other bytes, or larger than the bound (found without
    unfolding the rest).
    """
    stream = zlib.decompressobj()
    try:
        unfolded = stream.decompress(data, max_bytes + 1)
    except zlib.error as error:
        raise MalformedZlib(str(error)) from error
    if len(unfolded) > max_bytes:
        raise MalformedZlib(f"unfolds to more than {max_bytes} bytes")
    if not stream.eof:
        raise MalformedZlib("the stream is cut off")
    if stream.unused_data:
        raise MalformedZlib("bytes follow the stream")
    return unfolded
