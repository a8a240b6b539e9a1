"""One key in all the forms in which it may be handed over."""

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa, x25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from station_core import cbor
from station_core.credential.public_keys import MAX_BYTES, UnusableKey, ec_key, okp_key, read_public_key, rsa_key

ED25519 = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32))).public_key()
ED448 = ed448.Ed448PrivateKey.from_private_bytes(bytes(57)).public_key()
P256 = ec.derive_private_key(12345, ec.SECP256R1())
P521 = ec.derive_private_key(12345, ec.SECP521R1()).public_key()
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()


def coordinates(key: ec.EllipticCurvePublicKey) -> tuple[bytes, bytes]:
    size, numbers = (key.key_size + 7) // 8, key.public_numbers()
    return numbers.x.to_bytes(size, "big"), numbers.y.to_bytes(size, "big")


@pytest.mark.parametrize("key", [ED25519, ED448, P256.public_key(), P521, RSA], ids=lambda key: type(key).__name__)
@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_der_and_pem(key: object, encoding: Encoding) -> None:
    data = key.public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)  # type: ignore[attr-defined]
    assert read_public_key(data) == key
    assert read_public_key(data.hex().encode()) == key


@pytest.mark.parametrize("key", [ED25519, ED448])
def test_raw_and_hexadecimal(key: ed25519.Ed25519PublicKey | ed448.Ed448PublicKey) -> None:
    raw = key.public_bytes_raw()
    for said in (raw, raw.hex().encode(), raw.hex().upper().encode() + b"\n"):
        assert read_public_key(said) == key


@pytest.mark.parametrize("form", [PublicFormat.UncompressedPoint, PublicFormat.CompressedPoint])
def test_points(form: PublicFormat) -> None:
    for key in (P256.public_key(), P521):
        assert read_public_key(key.public_bytes(Encoding.X962, form)) == key


def test_cose_keys() -> None:
    x, y = coordinates(P256.public_key())
    numbers = RSA.public_numbers()
    assert read_public_key(cbor.encode({1: 1, -1: 6, -2: ED25519.public_bytes_raw()})) == ED25519
    assert read_public_key(cbor.encode({1: 2, -1: 1, -2: x, -3: y})) == P256.public_key()
    assert read_public_key(cbor.encode({1: 3, -1: numbers.n.to_bytes(256, "big"), -2: b"\x01\x00\x01"})) == RSA


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_certificates(encoding: Encoding) -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "issuer")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(P256.public_key())
    builder = builder.serial_number(7).not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
    signed = builder.not_valid_after(datetime(2027, 1, 1, tzinfo=UTC)).sign(P256, SHA256())
    assert read_public_key(signed.public_bytes(encoding)) == P256.public_key()


X, Y = coordinates(P256.public_key())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no key",
        bytes(MAX_BYTES + 1),
        b"\x04" + bytes(64),
        x25519.X25519PrivateKey.generate().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        dsa.generate_private_key(1024).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        cbor.encode({1: 2, -1: 1, -2: X, -3: X}),
        cbor.encode({1: 2, -1: 9, -2: X, -3: Y}),
        cbor.encode({1: 1, -1: 4, -2: bytes(32)}),
        cbor.encode({1: 1, -1: 6}),
        cbor.encode({1: [], -1: 6, -2: b""}),
        cbor.encode([1, 2]),
    ],
    ids=range(12),
)
def test_what_is_no_key(data: bytes) -> None:
    with pytest.raises(UnusableKey):
        read_public_key(data)


@given(st.binary(max_size=200).filter(lambda data: len(data) not in (32, 57)))
def test_arbitrary_bytes_are_no_reason_to_fall_over(data: bytes) -> None:
    try:
        read_public_key(data)
    except UnusableKey:
        return


def test_parts_that_do_not_fit() -> None:
    for make in (
        lambda: okp_key("Ed25519", b"short"),
        lambda: ec_key("P-256", X, X),
        lambda: rsa_key(b"\x04", b"\x02"),
    ):
        with pytest.raises(UnusableKey):
            make()
