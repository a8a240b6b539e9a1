import math

import pytest

from station_core import cbor
from station_core.credential import cwt
from station_core.credential.cwt import Claims, MalformedClaims


def test_claims_come_back() -> None:
    claims = Claims("city", "member", 3, 2, 1, b"id", {169: {1: "x"}, -70_169: 1})
    assert cwt.decode(cwt.encode(claims)) == claims
    assert cwt.decode(cwt.encode(Claims())) == Claims()


def test_fractions_of_a_second_are_cut_off() -> None:
    """RFC 8392, appendix A.7."""
    assert cwt.decode(bytes.fromhex("a106fb41d584367c200000")).issued_at_s == 1443944944


@pytest.mark.parametrize("date", [-1, cwt.LATEST_DATE_S + 1, 2**70, math.nan, math.inf, True, "1", b"1", [1]])
def test_what_is_no_date_is_refused(date: object) -> None:
    for claim in (4, 5, 6):
        with pytest.raises(MalformedClaims):
            cwt.decode(cbor.encode({claim: date}))


@pytest.mark.parametrize("claims", [{1: b"bytes"}, {2: 2}, {7: "text"}, [], "text", 1])
def test_claims_of_the_wrong_kind_are_refused(claims: object) -> None:
    with pytest.raises(MalformedClaims):
        cwt.decode(cbor.encode(claims))


def test_bounds() -> None:
    with pytest.raises(MalformedClaims):
        cwt.decode(cbor.encode({1: "x" * 100}), max_bytes=100)
    with pytest.raises(MalformedClaims):
        cwt.decode(b"\xa1\x18\xa9" + b"\x81" * 20 + b"\x00")
