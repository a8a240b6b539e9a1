import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_core.credential.patterns import (
    MAX_TEXT,
    BadPattern,
    Identifier,
    PlainCode,
    code_pattern,
    parse_patterns,
    recognise,
    shipped_patterns,
)

SHIPPED = shipped_patterns()


@pytest.mark.parametrize(
    ("text", "pattern", "member_no"),
    [
        ("210106000123", "member-number", "210106000123"),
        ("SY-20190042", "roster-number", "SY-20190042"),
        ("https://example.org/card?member_no=210106000123", "member-link", "210106000123"),
        ("https://example.org/a/b?x=1&hybh=20190042&y=2#top", "member-link", "20190042"),
        ("http://example.org:8080/m/210106000123", "member-path", "210106000123"),
        ("https://example.org/union/member/SY20190042/", "member-path", "SY20190042"),
    ],
)
def test_member_numbers_are_found(text: str, pattern: str, member_no: str) -> None:
    found = recognise(text, SHIPPED)
    assert found == PlainCode(pattern, Identifier.MEMBER_NO, member_no)
    assert found.member_no == member_no


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21010600012",
        "２１０１０６０００１２３",
        "210106199001011234",
        "6901234567892",
        "https://example.org/",
        "https://example.org/card?number=210106000123",
        "210106000123\n",
        "WIFI:T:WPA;S:park;P:secret;;",
    ],
)
def test_other_systems_codes_are_left_alone(text: str) -> None:
    assert recognise(text, SHIPPED) is None


def test_long_texts_are_not_looked_at() -> None:
    link = "https://example.org/?member_no=210106000123#"
    assert recognise(link.ljust(MAX_TEXT, "x"), SHIPPED)
    assert recognise(link.ljust(MAX_TEXT + 1, "x"), SHIPPED) is None


def test_the_first_pattern_counts_and_another_system_s_id_is_no_member_number() -> None:
    patterns = parse_patterns("""
        [[pattern]]
        name = "canteen"
        regex = 'C(?P<id>[0-9]{6})'
        [[pattern]]
        name = "roster"
        regex = '(?P<member_no>[A-Z][0-9]+)'
    """)
    found = recognise("C123456", patterns)
    assert found == PlainCode("canteen", Identifier.ID, "123456")
    assert found.member_no is None
    assert recognise("D123456", patterns) == PlainCode("roster", Identifier.MEMBER_NO, "D123456")


@pytest.mark.parametrize(
    "regex",
    [
        r"(?P<member_no>(a+)+)b",
        r"(?P<member_no>(?:a|aa)*)b",
        r"(?:\d+){2}(?P<member_no>x)",
        r"(?P<member_no>a+)(?P=member_no)",
        r"(?P<member_no>a+)\1",
        r".*.*.*.*(?P<member_no>x)",
        r".{0,99}.{0,99}.+.+(?P<member_no>x)",
    ],
)
def test_patterns_that_could_take_for_ever_are_refused(regex: str) -> None:
    with pytest.raises(BadPattern):
        code_pattern("runaway", regex)


@pytest.mark.parametrize("regex", [r"\)+(?P<id>[)*+]+)", r"[^\]]+(?P<id>\d{3,6})?", r"(?P<id>[]*+)]{1,20})"])
def test_brackets_in_classes_are_no_groups(regex: str) -> None:
    assert code_pattern("classes", regex).identifier is Identifier.ID


@pytest.mark.parametrize(
    "toml",
    [
        "[[pattern]",
        "pattern = 3",
        "[[pattern]]\nregex = '(?P<id>x)'",
        "[[pattern]]\nname = 'open'\nregex = '(?P<id>x'",
        "[[pattern]]\nname = 'nameless group'\nregex = '(x)'",
        "[[pattern]]\nname = 'two'\nregex = '(?P<id>x)(?P<member_no>y)'",
    ],
)
def test_a_bad_configuration_is_named(toml: str) -> None:
    with pytest.raises(BadPattern):
        parse_patterns(toml)


@given(st.text(max_size=MAX_TEXT + 10))
def test_any_text_is_answered(text: str) -> None:
    found = recognise(text, SHIPPED)
    assert found is None or found.value in text


@pytest.mark.parametrize("filler", ["/m/1", "?&", "&member_no=", "a", "1"])
def test_hostile_links_are_answered(filler: str) -> None:
    assert recognise(("https://" + filler * MAX_TEXT)[: MAX_TEXT - 1] + "\n", SHIPPED) is None
