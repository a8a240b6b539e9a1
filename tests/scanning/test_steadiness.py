"""What must be seen twice, and what need not."""

from datetime import date

import pytest

from station_app.scanning.readings import EngineName, Reading, Symbology
from station_app.scanning.steadiness import LINEAR_MS, MATRIX_MS, OUT_OF_SIGHT_MS, Steadiness
from station_core.credential.card import CardClaims, issue
from station_core.ids import CardId, MemberNo, UnionCode
from station_core.keys import SigningKey, key_id

KEY = SigningKey(bytes([7]) * 32)
CARD = issue(
    CardClaims(
        card_id=CardId(bytes(8)),
        member_no=MemberNo("SY00001234"),
        name="周海燕",
        union_code=UnionCode("tx-210106"),
        issued_on=date(2026, 11, 24),
        expires_on=date(2028, 11, 23),
        issuer=key_id(KEY.public),
    ),
    KEY,
)


def reading(text: str, symbology: Symbology = Symbology.QR) -> Reading:
    return Reading(text, symbology, EngineName.ZXING)


@pytest.mark.parametrize(
    ("symbology", "needed_ms"), [(Symbology.QR, MATRIX_MS), (Symbology.CODE_39, LINEAR_MS), (Symbology.EAN, LINEAR_MS)]
)
def test_a_plain_code_counts_after_its_time(symbology: Symbology, needed_ms: int) -> None:
    steadiness, code = Steadiness(), reading("SY00001234", symbology)
    assert steadiness.steady((code,), 5_000) == ()
    assert steadiness.steady((code,), 5_000 + needed_ms - 1) == ()
    assert steadiness.steady((code,), 5_000 + needed_ms) == (code,)


def test_another_text_in_between_does_not_help_it() -> None:
    steadiness = Steadiness()
    assert steadiness.steady((reading("SY00001234"),), 0) == ()
    assert steadiness.steady((reading("SY00001284"),), 33) == ()
    assert steadiness.steady((reading("SY00001234"),), 66) == (reading("SY00001234"),)


def test_sightings_far_apart_are_not_one() -> None:
    steadiness, code = Steadiness(), reading("SY00001234")
    steadiness.steady((code,), 0)
    assert steadiness.steady((code,), OUT_OF_SIGHT_MS + 1) == ()
    assert steadiness.steady((code,), OUT_OF_SIGHT_MS + 40) == (code,)


def test_a_clock_that_goes_back_begins_anew() -> None:
    steadiness, code = Steadiness(), reading("SY00001234")
    steadiness.steady((code,), 90_000)
    assert steadiness.steady((code,), 10) == ()


def test_a_signed_card_counts_at_once_and_a_broken_one_does_not() -> None:
    steadiness = Steadiness()
    assert steadiness.steady((reading(CARD),), 0) == (reading(CARD),)
    assert steadiness.steady((reading(CARD[:-4]),), 0) == ()


def test_a_still_picture_has_no_second_moment() -> None:
    assert Steadiness().steady((reading("SY00001234"),), None) == (reading("SY00001234"),)
