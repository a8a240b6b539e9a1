from dataclasses import replace
from datetime import date
from itertools import product

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from station_core import cbor
from station_core.credential import base45, card, cose, cwt, days
from station_core.credential.card import CardClaims
from station_core.ids import CardId, MemberNo, UnionCode
from station_core.keys import SigningKey, key_id

KEY = SigningKey(bytes(range(32)))


def claims_of(name: str = "李秀英", **changes: object) -> CardClaims:
    values: dict[str, object] = {
        "card_id": CardId(bytes.fromhex("a0a1a2a3a4a5a6a7")),
        "member_no": MemberNo("210106000123"),
        "name": name,
        "union_code": UnionCode("210106"),
        "issued_on": date(2026, 11, 24),
        "expires_on": date(2028, 11, 23),
        "issuer": key_id(KEY.public),
    }
    return CardClaims(**(values | changes))  # type: ignore[arg-type]


CLAIMS = st.builds(
    CardClaims,
    card_id=st.binary(min_size=8, max_size=8).map(CardId),
    member_no=st.from_regex(r"[0-9]{12}", fullmatch=True).map(MemberNo),
    name=st.text(min_size=1, max_size=12),
    union_code=st.from_regex(r"[0-9A-Z-]{1,12}", fullmatch=True).map(UnionCode),
    issued_on=st.dates(date(1980, 1, 1), date(2030, 1, 1)),
    expires_on=st.dates(date(2030, 1, 1), date(9999, 12, 30)),
    issuer=st.just(key_id(KEY.public)),
)


@given(CLAIMS)
def test_claims_come_back(claims: CardClaims) -> None:
    message = card.parse(card.issue(claims, KEY))
    assert message.verify_ed25519(KEY.public)
    assert card.read_claims(message) == claims


@pytest.mark.parametrize("name", ["王伟", "李秀英", "欧阳明月"])
def test_a_usual_card_is_small(name: str) -> None:
    text = card.issue(claims_of(name, union_code=UnionCode("210106012")), KEY)
    assert len(base45.decode(text.removeprefix(card.PREFIX))) <= 150
    assert segno.make(text, error="m", boost_error=False).version <= 9


def test_a_card_with_a_name_of_three_characters_fits_version_8() -> None:
    qr = segno.make(card.issue(claims_of(), KEY), error="m", boost_error=False)
    assert (qr.version, qr.mode) == (8, "alphanumeric")


def test_other_readers_find_the_registered_claims() -> None:
    claims = cwt.decode(card.parse(card.issue(claims_of(), KEY)).payload)
    assert claims.issued_at_s == days.start_s(date(2026, 11, 24)) == 1_795_449_600
    assert claims.expires_at_s == days.start_s(date(2028, 11, 24))
    assert claims.others[cwt.Claim.IDENTITY] == {1: "210106000123", 4: "李秀英", card.UNION_CODE: "210106"}


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": key_id(SigningKey(bytes(32)).public)},
        {"card_id": CardId(b"short")},
        {"expires_on": date(2026, 11, 23)},
        {"name": ""},
        {"member_no": MemberNo("")},
    ],
)
def test_contradictory_claims_are_not_signed(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        card.issue(replace(claims_of(), **changes), KEY)  # type: ignore[arg-type]


def test_a_name_that_makes_the_code_unreadable_is_not_signed() -> None:
    with pytest.raises(card.CardTooLarge):
        card.issue(claims_of("阿" * 41), KEY)


def other_forms(claims: CardClaims) -> list[bytes]:
    """The same signed content in encodings that a lenient reader of COSE would accept."""
    data = base45.decode(card.issue(claims, KEY).removeprefix(card.PREFIX))
    message = card.parse(card.issue(claims, KEY))
    tagged = cose.assemble(message.protected_bytes, message.payload, message.signature, tagged=True)
    assert data[0] == 0x84
    return [
        tagged,
        b"\xd8\x3d" + tagged,
        b"\x98\x04" + data[1:],
        data.replace(b"\xa0\x58", b"\xa1\x04\x40\x58", 1),
        cose.sign(message.payload, KEY, {}, tagged=False),
        cose.sign(message.payload, KEY, {4: b"1234567"}, tagged=False),
        cose.sign(message.payload, KEY, {4: claims.issuer, 16: "other"}, tagged=False),
    ]


@pytest.mark.parametrize("form", range(7))
def test_a_card_has_one_form(form: int) -> None:
    data = other_forms(claims_of())[form]
    assert cose.parse_sign1(data).verify_ed25519(KEY.public)
    with pytest.raises(card.MalformedCard):
        card.parse(card.PREFIX + base45.encode(data))


HEADERS = [
    head + rest
    for head in (b"\x84\x4d\xa2\x01\x27\x04\x48", b"\x84\x4d\xa2\x01\x26\x04\x48", b"\x84\x4d\xa2\x01")
    for rest in (bytes(8) + b"\xa0", bytes(8) + b"\xa1\x01\x27", bytes(7))
]
SIZES = [b"", b"\x40", b"\x56", b"\x57", b"\x58", b"\x58\x17", b"\x58\x18", b"\x58\x19", b"\x59", b"\x59\x00\x19"]
PAYLOADS = [bytes(size) for size in (0, 22, 23, 24, 25, 26)]
TAILS = [b"", b"\x58\x40" + bytes(64), b"\x58\x3f" + bytes(63), b"\x58\x40" + bytes(65), b"\x40"]


@pytest.mark.parametrize("header", HEADERS)
def test_the_one_form_is_what_a_decoder_and_an_encoder_make_of_it(header: bytes) -> None:
    found = {is_the_one_form(header + b"".join(rest)) for rest in product(SIZES, PAYLOADS, TAILS)}
    assert found == ({True, False} if header == HEADERS[0] else {False})


@given(st.binary(max_size=120))
def test_arbitrary_bytes_are_not_the_one_form(data: bytes) -> None:
    assert not is_the_one_form(data)


def is_the_one_form(data: bytes) -> bool:
    """Cards are cut apart without a decoder; this one goes the long way."""
    try:
        message = cose.parse_sign1(data)
        header = cbor.encode({1: -8, 4: message.key_id})
        is_the_one = data == cose.assemble(header, message.payload, message.signature, tagged=False)
        is_the_one &= len(message.key_id or b"") == 8 and len(message.signature) == 64
    except cose.MalformedCose:
        is_the_one = False
    try:
        parsed = card.parse(card.PREFIX + base45.encode(data))
    except card.MalformedCard:
        assert not is_the_one
    else:
        assert is_the_one
        assert parsed == message
    return is_the_one


@pytest.mark.parametrize(
    "claims",
    [
        cwt.Claims(),
        cwt.Claims(issued_at_s=1, expires_at_s=2, token_id=b"12345678"),
        cwt.Claims(issued_at_s=1, expires_at_s=2, token_id=b"1234567", others={169: {1: "1", 4: "n", 75: "u"}}),
        cwt.Claims(issued_at_s=1, expires_at_s=2, token_id=b"12345678", others={169: {1: "1", 4: "n"}}),
        cwt.Claims(issued_at_s=1, expires_at_s=2, token_id=b"12345678", others={169: {1: 1, 4: "n", 75: "u"}}),
        cwt.Claims(expires_at_s=2, token_id=b"12345678", others={169: {1: "1", 4: "n", 75: "u"}}),
        cwt.Claims(
            issued_at_s=cwt.LATEST_DATE_S, expires_at_s=2, token_id=b"12345678", others={169: {1: "1", 4: "n", 75: "u"}}
        ),
    ],
)
def test_signed_content_that_is_no_card_is_malformed(claims: cwt.Claims) -> None:
    message = cose.sign(cwt.encode(claims), KEY, {4: key_id(KEY.public)}, tagged=False)
    with pytest.raises(card.MalformedCard):
        card.read_claims(card.parse(card.PREFIX + base45.encode(message)))


def test_days_are_days_in_china() -> None:
    assert days.start_s(date(1970, 1, 1)) == -8 * 3600
    assert days.day_of(0) == days.day_of(16 * 3600 - 1) == date(1970, 1, 1)
    assert days.day_of(16 * 3600) == date(1970, 1, 2)
    with pytest.raises(ValueError):
        days.day_of(cwt.LATEST_DATE_S)
