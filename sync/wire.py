"""Messages as bytes: deterministic CBOR in one zstd frame (RFC 8878), both bounded before anything is unfolded."""

from typing import Any

import zstandard

from station_core import cbor
from sync.errors import SyncError, Trouble

MEDIA_TYPE = "application/vnd.worker-station.exchange"
"""The compression is part of the type: HTTP's Content-Encoding would be undone by libraries that know no bound."""

MAX_BODY_BYTES = 8 * 1024 * 1024
MAX_MESSAGE_BYTES = 32 * 1024 * 1024
MAX_WINDOW_BYTES = 8 * 1024 * 1024
_LEVEL = 3


def pack(value: Any) -> bytes:
    """`value` as it travels. Raises SyncError(TOO_LARGE) beyond the bounds."""
    plain = cbor.encode(value)
    body = zstandard.ZstdCompressor(level=_LEVEL).compress(plain)
    if len(plain) > MAX_MESSAGE_BYTES or len(body) > MAX_BODY_BYTES:
        raise SyncError(Trouble.TOO_LARGE)
    return body


def unpack(body: bytes, *, max_bytes: int = MAX_MESSAGE_BYTES) -> Any:
    """What `pack` packed. Raises SyncError: TOO_LARGE where it would unfold to more than `max_bytes`, else GARBLED.

    The frame must state its content's size: so a bomb is known by its first bytes.
    """
    try:
        stated = zstandard.get_frame_parameters(body).content_size
        if stated > max_bytes or len(body) > MAX_BODY_BYTES:
            raise SyncError(Trouble.TOO_LARGE)
        decompressor = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)
        plain = decompressor.decompress(body, max_output_size=max(stated, 1), allow_extra_data=False)
        return cbor.decode(plain, max_bytes=max_bytes)
    except (zstandard.ZstdError, cbor.MalformedCbor, MemoryError) as error:
        raise SyncError(Trouble.GARBLED) from error
