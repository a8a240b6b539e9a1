"""A secret that two holders of Ed25519 keys share without having talked: X25519 over the keys' Montgomery forms.

The same derivation as that of age's recipient type ``ssh-ed25519``: RFC 7748 §4.1 for the points, the clamped first
half of the seed's SHA-512 for the scalar (RFC 8032 §5.1.5).
"""

from hashlib import sha512

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from station_core.keys import SigningKey

_P = 2**255 - 19


def shared_secret(key: SigningKey, other: bytes, purpose: bytes, length: int) -> bytes:
    """`length` bytes that `key` and the holder of the public key `other` derive alike for `purpose` (HKDF, RFC 5869).

    Raises ValueError where `other` is no key that anything can be agreed on with.
    """
    scalar = X25519PrivateKey.from_private_bytes(sha512(bytes(key)).digest()[:32])
    agreed = scalar.exchange(X25519PublicKey.from_public_bytes(_montgomery(other)))
    return HKDF(SHA256(), length, salt=None, info=purpose).derive(agreed)


def _montgomery(public_key: bytes) -> bytes:
    y = int.from_bytes(public_key, "little") & ((1 << 255) - 1)
    return ((1 + y) * pow(1 - y, -1, _P) % _P).to_bytes(32, "little")
