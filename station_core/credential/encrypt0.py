"""COSE_Encrypt0 (RFC 9052 §5.2) with AES-GCM: opens other systems' encrypted credentials, given their key."""

from collections.abc import Mapping
from typing import Any

from cbor2 import CBORTag
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from station_core import cbor
from station_core.credential.cose import Header, MalformedCose, header_map

ENCRYPT0_TAG = 16

_KEY_BYTES = {1: 16, 2: 24, 3: 32}
"""A128GCM, A192GCM, A256GCM (RFC 9053 §4.1)."""
_NONCE_BYTES = 12


class CannotDecrypt(ValueError):
    """The key does not fit the message, or the message was changed."""


def is_encrypted(item: Any) -> bool:
    return isinstance(item, CBORTag) and item.tag == ENCRYPT0_TAG


def decrypt(item: Any, key: bytes) -> bytes:
    """The plaintext of a decoded, tagged COSE_Encrypt0.

    Raises MalformedCose where it is none or uses another cipher than AES-GCM, CannotDecrypt for a wrong key.
    """
    match item:
        case CBORTag(tag=16, value=[bytes(protected), Mapping() as unprotected, bytes(ciphertext)]):
            return _open(protected, unprotected, ciphertext, key)
    raise MalformedCose("not a COSE_Encrypt0 with its ciphertext inside")


def _open(protected: bytes, unprotected: Mapping[Any, Any], ciphertext: bytes, key: bytes) -> bytes:
    header = header_map(protected)
    algorithm = header.get(Header.ALGORITHM)
    nonce = header.get(Header.IV, unprotected.get(Header.IV))
    if algorithm not in _KEY_BYTES or not isinstance(nonce, bytes) or len(nonce) != _NONCE_BYTES:
        raise MalformedCose("not AES-GCM with a nonce of 12 bytes")
    if len(key) != _KEY_BYTES[algorithm]:
        raise CannotDecrypt(f"the key has {len(key)} bytes, {_KEY_BYTES[algorithm]} are needed")
    structure = cbor.encode(["Encrypt0", protected if header else b"", b""])
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, structure)
    except (InvalidTag, ValueError):
        raise CannotDecrypt("the key does not open this message") from None
