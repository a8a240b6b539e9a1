from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cards import CERTIFICATE, CLAIMS, DAY, DAY_MS, NOON_MS, ROOT, STATION, TEXT

from resources.texts import Language, say
from station_core import cbor
from station_core.credential import base45, card, card_status, cose, cwt, days
from station_core.credential.certificate import Certificate, Role, certify, read_certificate
from station_core.credential.verify import CardVerdict, Issuer, Reason, Trust, issuer_without_certificate, verify
from station_core.ids import CardId, KeyId
from station_core.keys import SigningKey


def trust(
    certificate: Certificate = CERTIFICATE,
    revoked_since_ms: int | None = None,
    revoked_cards: dict[CardId, str] | None = None,
) -> Trust:
    """As a station holds it: the certificate read under the city's root key."""
    held = read_certificate(certify(certificate, ROOT), ROOT.public)
    return Trust({held.key_id: Issuer(held, revoked_since_ms)}, revoked_cards or {})


def changed(**changes: object) -> Certificate:
    fields = {name: getattr(CERTIFICATE, name) for name in Certificate.__slots__}
    return Certificate(**(fields | changes))


TRUST = trust()


def test_a_card_of_a_certified_neighbour_is_valid() -> None:
    assert verify(TEXT, TRUST, NOON_MS) == CardVerdict(Reason.VALID, CLAIMS, TRUST.issuers[CLAIMS.issuer].certificate)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.OTHER_SYSTEM),
        ("210106000123", Reason.OTHER_SYSTEM),
        ("https://example.org/m/210106000123", Reason.OTHER_SYSTEM),
        ("HC1:" + TEXT[5:], Reason.OTHER_SYSTEM),
        (TEXT.lower(), Reason.OTHER_SYSTEM),
        (" " + TEXT, Reason.OTHER_SYSTEM),
        (card.PREFIX, Reason.MALFORMED),
        (TEXT[:-1], Reason.MALFORMED),
        (TEXT + "\n", Reason.MALFORMED),
        (card.PREFIX + "0" * 385, Reason.TOO_LARGE),
        (card.PREFIX + base45.encode(b"\x81" * 200), Reason.MALFORMED),
        (card.PREFIX + base45.encode(b"\x78\xda" + bytes(100)), Reason.MALFORMED),
    ],
)
def test_what_is_no_card(text: str, reason: Reason) -> None:
    assert verify(text, TRUST, NOON_MS) == CardVerdict(reason)


def test_an_issuer_that_nobody_certified_is_unknown() -> None:
    assert verify(TEXT, Trust(), NOON_MS) == CardVerdict(Reason.UNKNOWN_ISSUER)


def forged(payload: bytes) -> str:
    """Signed by somebody else in the station's name."""
    message = cose.sign(payload, SigningKey(bytes(32)), {4: CLAIMS.issuer}, tagged=False)
    return card.PREFIX + base45.encode(message)


@pytest.mark.parametrize("payload", [card.parse(TEXT).payload, b"", b"\xff", cbor.encode("no claims")])
def test_a_forger_learns_nothing_about_the_content(payload: bytes) -> None:
    """Signature first: whatever the content is, the verdict is the same and shows no claims."""
    assert verify(forged(payload), TRUST, NOON_MS) == CardVerdict(Reason.BAD_SIGNATURE)


def test_a_signed_message_that_is_no_card_is_malformed() -> None:
    message = cose.sign(cwt.encode(cwt.Claims(issuer="x")), STATION, {4: CLAIMS.issuer}, tagged=False)
    assert verify(card.PREFIX + base45.encode(message), TRUST, NOON_MS) == CardVerdict(Reason.MALFORMED)


def reason_at(day: date, *, offset_ms: int = 0) -> Reason:
    return verify(TEXT, TRUST, days.start_s(day) * 1_000 + offset_ms).reason


def test_a_card_holds_from_its_first_to_its_last_day() -> None:
    assert reason_at(DAY, offset_ms=-1) is Reason.NOT_YET_VALID
    assert reason_at(DAY) is Reason.VALID
    assert reason_at(CLAIMS.expires_on, offset_ms=DAY_MS - 1) is Reason.VALID
    assert reason_at(CLAIMS.expires_on + timedelta(days=1)) is Reason.EXPIRED


def test_a_refused_card_still_says_whose_it_is() -> None:
    verdict = verify(TEXT, TRUST, NOON_MS + 2000 * DAY_MS)
    assert (verdict.reason, verdict.claims, verdict.accepted) == (Reason.EXPIRED, CLAIMS, False)


def test_a_revoked_card_says_why() -> None:
    revoked = trust(revoked_cards={CLAIMS.card_id: "lost"})
    verdict = verify(TEXT, revoked, NOON_MS)
    assert (verdict.reason, verdict.claims, verdict.revocation) == (Reason.REVOKED, CLAIMS, "lost")
    assert verify(TEXT, trust(revoked_cards={CardId(b"card-002"): "lost"}), NOON_MS).accepted


def test_a_card_on_the_city_s_list_is_revoked() -> None:
    listed = card_status.list_of("shenyang", CLAIMS.issuer, {CLAIMS.card_id}, set(), 0).statuses
    held = Trust(TRUST.issuers, status_lists={CLAIMS.issuer: listed})
    assert verify(TEXT, held, NOON_MS).revocation == card_status.LISTED
    named = Trust(TRUST.issuers, {CLAIMS.card_id: "lost"}, {CLAIMS.issuer: listed})
    assert verify(TEXT, named, NOON_MS).revocation == "lost"
    of_another = Trust(TRUST.issuers, status_lists={KeyId(bytes(8)): listed})
    assert verify(TEXT, of_another, NOON_MS).accepted


def test_a_key_that_was_handed_over_is_believed_for_every_day() -> None:
    held = Trust({CLAIMS.issuer: issuer_without_certificate(STATION.public)})
    assert verify(TEXT, held, NOON_MS).accepted
    assert verify(TEXT, Trust({CLAIMS.issuer: issuer_without_certificate(bytes(32))}), NOON_MS).reason is (
        Reason.BAD_SIGNATURE
    )


@pytest.mark.parametrize(
    ("since_ms", "reason"),
    [
        (0, Reason.ISSUER_REVOKED),
        (NOON_MS, Reason.ISSUER_REVOKED),  # the card's day is not told apart into before and after
        (NOON_MS + DAY_MS, Reason.VALID),
    ],
)
def test_an_issuer_is_revoked_from_a_moment_on(since_ms: int, reason: Reason) -> None:
    assert verify(TEXT, trust(revoked_since_ms=since_ms), NOON_MS).reason is reason


@pytest.mark.parametrize(
    "certificate",
    [
        changed(role=Role.HUB),
        changed(valid_from_ms=NOON_MS + DAY_MS),
        changed(valid_until_ms=NOON_MS - DAY_MS),
    ],
)
def test_an_issuer_not_certified_for_that_day_is_unknown(certificate: Certificate) -> None:
    assert verify(TEXT, trust(certificate), NOON_MS).reason is Reason.UNKNOWN_ISSUER


def test_a_card_outlives_its_issuer_s_certificate() -> None:
    certificate = changed(valid_from_ms=NOON_MS, valid_until_ms=NOON_MS + 1_000)
    assert verify(TEXT, trust(certificate), NOON_MS + 100 * DAY_MS).accepted


def test_the_gravest_objection_is_named() -> None:
    late_ms = NOON_MS + 2000 * DAY_MS
    assert verify(TEXT, trust(revoked_cards={CLAIMS.card_id: "lost"}), late_ms).reason is Reason.REVOKED
    both = trust(revoked_since_ms=0, revoked_cards={CLAIMS.card_id: "lost"})
    assert verify(TEXT, both, late_ms) == CardVerdict(Reason.ISSUER_REVOKED, CLAIMS, CERTIFICATE_HELD)


CERTIFICATE_HELD = TRUST.issuers[CLAIMS.issuer].certificate


def test_every_changed_bit_is_refused() -> None:
    data = base45.decode(TEXT.removeprefix(card.PREFIX))
    for position in range(len(data) * 8):
        spoilt = bytearray(data)
        spoilt[position // 8] ^= 1 << position % 8
        assert not verify(card.PREFIX + base45.encode(bytes(spoilt)), TRUST, NOON_MS).accepted


def test_every_changed_character_is_refused() -> None:
    for position in range(len(TEXT)):
        for character in base45.ALPHABET:
            if character != TEXT[position]:
                spoilt = TEXT[:position] + character + TEXT[position + 1 :]
                assert not verify(spoilt, TRUST, NOON_MS).accepted


@given(st.text(max_size=500))
def test_arbitrary_text_gets_a_verdict(text: str) -> None:
    assert verify(text, TRUST, NOON_MS).claims is None
    assert verify(card.PREFIX + text, TRUST, NOON_MS).claims is None


@given(st.binary(max_size=256))
def test_arbitrary_bytes_in_a_card_get_a_verdict(data: bytes) -> None:
    assert verify(card.PREFIX + base45.encode(data), TRUST, NOON_MS).claims is None


CBOR_ITEMS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.binary(max_size=12),
    lambda items: st.lists(items, max_size=4) | st.dictionaries(st.integers(-9, 200), items, max_size=4),
    max_leaves=12,
)


@given(CBOR_ITEMS)
def test_arbitrary_signed_content_gets_a_verdict(content: object) -> None:
    message = cose.sign(cbor.encode(content), STATION, {4: CLAIMS.issuer}, tagged=False)
    assert not verify(card.PREFIX + base45.encode(message), TRUST, NOON_MS).accepted


@given(st.lists(CBOR_ITEMS, min_size=4, max_size=4), st.sampled_from([b"", b"\xd2", b"\xd8\x3d\xd2"]))
def test_arbitrary_messages_get_a_verdict(parts: list[object], tags: bytes) -> None:
    assert not verify(card.PREFIX + base45.encode(tags + cbor.encode(parts)), TRUST, NOON_MS).accepted


def test_deep_content_is_refused() -> None:
    deep = b"\x81" * 100 + b"\x00"
    message = cose.sign(deep, STATION, {4: CLAIMS.issuer}, tagged=False)
    assert verify(card.PREFIX + base45.encode(message), TRUST, NOON_MS).reason is Reason.MALFORMED
    with pytest.raises(cose.MalformedCose):
        cose.decode_bounded(deep)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("part", ["title", "remedy"])
def test_every_reason_has_its_texts(language: Language, reason: Reason, part: str) -> None:
    assert say(language, f"credential.{reason}.{part}")
