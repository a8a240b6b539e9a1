"""What the vectors do not show: an algorithm belongs to a kind of key, and a signature has one length."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from station_core.credential.signatures import Algorithm, PublicKey, verify

MESSAGE = b"message"
PSS = padding.PSS(mgf=padding.MGF1(SHA256()), salt_length=32)


def by_ed25519() -> tuple[PublicKey, bytes]:
    key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    return key.public_key(), key.sign(MESSAGE)


def by_p256() -> tuple[PublicKey, bytes]:
    key = ec.derive_private_key(12345, ec.SECP256R1())
    r, s = decode_dss_signature(key.sign(MESSAGE, ec.ECDSA(SHA256())))
    return key.public_key(), r.to_bytes(32, "big") + s.to_bytes(32, "big")


def by_rsa(bits: int = 2048) -> tuple[PublicKey, bytes]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    return key.public_key(), key.sign(MESSAGE, PSS, SHA256())


@pytest.mark.parametrize(
    ("signed", "fitting"), [(by_ed25519, Algorithm.EDDSA), (by_p256, Algorithm.ES256), (by_rsa, Algorithm.PS256)]
)
def test_only_the_algorithm_that_was_used_verifies(
    signed: Callable[[], tuple[PublicKey, bytes]], fitting: Algorithm
) -> None:
    key, signature = signed()
    assert [algorithm for algorithm in Algorithm if verify(algorithm, key, MESSAGE, signature)] == [fitting]
    assert not verify(fitting, key, b"another", signature)


def test_an_ecdsa_signature_has_one_length() -> None:
    key, signature = by_p256()
    padded = signature[:32] + b"\x00" + signature[32:]
    for other in (padded, signature[:-1], b"", signature * 2):
        assert not verify(Algorithm.ES256, key, MESSAGE, other)


def test_a_short_rsa_key_is_not_believed() -> None:
    key, signature = by_rsa(bits=1024)
    assert not verify(Algorithm.PS256, key, MESSAGE, signature)
