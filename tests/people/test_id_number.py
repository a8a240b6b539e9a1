"""Numbers here are invented: any region, date and sequence, with the check character worked out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_core.people import id_number
from station_core.people.id_number import IdNumber, IdNumberProblem, Sex, check_character, parse

TODAY = date(2026, 11, 24)


def invented(region: str = "210114", born: str = "19900307", sequence: str = "002") -> str:
    digits = region + born + sequence
    return digits + check_character(digits)


def valid(text: str) -> IdNumber:
    number = parse(text, TODAY)
    assert isinstance(number, IdNumber)
    return number


numbers = st.builds(
    invented,
    region=st.sampled_from(["110105", "210114", "429004", "310103", "659001"]),
    born=st.dates(date(1900, 1, 1), TODAY).map(lambda day: f"{day:%Y%m%d}"),
    sequence=st.integers(1, 999).map("{:03}".format),
)


def test_the_standards_own_example() -> None:
    """GB 11643-1999 gives 11010519491231002X."""
    number = valid("11010519491231002X")
    assert number.birth_date == date(1949, 12, 31)
    assert number.sex is Sex.FEMALE
    assert number.region is not None
    assert number.region.name == "朝阳区"


@given(numbers)
def test_a_valid_number_is_read(text: str) -> None:
    number = valid(text)
    assert number.number == text
    assert f"{number.birth_date:%Y%m%d}" == text[6:14]
    assert (number.sex is Sex.MALE) == (text[16] in "13579")


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_is_always_refused(text: str, at: int, character: str) -> None:
    changed = text[:at] + character + text[at + 1 :]
    assert (changed == text) or isinstance(parse(changed, TODAY), IdNumberProblem)


@given(numbers, st.integers(0, 16))
def test_two_neighbours_swapped_are_always_refused(text: str, at: int) -> None:
    changed = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    assert (changed == text) or isinstance(parse(changed, TODAY), IdNumberProblem)


@given(numbers)
def test_the_way_of_typing_does_not_matter(text: str) -> None:
    typed = " " + text[:6] + "\u3000" + text[6:14].translate({48 + n: 0xFF10 + n for n in range(10)}) + "\u200b "
    assert valid(typed + text[14:].lower() + "\n").number == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", IdNumberProblem.LENGTH),
        (invented()[:-1], IdNumberProblem.LENGTH),
        ("210114900307002", IdNumberProblem.LENGTH),
        (invented()[:8] + "A" + invented()[9:], IdNumberProblem.CHARACTERS),
        ("X" + invented()[1:], IdNumberProblem.CHARACTERS),
        ("٢" + invented()[1:], IdNumberProblem.CHARACTERS),
        (invented()[:17] + "Y", IdNumberProblem.CHARACTERS),
        (invented(born="19900230"), IdNumberProblem.BIRTH_DATE),
        (invented(born="19901301"), IdNumberProblem.BIRTH_DATE),
        (invented(born="00000000"), IdNumberProblem.BIRTH_DATE),
        (invented(born="18991231"), IdNumberProblem.BIRTH_DATE),
        (invented(born="20261125"), IdNumberProblem.BIRTH_DATE),
        (invented(region="990105"), IdNumberProblem.REGION),
        (invented(region="830001"), IdNumberProblem.REGION),
    ],
)
def test_each_problem_is_told_apart(text: str, problem: IdNumberProblem) -> None:
    assert parse(text, TODAY) is problem


def test_a_wrong_check_character_is_named_before_what_it_makes_doubtful() -> None:
    text = invented(region="990105", born="19901301")
    other = "0" if text[17] != "0" else "1"
    assert parse(text[:17] + other, TODAY) is IdNumberProblem.CHECKSUM


def test_born_today_and_in_1900_are_dates() -> None:
    assert valid(invented(born="20261124")).birth_date == TODAY
    assert valid(invented(born="19000101")).birth_date == date(1900, 1, 1)


def test_a_retired_region_is_known() -> None:
    region = valid(invented(region="310103")).region
    assert region is not None
    assert (region.name, region.retired) == ("卢湾区", 2011)


def test_a_code_on_no_list_is_accepted_as_unknown_where_its_province_exists() -> None:
    assert valid(invented(region="210199")).region is None


@pytest.mark.parametrize("region", ["810000", "820000", "830000"])
def test_residence_permits_of_hong_kong_macao_and_taiwan(region: str) -> None:
    found = valid(invented(region=region)).region
    assert found is not None
    assert found.code == region


@pytest.mark.parametrize(
    ("day", "age"),
    [(date(2010, 3, 6), 15), (date(2010, 3, 7), 16), (date(2011, 2, 28), 16), (date(2011, 3, 7), 17)],
)
def test_age_in_full_years(day: date, age: int) -> None:
    assert valid(invented(born="19940307")).age_on(day) == age


@given(numbers)
def test_the_mask_shows_seven_characters_at_most_and_never_the_birth_date(text: str) -> None:
    masked = id_number.mask(text)
    assert len(masked) == 18
    assert masked[3:14] == "*" * 11
    assert (masked[:3], masked[14:]) == (text[:3], text[14:])


@given(st.text(max_size=30))
def test_a_mask_of_anything_hides_half_of_it(text: str) -> None:
    shown = sum(one == other for one, other in zip(id_number.mask(text), text, strict=True) if other != "*")
    assert shown <= len(text) / 2


@given(numbers)
def test_repr_is_masked(text: str) -> None:
    assert text[6:14] not in repr(valid(text))
