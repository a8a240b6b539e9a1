"""Messages one after another in a file, and at the end a signature over all of them.

Each message has its length in front (4 bytes, big-endian); a length of 0 ends them, and 64 bytes of signature follow.
"""

import struct
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from station_core.keys import SigningKey, verify
from sync.errors import SyncError, Trouble
from sync.wire import MAX_BODY_BYTES

CONTEXT = b"worker-station bundle 1\0"
"""What is signed begins with it, so that the signature passes for nothing else that the key signs."""

SIGNATURE_BYTES = 64
_LENGTH = struct.Struct(">I")


def framed(messages: Iterable[bytes], key: SigningKey) -> Iterator[bytes]:
    """The bytes of the file, piece by piece."""
    digest = sha256()
    for message in messages:
        for part in (_LENGTH.pack(len(message)), message):
            digest.update(part)
            yield part
    digest.update(_LENGTH.pack(0))
    yield _LENGTH.pack(0)
    yield key.sign(CONTEXT + digest.digest())


@dataclass(frozen=True, slots=True)
class Seal:
    """How a file ended. `digest` is the SHA-256 of everything before the signature."""

    digest: bytes
    signature: bytes

    def is_by(self, public_key: bytes) -> bool:
        return verify(public_key, CONTEXT + self.digest, self.signature)


class FrameReader:
    """Takes a file's bytes in pieces of any size and gives each whole message to `take`.

    Never holds more than one message, which is bounded before it is waited for.
    """

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self._take = take
        self._held = bytearray()
        self._wanted: int | None = None
        self._digest = sha256()
        self._ended = False

    def feed(self, piece: bytes) -> None:
        """Raises SyncError(FILE_DAMAGED), and what `take` raises."""
        self._held += piece
        while not self._ended and self._step():
            pass
        if self._ended and len(self._held) > SIGNATURE_BYTES:
            raise SyncError(Trouble.FILE_DAMAGED)

    def _step(self) -> bool:
        """Whether there was enough to go on with."""
        size = _LENGTH.size if self._wanted is None else self._wanted
        if len(self._held) < size:
            return False
        part = bytes(self._held[:size])
        del self._held[:size]
        self._digest.update(part)
        if self._wanted is not None:
            self._wanted = None
            self._take(part)
            return True
        self._expect(*_LENGTH.unpack(part))
        return True

    def _expect(self, length: int) -> None:
        if length > MAX_BODY_BYTES:
            raise SyncError(Trouble.FILE_DAMAGED)
        self._ended = length == 0
        self._wanted = length or None

    def end(self) -> Seal:
        """To be called after the last piece. Raises SyncError(FILE_DAMAGED) where something is missing."""
        if not self._ended or len(self._held) != SIGNATURE_BYTES:
            raise SyncError(Trouble.FILE_DAMAGED)
        return Seal(self._digest.digest(), bytes(self._held))
