"""Public keys as people hand them over: hexadecimal, a PEM or DER file, an X.509 certificate, a COSE_Key."""

from collections.abc import Callable
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key

from station_core import cbor
from station_core.credential.signatures import PublicKey

MAX_BYTES = 64 * 1024

_CURVES: dict[str | int, ec.EllipticCurve] = {
    "P-256": ec.SECP256R1(),
    "P-384": ec.SECP384R1(),
    "P-521": ec.SECP521R1(),
    1: ec.SECP256R1(),
    2: ec.SECP384R1(),
    3: ec.SECP521R1(),
}
"""By their names in JOSE and their numbers in COSE (RFC 9053 §7.1)."""
_POINT_BYTES = {33: "P-256", 65: "P-256", 49: "P-384", 97: "P-384", 67: "P-521", 133: "P-521"}
"""Lengths of points in SEC1's compressed and uncompressed form."""
_ED25519_BYTES, _ED448_BYTES = 32, 57


class UnusableKey(ValueError):
    """The bytes are no public key of a kind that signatures are verified with here."""


def read_public_key(data: bytes) -> PublicKey:
    """The key in `data`: raw bytes, their hexadecimal, PEM, DER, a certificate, or a COSE_Key. Raises UnusableKey."""
    if len(data) > MAX_BYTES:
        raise UnusableKey("too large for a key")
    raw = _from_hex(data)
    for read in (_raw, _point, _pem, _der, _cose_key):
        try:
            return _of_known_kind(read(raw))
        except (ValueError, TypeError, LookupError, UnsupportedAlgorithm):
            continue
    raise UnusableKey("no Ed25519, Ed448, elliptic curve or RSA key in it")


def okp_key(curve: str | int, x: bytes) -> PublicKey:
    """An Ed25519 or Ed448 key by its curve's name in JOSE or number in COSE. Raises UnusableKey."""
    try:
        if curve in ("Ed25519", 6):
            return ed25519.Ed25519PublicKey.from_public_bytes(x)
        if curve in ("Ed448", 7):
            return ed448.Ed448PublicKey.from_public_bytes(x)
    except ValueError as error:
        raise UnusableKey(str(error)) from error
    raise UnusableKey("not a curve of Edwards")


def ec_key(curve: str | int, x: bytes, y: bytes) -> PublicKey:
    """A key on one of NIST's curves, by its coordinates. Raises UnusableKey, also for a point beside the curve."""
    if curve not in _CURVES:
        raise UnusableKey("not one of the curves P-256, P-384 and P-521")
    numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x, "big"), int.from_bytes(y, "big"), _CURVES[curve])
    try:
        return numbers.public_key()
    except ValueError as error:
        raise UnusableKey(str(error)) from error


def rsa_key(n: bytes, e: bytes) -> PublicKey:
    """An RSA key by modulus and exponent. Raises UnusableKey."""
    try:
        return rsa.RSAPublicNumbers(int.from_bytes(e, "big"), int.from_bytes(n, "big")).public_key()
    except ValueError as error:
        raise UnusableKey(str(error)) from error


def _from_hex(data: bytes) -> bytes:
    try:
        return bytes.fromhex(data.decode("ascii"))
    except ValueError:
        return data


def _raw(data: bytes) -> PublicKey:
    if len(data) == _ED25519_BYTES:
        return okp_key("Ed25519", data)
    if len(data) == _ED448_BYTES:
        return okp_key("Ed448", data)
    raise UnusableKey("not the length of a raw key")


def _point(data: bytes) -> PublicKey:
    return ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[_POINT_BYTES[len(data)]], data)


def _pem(data: bytes) -> object:
    if b"CERTIFICATE" in data:
        return x509.load_pem_x509_certificate(data).public_key()
    return load_pem_public_key(data)


def _der(data: bytes) -> object:
    try:
        return load_der_public_key(data)
    except ValueError:
        return x509.load_der_x509_certificate(data).public_key()


def _cose_key(data: bytes) -> PublicKey:
    """RFC 9052 §7: 1 is the kind, -1 the curve (or an RSA modulus), -2 and -3 what follows."""
    item = cbor.decode(data, max_depth=4, max_bytes=MAX_BYTES)
    if not isinstance(item, dict):
        raise UnusableKey("no COSE_Key")
    makers: dict[Any, Callable[[], PublicKey]] = {
        1: lambda: okp_key(item[-1], item[-2]),
        2: lambda: ec_key(item[-1], item[-2], item[-3]),
        3: lambda: rsa_key(item[-1], item[-2]),
    }
    if item.get(1) not in makers or not isinstance(item.get(-2), bytes):
        raise UnusableKey("no COSE_Key of a kind that is known here")
    return makers[item[1]]()


def _of_known_kind(key: object) -> PublicKey:
    if isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey):
        return key
    raise UnusableKey("a key of a kind that signs nothing here")
