"""Strangers' codes: whatever they hold, reading ends with claims or with one of the named refusals."""

import contextlib
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_core import cbor
from station_core.credential import base45, claim169, cose, cwt, encrypt0, identity_qr, inflate
from station_core.credential.claim169 import Attribute, Biometric
from station_core.keys import SigningKey

REFUSALS = (
    identity_qr.TextTooLong,
    base45.MalformedBase45,
    inflate.MalformedZlib,
    cose.MalformedCose,
    encrypt0.CannotDecrypt,
    cwt.MalformedClaims,
    claim169.MalformedIdentity,
)
KEY = SigningKey(bytes(range(32)))
ITEMS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.binary(max_size=8),
    lambda items: st.lists(items, max_size=4) | st.dictionaries(st.integers(0, 80), items, max_size=6),
    max_leaves=16,
)


def code_of(message: bytes) -> str:
    return base45.encode(zlib.compress(message))


def signed(claim: object) -> str:
    return code_of(cose.sign(cbor.encode({169: claim}), KEY, {}))


@given(st.text(max_size=300))
def test_arbitrary_text(text: str) -> None:
    with pytest.raises(REFUSALS):
        identity_qr.read(text)


@given(st.binary(max_size=300))
def test_arbitrary_messages(message: bytes) -> None:
    with pytest.raises(REFUSALS):
        identity_qr.read(code_of(message), decryption_key=bytes(32))


@given(ITEMS)
def test_arbitrary_claims(claim: object) -> None:
    with contextlib.suppress(*REFUSALS):
        identity_qr.read(signed(claim))


def test_attributes_of_every_kind() -> None:
    claim = {4: "n", 9: 2, 16: b"photo", 18: [1, 10], 62: [{0: b"a", 1: 0, 2: 4, 3: "maker"}], 65: {0: b"b"}, 75: [1]}
    identity = identity_qr.read(signed(claim)).identity
    assert identity.attributes == {
        Attribute.FULL_NAME: "n",
        Attribute.GENDER: 2,
        Attribute.PHOTO: b"photo",
        Attribute.BEST_QUALITY_FINGERS: (1, 10),
        Attribute.FACE: (Biometric(b"a", 0, 4, "maker"),),
        Attribute.VOICE: (Biometric(b"b"),),
    }
    assert identity.unassigned == {75: [1]}
    assert identity.text(Attribute.GENDER) is None


@pytest.mark.parametrize(
    "claim", [{9: 4}, {9: True}, {4: b"n"}, {4: None}, {18: [11]}, {18: 1}, {62: [b"a"]}, {62: [{1: 0}]}, {14: "2"}, []]
)
def test_attributes_of_the_wrong_kind(claim: object) -> None:
    with pytest.raises(claim169.MalformedIdentity):
        identity_qr.read(signed(claim))


def test_bombs_and_endless_texts() -> None:
    with pytest.raises(inflate.MalformedZlib):
        identity_qr.read(code_of(bytes(1_000_000)))
    with pytest.raises(identity_qr.TextTooLong):
        identity_qr.read("0" * (identity_qr.MAX_TEXT + 1))
