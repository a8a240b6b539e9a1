import pytest
from cbor2 import CBORTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from station_core import cbor
from station_core.credential.cose import MalformedCose
from station_core.credential.encrypt0 import CannotDecrypt, decrypt

A128GCM, A256GCM, CHACHA20 = 1, 3, 24
NONCE = bytes(range(12))


def encrypted(key: bytes, algorithm: int, nonce: bytes = NONCE, tag: int = 16) -> CBORTag:
    protected = cbor.encode({1: algorithm})
    ciphertext = AESGCM(key).encrypt(NONCE, b"secret", cbor.encode(["Encrypt0", protected, b""]))
    return CBORTag(tag, [protected, {5: nonce}, ciphertext])


@pytest.mark.parametrize(("algorithm", "size"), [(A128GCM, 16), (A256GCM, 32)])
def test_the_key_opens_it(algorithm: int, size: int) -> None:
    assert decrypt(encrypted(bytes(size), algorithm), bytes(size)) == b"secret"


def test_a_wrong_key_opens_nothing() -> None:
    for key in (bytes([1]) * 32, bytes(16), b""):
        with pytest.raises(CannotDecrypt):
            decrypt(encrypted(bytes(32), A256GCM), key)


def test_a_message_that_is_weaker_than_it_says_is_refused() -> None:
    with pytest.raises(CannotDecrypt):
        decrypt(encrypted(bytes(16), A256GCM), bytes(16))


@pytest.mark.parametrize(
    "item",
    [
        None,
        encrypted(bytes(32), CHACHA20),
        encrypted(bytes(32), A256GCM, nonce=b"short"),
        encrypted(bytes(32), A256GCM, tag=96),
        CBORTag(16, [b"", {1: A256GCM, 5: NONCE}, b""]),
        CBORTag(16, [cbor.encode({1: A256GCM}), {5: NONCE}, None]),
    ],
)
def test_what_is_no_aes_gcm_message_is_malformed(item: object) -> None:
    with pytest.raises(MalformedCose):
        decrypt(item, bytes(32))
