import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from station_core.ids import MemberNo
from station_core.people import member_no
from station_core.people.member_no import grouped, is_station_number, looks_mistyped, make, parse

numbers = st.builds(make, st.integers(1, 99_999), st.integers(1, 999_999))


def test_a_number_worked_out_by_hand() -> None:
    """10023000017, from the right every other digit doubled: 5+1+0+0+0+0+6+2+0+0+2 = 16, so 4 is missing."""
    assert make(10_023, 17) == "100230000174"
    assert grouped(make(10_023, 17)) == "1002 3000 0174"


def test_the_annexs_algorithm_on_a_known_number() -> None:
    """The example that descriptions of Luhn's algorithm give: 7992739871 and 3."""
    assert member_no.check_digit("7992739871") == "3"


@given(numbers)
def test_made_numbers_hold_and_are_read_back(number: MemberNo) -> None:
    assert is_station_number(number)
    assert len(number) == 12
    assert parse(grouped(number)) == number
    assert parse(grouped(number).replace(" ", "-")) == number


@given(numbers, st.integers(0, 11), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_found(number: MemberNo, at: int, digit: str) -> None:
    assume(number[at] != digit)
    changed = number[:at] + digit + number[at + 1 :]
    assert not is_station_number(changed)
    assert looks_mistyped(changed)


@given(numbers, st.integers(0, 10))
def test_neighbours_swapped_are_found_save_for_0_and_9(number: MemberNo, at: int) -> None:
    pair = number[at : at + 2]
    assume(len(set(pair)) == 2)
    assume(set(pair) != {"0", "9"})
    assert looks_mistyped(number[:at] + pair[::-1] + number[at + 2 :])


@given(
    st.tuples(st.integers(1, 99_999), st.integers(1, 999_999)),
    st.tuples(st.integers(1, 99_999), st.integers(1, 999_999)),
)
def test_no_two_give_the_same(one: tuple[int, int], other: tuple[int, int]) -> None:
    assert (make(*one) == make(*other)) == (one == other)


@pytest.mark.parametrize(("writer", "serial"), [(0, 1), (100_000, 1), (1, 0), (1, 1_000_000), (-1, 1)])
def test_outside_of_the_range_there_is_no_number(writer: int, serial: int) -> None:
    with pytest.raises(ValueError, match="not within"):
        make(writer, serial)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("sy-2019-0042", "SY-2019-0042"),
        ("ｓｙ００４２", "SY0042"),
        (" 0042 17 ", "004217"),
        ("100230000175", "100230000175"),
        ("A1B", None),
        ("A" * 21, None),
        ("SY_0042", None),
        ("沈阳0042", None),
        ("", None),
    ],
)
def test_a_citys_older_numbers(typed: str, number: str | None) -> None:
    assert parse(typed) == number


def test_an_older_number_is_shown_as_it_is() -> None:
    assert grouped(MemberNo("SY-2019-0042")) == "SY-2019-0042"
    assert grouped(MemberNo("1234567")) == "1234567"
    assert grouped(MemberNo("210106260001")) == "2101 0626 0001"
    assert not looks_mistyped("SY-2019-0042")
    assert not is_station_number("000000000000")
