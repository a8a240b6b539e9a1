"""COSE_Sign1 (RFC 9052 §4.2): one payload, one signature.

Signing is Ed25519 only. Parsing accepts what others write too: tag 18, tag 61 (CWT) around it, or no tag.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from cbor2 import CBORTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station_core import cbor
from station_core.credential import signatures
from station_core.credential.signatures import Algorithm, PublicKey
from station_core.keys import SigningKey

SIGN1_TAG = 18
CWT_TAG = 61
MAX_DEPTH = 8
MAX_BYTES = 64 * 1024


class Header(IntEnum):
    """Header parameters in use (RFC 9052 §3.1; 16 is RFC 9596)."""

    ALGORITHM = 1
    CONTENT_TYPE = 3
    KEY_ID = 4
    IV = 5
    TYPE = 16


class MalformedCose(ValueError):
    """The bytes are not a COSE message of the kind that was asked for."""


@dataclass(frozen=True, slots=True)
class Sign1:
    """A signed message as it came. Nothing in it is to be believed before `verify` has said yes.

    `protected_bytes` is the header as received, since that is what is signed; `protected` is what it says.
    """

    protected_bytes: bytes
    protected: Mapping[Any, Any]
    unprotected: Mapping[Any, Any]
    payload: bytes
    signature: bytes

    @property
    def algorithm(self) -> Algorithm | None:
        """None where it is missing or not one of ours."""
        value = self._header(Header.ALGORITHM)
        return Algorithm(value) if type(value) is int and value in _KNOWN_ALGORITHMS else None

    @property
    def key_id(self) -> bytes | None:
        value = self._header(Header.KEY_ID)
        return value if isinstance(value, bytes) else None

    def _header(self, name: Header) -> Any:
        """The protected value wins; whoever relays a message can write the other."""
        return self.protected[name] if name in self.protected else self.unprotected.get(name)

    def verify(self, key: PublicKey, *, external: bytes = b"") -> bool:
        """Whether `key` signed this message and `external` (data that both sides know, RFC 9052 §4.4)."""
        algorithm = self.algorithm
        if algorithm is None:
            return False
        return signatures.verify(algorithm, key, self.to_be_signed(external), self.signature)

    def to_be_signed(self, external: bytes = b"") -> bytes:
        """The bytes under the signature (RFC 9052 §4.4).

        A header that says nothing is signed as no bytes at all, also where it was sent as the map h'A0'.
        """
        return _to_be_signed(self.protected_bytes if self.protected else b"", self.payload, external)

    def verify_ed25519(self, public_key: bytes) -> bool:
        """`verify` for the one kind of key that this product issues, given as its 32 raw bytes."""
        try:
            key = Ed25519PublicKey.from_public_bytes(public_key)
        except ValueError:
            return False
        return self.verify(key)


_KNOWN_ALGORITHMS = frozenset(int(algorithm) for algorithm in Algorithm)


def sign(payload: bytes, key: SigningKey, protected: Mapping[int, Any], *, tagged: bool = True) -> bytes:
    """A COSE_Sign1 by `key` over `payload`; `protected` needs no algorithm, it is always EdDSA."""
    header = {int(name): value for name, value in protected.items()} | {int(Header.ALGORITHM): int(Algorithm.EDDSA)}
    protected_bytes = cbor.encode(header)
    signature = key.sign(_to_be_signed(protected_bytes, payload, b""))
    return assemble(protected_bytes, payload, signature, tagged=tagged)


def assemble(protected_bytes: bytes, payload: bytes, signature: bytes, *, tagged: bool) -> bytes:
    """The one deterministic encoding of a message whose unprotected header is empty."""
    parts = [protected_bytes, {}, payload, signature]
    return cbor.encode(CBORTag(SIGN1_TAG, parts) if tagged else parts)


def parse_sign1(data: bytes, *, max_bytes: int = MAX_BYTES, allow_indefinite: bool = False) -> Sign1:
    """The message in `data`. Raises MalformedCose where it is none, or larger or deeper than the bounds."""
    item = decode_bounded(data, max_bytes=max_bytes, allow_indefinite=allow_indefinite)
    return sign1_of(item, allow_indefinite=allow_indefinite)


def sign1_of(item: Any, *, allow_indefinite: bool = False) -> Sign1:
    """The message that an already decoded CBOR item is. Raises MalformedCose."""
    match _untagged(item, SIGN1_TAG):
        case [bytes(protected), Mapping() as unprotected, bytes(payload), bytes(signature)]:
            said = header_map(protected, allow_indefinite=allow_indefinite)
            return Sign1(protected, said, unprotected, payload, signature)
    raise MalformedCose("not a COSE_Sign1 with its payload inside")


def decode_bounded(data: bytes, *, max_bytes: int = MAX_BYTES, allow_indefinite: bool = False) -> Any:
    """The CBOR item in `data`. Raises MalformedCose."""
    try:
        return cbor.decode(data, max_depth=MAX_DEPTH, max_bytes=max_bytes, allow_indefinite=allow_indefinite)
    except cbor.MalformedCbor as error:
        raise MalformedCose(str(error)) from error


def header_map(protected: bytes, *, allow_indefinite: bool = False) -> Mapping[Any, Any]:
    """What a protected header says: no bytes, or a map in bytes. Raises MalformedCose."""
    header = decode_bounded(protected, allow_indefinite=allow_indefinite) if protected else {}
    if not isinstance(header, Mapping):
        raise MalformedCose("the protected header is not a map")
    return header


def _untagged(item: Any, tag: int) -> Any:
    if isinstance(item, CBORTag) and item.tag == CWT_TAG:
        item = item.value
        if not isinstance(item, CBORTag):
            raise MalformedCose("tag 61 needs a COSE tag inside")
    if isinstance(item, CBORTag):
        if item.tag != tag:
            raise MalformedCose(f"tag {item.tag} where {tag} belongs")
        return item.value
    return item


def _to_be_signed(protected_bytes: bytes, payload: bytes, external: bytes) -> bytes:
    return cbor.encode(["Signature1", protected_bytes, external, payload])
