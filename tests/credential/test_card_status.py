import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_core.credential import card_status, statuslist
from station_core.credential.card_status import MAX_INDEX, card_id, index_of, is_taken_back, list_of, next_card_id
from station_core.ids import CardId, KeyId
from station_core.keys import SigningKey

ISSUER = KeyId(bytes.fromhex("56475aa75463474c"))
CITY = SigningKey(bytes(range(32)))
CARDS = st.builds(card_id, st.integers(0, 400), st.binary(min_size=5, max_size=5))


def test_ids_begin_with_the_card_s_number() -> None:
    first = next_card_id(None, b"\xff" * 5)
    second = next_card_id(first, b"\x00" * 5)
    assert (first.hex(), second.hex()) == ("000000ffffffffff", "0000010000000000")
    assert next_card_id(card_id(MAX_INDEX, b"\x00" * 5), b"\x01\x02\x03\x04\x05").hex() == "0102030102030405"


@pytest.mark.parametrize(("index", "random"), [(-1, bytes(5)), (MAX_INDEX + 1, bytes(5)), (0, bytes(4)), (0, bytes(6))])
def test_what_does_not_fit_is_no_id(index: int, random: bytes) -> None:
    with pytest.raises(ValueError):
        card_id(index, random)


@given(st.sets(CARDS), st.sets(CARDS))
def test_a_list_takes_back_no_card_that_stands(revoked: set[CardId], standing: set[CardId]) -> None:
    """Whatever the ids are, also where a copied disk gave two cards one number."""
    statuses = list_of("shenyang", ISSUER, revoked, standing - revoked, 0).statuses
    indices = {index_of(card) for card in standing - revoked}
    assert not any(is_taken_back(statuses, card) for card in standing - revoked)
    assert all(is_taken_back(statuses, card) for card in revoked if index_of(card) not in indices)


def test_a_list_says_nothing_beyond_its_end() -> None:
    statuses = list_of("shenyang", ISSUER, {card_id(3, bytes(5))}, set(), 0).statuses
    assert [is_taken_back(statuses, card_id(index, bytes(5))) for index in (2, 3, 4, 9, 100_000)] == [
        False, True, False, False, False,
    ]  # fmt: skip
    assert not is_taken_back(list_of("shenyang", ISSUER, set(), set(), 0).statuses, card_id(0, bytes(5)))


def test_a_million_members_at_one_percent_revoked_are_few_bytes() -> None:
    """300 stations of 3,334 cards each; every hundredth card, not at regular places, is taken back."""
    whole = 0
    for station in range(300):
        taken_back = {card_id(block * 100 + (block * 37 + station * 13) % 100, bytes(5)) for block in range(33)}
        signed = list_of("shenyang", KeyId(station.to_bytes(8, "big")), taken_back, set(), 1_700_000_000)
        whole += len(statuslist.sign(signed, CITY))
    assert whole < 100_000


def test_names_of_lists() -> None:
    assert card_status.list_uri("shenyang", ISSUER) == "shenyang/cards/56475aa75463474c"
    assert card_status.issuer_of("shenyang/cards/56475aa75463474c") == ISSUER
    for other in ("", "shenyang", "https://example.com/statuslists/1", "x/cards/56475AA75463474C", "x/cards/56"):
        assert card_status.issuer_of(other) is None
