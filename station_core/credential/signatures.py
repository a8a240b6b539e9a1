"""The signature algorithms of COSE (RFC 9053 §2, RFC 8230 for RSASSA-PSS) over the keys of `cryptography`.

This product signs with Ed25519 alone; the others are verified so that other systems' credentials can be read.
"""

from collections.abc import Callable
from enum import IntEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512, HashAlgorithm

PublicKey = ed25519.Ed25519PublicKey | ed448.Ed448PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class Algorithm(IntEnum):
    """COSE algorithm identifiers."""

    ES256 = -7
    EDDSA = -8
    ES384 = -35
    ES512 = -36
    PS256 = -37
    PS384 = -38
    PS512 = -39


_HASHES: dict[Algorithm, HashAlgorithm] = {
    Algorithm.ES256: SHA256(),
    Algorithm.ES384: SHA384(),
    Algorithm.ES512: SHA512(),
    Algorithm.PS256: SHA256(),
    Algorithm.PS384: SHA384(),
    Algorithm.PS512: SHA512(),
}
_ECDSA = {Algorithm.ES256, Algorithm.ES384, Algorithm.ES512}
_MIN_RSA_BITS = 2048


def verify(algorithm: Algorithm, key: PublicKey, message: bytes, signature: bytes) -> bool:
    """Whether `signature` is that of `key` over `message` by `algorithm`. A key of another kind is a no."""
    check = _check_for(algorithm, key)
    if check is None:
        return False
    try:
        check(signature, message)
    except InvalidSignature:
        return False
    return True


def _check_for(algorithm: Algorithm, key: PublicKey) -> Callable[[bytes, bytes], None] | None:
    if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        return key.verify if algorithm is Algorithm.EDDSA else None
    hashing = _HASHES.get(algorithm)
    if hashing is None:
        return None
    if isinstance(key, ec.EllipticCurvePublicKey):
        return _ecdsa(key, hashing) if algorithm in _ECDSA else None
    if algorithm in _ECDSA or key.key_size < _MIN_RSA_BITS:
        return None
    return _pss(key, hashing)


def _ecdsa(key: ec.EllipticCurvePublicKey, hashing: HashAlgorithm) -> Callable[[bytes, bytes], None]:
    """COSE writes r and s side by side, each as long as the curve's order; `cryptography` expects DER."""
    half = (key.key_size + 7) // 8

    def check(signature: bytes, message: bytes) -> None:
        if len(signature) != 2 * half:
            raise InvalidSignature
        r = int.from_bytes(signature[:half], "big")
        s = int.from_bytes(signature[half:], "big")
        key.verify(encode_dss_signature(r, s), message, ec.ECDSA(hashing))

    return check


def _pss(key: rsa.RSAPublicKey, hashing: HashAlgorithm) -> Callable[[bytes, bytes], None]:
    """RFC 8230 §2: the mask's hash is the message's, the salt is as long as the hash."""
    scheme = padding.PSS(mgf=padding.MGF1(hashing), salt_length=hashing.digest_size)

    def check(signature: bytes, message: bytes) -> None:
        key.verify(signature, message, scheme, hashing)

    return check
