"""Strangers' codes: whatever they hold, reading ends with claims or with one of the named refusals."""

import contextlib
import zlib

import pytest
from cbor2 import CBORTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from resources.texts import Language
from station_core import cbor
from station_core.credential import base45, claim169, cose, cwt, encrypt0, identity_qr, inflate
from station_core.credential.claim169 import Attribute, Biometric
from station_core.credential.identity_qr import IdentityReason, IdentityVerdict
from station_core.credential.words import remedy, title
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


def coded(claims: cwt.Claims, key: SigningKey = KEY) -> str:
    return code_of(cose.sign(cwt.encode(claims), key, {}))


PUBLIC = Ed25519PublicKey.from_public_bytes(KEY.public)
HOLDS = cwt.Claims(not_before_s=100, expires_at_s=200, others={169: {4: "n"}})


@pytest.mark.parametrize(
    ("now_s", "reason"),
    [
        (99, IdentityReason.NOT_YET_VALID),
        (100, IdentityReason.VALID),
        (199, IdentityReason.VALID),
        (200, IdentityReason.EXPIRED),
    ],
)
def test_a_verdict_on_another_system_s_code(now_s: int, reason: IdentityReason) -> None:
    verdict = identity_qr.verify(coded(HOLDS), PUBLIC, now_s)
    assert (verdict.reason, verdict.accepted) == (reason, reason is IdentityReason.VALID)
    assert verdict.document is not None
    assert verdict.document.is_signed


def test_a_token_from_the_future_has_not_begun() -> None:
    later = cwt.Claims(issued_at_s=500, others={169: {4: "n"}})
    assert identity_qr.verify(coded(later), PUBLIC, 499).reason is IdentityReason.NOT_YET_VALID
    assert identity_qr.verify(coded(later), PUBLIC, 500).accepted


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0" * (identity_qr.MAX_TEXT + 1), IdentityReason.TOO_LARGE),
        ("no base45", IdentityReason.MALFORMED),
        (code_of(cbor.encode([b"", {}, cbor.encode({169: {4: "n"}}), b""])), IdentityReason.UNSIGNED),
        (code_of(cbor.encode([b"", {}, b"\xff", b""])), IdentityReason.UNSIGNED),
        (coded(HOLDS, SigningKey(bytes(32))), IdentityReason.BAD_SIGNATURE),
        (code_of(cose.sign(b"\xff", SigningKey(bytes(32)), {})), IdentityReason.BAD_SIGNATURE),
        (code_of(cose.sign(b"\xff", KEY, {})), IdentityReason.MALFORMED),
        (coded(cwt.Claims(subject="no identity")), IdentityReason.MALFORMED),
        (code_of(cbor.encode(CBORTag(16, [cbor.encode({1: 3}), {5: bytes(12)}, b""]))), IdentityReason.ENCRYPTED),
    ],
)
def test_refusals_show_nothing(text: str, reason: IdentityReason) -> None:
    """Signature first: content that is no token at all makes no difference before it."""
    assert identity_qr.verify(text, PUBLIC, 150) == IdentityVerdict(reason)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("reason", list(IdentityReason))
def test_every_reason_has_its_words(language: Language, reason: IdentityReason) -> None:
    assert title(reason, language)
    assert remedy(reason, language)
