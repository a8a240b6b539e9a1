import pytest
from support.cards import CERTIFICATE as SAID
from support.cards import ROOT, STATION

from station_core import cbor
from station_core.credential import card_status, cose, statuslist, trust_list
from station_core.credential.certificate import certify
from station_core.credential.trust_list import TrustListRefused
from station_core.ids import KeyId
from station_core.keys import SigningKey, key_id

CARD = card_status.card_id(2, b"12345")
ISSUER = key_id(STATION.public)
LIST = statuslist.sign(card_status.list_of("shenyang", ISSUER, {CARD}, set(), 1_790_000_000), ROOT)
CERTIFICATE = certify(SAID, ROOT)


def test_it_says_whom_to_believe_and_what_was_taken_back() -> None:
    data = trust_list.sign([CERTIFICATE], {ISSUER: 1_800_000_000_000}, {ISSUER: LIST}, 1_795_000_000_000, ROOT)
    trust = trust_list.read(data, ROOT.public)
    issuer = trust.issuer(ISSUER)
    assert issuer is not None
    assert (issuer.certificate.label, issuer.revoked_since_ms) == (SAID.label, 1_800_000_000_000)
    assert trust.card_revocation(CARD, ISSUER) == card_status.LISTED
    assert trust.card_revocation(CARD, KeyId(bytes(8))) is None
    assert trust.card_revocation(card_status.card_id(1, b"12345"), ISSUER) is None


def test_a_city_that_has_said_nothing_yet() -> None:
    assert trust_list.read(trust_list.sign([], {}, {}, 0, ROOT), ROOT.public).issuer(ISSUER) is None


STRANGER = SigningKey(bytes([3]) * 32)
BY_STRANGER = certify(SAID, STRANGER)
EMPTY = {1: 0, 2: [], 3: {}, 4: {}}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        CERTIFICATE,
        trust_list.sign([CERTIFICATE], {}, {}, 0, STRANGER),
        trust_list.sign([BY_STRANGER], {}, {}, 0, ROOT),
        trust_list.sign([], {}, {ISSUER: b"no list"}, 0, ROOT),
        trust_list.sign([CERTIFICATE], {}, {}, 0, ROOT)[:-1] + b"\x00",
        cose.sign(cbor.encode(EMPTY), ROOT, {16: "application/other"}),
        cose.sign(cbor.encode([]), ROOT, {16: trust_list.TYPE}),
        cose.sign(cbor.encode(EMPTY | {2: 5}), ROOT, {16: trust_list.TYPE}),
        cose.sign(cbor.encode(EMPTY | {2: ["text"]}), ROOT, {16: trust_list.TYPE}),
        cose.sign(cbor.encode(EMPTY | {4: {1: b""}}), ROOT, {16: trust_list.TYPE}),
        cose.sign(cbor.encode({1: 0, 2: []}), ROOT, {16: trust_list.TYPE}),
        cose.sign(b"\xff", ROOT, {16: trust_list.TYPE}),
    ],
    ids=range(14),
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(TrustListRefused):
        trust_list.read(data, ROOT.public)
