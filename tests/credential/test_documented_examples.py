"""docs/credential.md promises bytes. These are they."""

import re
from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station_core import cbor
from station_core.credential import base45, card, card_status, certificate, cose, statuslist
from station_core.credential.card import CardClaims
from station_core.credential.certificate import Certificate, Role
from station_core.credential.statuslist import SignedStatusList
from station_core.ids import CardId, DistrictCode, MemberNo, UnionCode
from station_core.keys import SigningKey, key_id

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "credential.md"
STATION = SigningKey(bytes(range(32)))
ROOT = SigningKey(bytes(range(32, 64)))
CLAIMS = CardClaims(
    card_id=CardId(bytes.fromhex("a0a1a2a3a4a5a6a7")),
    member_no=MemberNo("210106000123"),
    name="李秀英",
    union_code=UnionCode("210106"),
    issued_on=date(2026, 11, 24),
    expires_on=date(2028, 11, 23),
    issuer=key_id(STATION.public),
)
CERTIFICATE = Certificate(
    city_id="shenyang",
    city_name="沈阳市总工会",
    public_key=STATION.public,
    label="物流园东门",
    district=DistrictCode("210106"),
    writer_number=17,
    role=Role.STATION,
    valid_from_ms=1_795_449_600_000,
    valid_until_ms=1_858_521_600_000,
)
STATUSES = SignedStatusList(statuslist.make(16, {3: 1, 5: 1}), "shenyang/cards", 1_795_449_600)


def example(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\n(.*?)\n```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    assert found, name
    return found[1].replace("\n", "")


def example_bytes(name: str) -> bytes:
    return bytes.fromhex(example(name))


def test_keys() -> None:
    assert example_bytes("station-public-key") == STATION.public
    assert example_bytes("station-key-id") == key_id(STATION.public)
    assert example_bytes("root-public-key") == ROOT.public


def test_the_card_is_written_so() -> None:
    assert card.issue(CLAIMS, STATION) == example("card-text")


def test_the_card_s_steps() -> None:
    message = cose.parse_sign1(example_bytes("card-message"))
    protected, payload = example_bytes("card-protected"), example_bytes("card-payload")
    assert (message.protected_bytes, message.payload) == (protected, payload)
    assert message.signature == example_bytes("card-signature")
    assert cbor.encode(["Signature1", protected, b"", payload]) == example_bytes("card-to-be-signed")
    assert STATION.sign(example_bytes("card-to-be-signed")) == message.signature
    assert card.PREFIX + base45.encode(example_bytes("card-message")) == example("card-text")


def test_the_card_is_read_so() -> None:
    message = card.parse(example("card-text"))
    assert message.verify_ed25519(example_bytes("station-public-key"))
    assert card.read_claims(message) == CLAIMS


def test_the_certificate() -> None:
    assert certificate.certify(CERTIFICATE, ROOT) == example_bytes("certificate")
    assert certificate.read_certificate(example_bytes("certificate"), ROOT.public) == CERTIFICATE


def test_the_status_list() -> None:
    """Read only: another zlib may compress the same list to other bytes."""
    key = Ed25519PublicKey.from_public_bytes(ROOT.public)
    assert statuslist.read(example_bytes("status-list"), key) == STATUSES


def test_the_list_of_a_station_s_cards() -> None:
    taken_back = card_status.card_id(3, b"lists")
    expected = card_status.list_of("shenyang", key_id(STATION.public), {taken_back}, set(), 1_795_449_600)
    assert statuslist.read_by(example_bytes("card-status-list"), ROOT.public) == expected
    assert f"card number 3 (id {taken_back.hex()})" in DOCUMENT.read_text(encoding="utf-8")


def test_the_bounds_that_the_document_states() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    assert f"At most {card.MAX_BYTES} bytes are accepted before Base45" in document
    assert f"at most {certificate.MAX_BYTES} bytes" in document
    assert f"{cose.MAX_DEPTH} levels of CBOR" in document
