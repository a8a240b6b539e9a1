"""Ed25519 keys (RFC 8032) and the names that derive from them."""

from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from station_core.ids import KeyId, WriterId


class SigningKey:
    """A private key. `bytes(key)` are its 32 raw bytes: keep them sealed."""

    def __init__(self, raw: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(raw)
        self.public = self._key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls) -> "SigningKey":
        return cls(Ed25519PrivateKey.generate().private_bytes_raw())

    def __bytes__(self) -> bytes:
        return self._key.private_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """64 bytes of signature."""
        return self._key.sign(message)


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is that of `public_key` (32 raw bytes) over `message`. Malformed input is a no."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def writer_id(public_key: bytes) -> WriterId:
    return WriterId(sha256(public_key).digest()[:16])


def key_id(public_key: bytes) -> KeyId:
    return KeyId(sha256(public_key).digest()[:8])
