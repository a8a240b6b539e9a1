import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_core.people.phone import mask, parse

numbers = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    "typed",
    [
        "13800001234",
        " 138 0000 1234 ",
        "138-0000-1234",
        "+86 138 0000 1234",
        "008613800001234",
        "8613800001234",
        "１３８００００１２３４",
        "＋86 (138) 00001234",
    ],
)
def test_ways_of_typing(typed: str) -> None:
    assert parse(typed) == "13800001234"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1380000123",
        "138000012345",
        "12800001234",
        "024-23456789",
        "+85261234567",
        "1380000123a",
        "١٣٨٠٠٠٠١٢٣٤",
    ],
)
def test_what_is_no_mobile_number(typed: str) -> None:
    assert parse(typed) is None


@given(numbers)
def test_the_mask_hides_the_middle(number: str) -> None:
    assert mask(number) == number[:3] + "****" + number[7:]


@given(st.text(max_size=30).filter(lambda text: len(text) != 11))
def test_other_lengths_are_hidden_whole(text: str) -> None:
    assert mask(text) == "*" * len(text)
