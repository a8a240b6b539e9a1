"""Sealing a file for one store alone: age (age-encryption.org/v1) to the store's certified Ed25519 key.

age's recipient type ``ssh-ed25519`` derives the X25519 keys from the Ed25519 ones. So a recipient needs no further key
that somebody would have to publish and somebody else to believe: who is certified can be written to.
"""

from collections.abc import Callable, Iterator
from typing import BinaryIO

import pyrage  # type: ignore[import-untyped]  # a Rust module without stubs
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from station_core.keys import SigningKey
from sync.errors import SyncError, Trouble

FIRST_LINE = b"age-encryption.org/v1\n"
_HEADER_ENDS = b"\n--- "
MAX_HEADER_BYTES = 16 * 1024
"""Of age's own header, which its library reads whole; ours have about 250 bytes."""

_NOT_OURS_TO_OPEN = "No matching keys found"


def seal(parts: Iterator[bytes], out: BinaryIO, recipient_key: bytes) -> None:
    """Write `parts` into `out` for the holder of the public key (32 bytes). Raises what `parts` and `out` raise."""
    source, sink = _Source(parts), _Sink(out.write)
    try:
        pyrage.encrypt_io(source, sink, [_recipient(recipient_key)])
    except Exception as error:
        raise (source.error or sink.error or error) from None


def unseal(file: BinaryIO, take: Callable[[bytes], object], key: SigningKey) -> None:
    """Give what `file` holds for `key` to `take`, in pieces that are proven to be as they were sealed.

    Raises SyncError: FILE_NOT_OURS, FILE_NOT_FOR_US, FILE_DAMAGED (in the middle, or at its end: what was given to
    `take` is then not all), and what reading `file` and `take` raise.
    """
    source, sink = _Source(_pieces(file)), _Sink(take)
    try:
        pyrage.decrypt_io(source, sink, [_identity(key)])
    except Exception as error:
        if kept := source.error or sink.error:
            raise kept from None
        if not isinstance(error, pyrage.DecryptError | OSError):
            raise
        raise SyncError(_trouble_of(error)) from error


def _trouble_of(error: Exception) -> Trouble:
    return Trouble.FILE_NOT_FOR_US if str(error) == _NOT_OURS_TO_OPEN else Trouble.FILE_DAMAGED


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    first = file.read(MAX_HEADER_BYTES)
    if not first.startswith(FIRST_LINE):
        raise SyncError(Trouble.FILE_NOT_OURS)
    if _HEADER_ENDS not in first:
        raise SyncError(Trouble.FILE_DAMAGED)
    yield first
    while piece := file.read(64 * 1024):
        yield piece


def _recipient(public_key: bytes) -> pyrage.ssh.Recipient:
    public = Ed25519PublicKey.from_public_bytes(public_key)
    line = public.public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH)
    return pyrage.ssh.Recipient.from_str(line.decode())


def _identity(key: SigningKey) -> pyrage.ssh.Identity:
    private = Ed25519PrivateKey.from_private_bytes(bytes(key))
    return pyrage.ssh.Identity.from_buffer(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption()
        )
    )


class _Source:
    """What the library reads from. It words errors of ours anew: the first is kept in `error`."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = memoryview(b"")
        self.error: Exception | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._rest:
                part = next(self._parts, None)
                if part is None:
                    return b""
                self._rest = memoryview(part)
        except Exception as error:
            self.error = error
            raise
        piece, self._rest = self._rest[:size], self._rest[size:]
        return bytes(piece)


class _Sink:
    """What the library writes to; keeps the first error as `_Source` does. After one the library writes once more, what
    it holds in its buffer: nothing of that is for anybody.
    """

    def __init__(self, take: Callable[[bytes], object]) -> None:
        self._take = take
        self.error: Exception | None = None

    def write(self, piece: bytes) -> int:
        if self.error is not None:
            raise self.error
        try:
            self._take(piece)
        except Exception as error:
            self.error = error
            raise
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back here."""
