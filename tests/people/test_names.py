import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_core.people.names import InvalidName, NameProblem, mask, normalise, parse, search_form

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "domain" / "names.txt"
LETTERS = "王李欧阳单于令狐明静𬳵𠮷䶮豈〇AbéñИвᠪ·. -',　•"

han_names = st.text("王李欧阳司马张明静𬳵𠮷䶮强", min_size=1, max_size=6)


def test_invented_names_are_accepted_as_they_are() -> None:
    if not SAMPLES.exists():
        pytest.skip("the shared sample names are not here")
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    samples = [line for line in lines if line and not line.startswith("#")]
    assert len(samples) > 100
    assert [parse(name) for name in samples] == samples


@pytest.mark.parametrize("dot", "·•・‧.．･∙⋅")
def test_every_middle_dot_becomes_one(dot: str) -> None:
    assert parse(f"阿依古丽{dot}买买提") == "阿依古丽·买买提"
    assert parse(f" 阿依古丽 {dot} 买买提") == "阿依古丽·买买提"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张　三", "张三"),
        ("\u200b张 三\ufeff\n", "张三"),
        ("Ｊｏｈｎ　 Ｓｍｉｔｈ", "John Smith"),
        ("Martin King Jr.", "Martin King Jr."),
        ("J. Smith", "J. Smith"),
        ("O’Connor", "O'Connor"),
        ("Nguye\u0302\u0303n Va\u0306n An", "Nguyễn Văn An"),
        ("\uf900明", "\uf900明"),
        ("\U0002f800明", "\U0002f800明"),
        ("王\U00031350", "王\U00031350"),
        ("葛\U000e0100明", "葛\U000e0100明"),
    ],
)
def test_what_typing_varies_in_is_put_right_and_characters_are_kept(typed: str, name: str) -> None:
    assert parse(typed) == name


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (" \u3000\u200b", InvalidName(NameProblem.EMPTY)),
        ("王" * 51, InvalidName(NameProblem.TOO_LONG)),
        ("张3", InvalidName(NameProblem.CHARACTER, "3")),
        ("张\ue863", InvalidName(NameProblem.CHARACTER, "\ue863")),
        ("张\x00", InvalidName(NameProblem.CHARACTER, "\x00")),
        ("张□", InvalidName(NameProblem.CHARACTER, "□")),
        ("张?", InvalidName(NameProblem.CHARACTER, "?")),
        ("张三（司机）", InvalidName(NameProblem.CHARACTER, "(")),
        ("·买买提", InvalidName(NameProblem.SHAPE)),
        ("买买提·", InvalidName(NameProblem.SHAPE)),
        ("阿依··买", InvalidName(NameProblem.SHAPE)),
        ("张,三", InvalidName(NameProblem.SHAPE)),
        ("-", InvalidName(NameProblem.SHAPE)),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(typed: str, problem: InvalidName) -> None:
    assert parse(typed) == problem


@given(st.text(LETTERS + " \t\u200be\u0301", max_size=20) | st.text(max_size=20))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text("\uf900\ufa0e\ufaff\U0002f800\U0002fa1d王明", max_size=10))
def test_no_ideograph_is_ever_replaced(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("李小明", "李*明"),
        ("欧阳明", "欧阳*"),
        ("欧阳小明", "欧阳*明"),
        ("欧阳", "欧*"),
        ("王", "*"),
        ("朱𫍯", "朱*"),
        ("葛\U000e0100明", "葛\U000e0100*"),
        ("买买提·吾布力", "买买提·***"),
        ("次仁卓玛·德吉央宗", "次仁卓玛·***"),
        ("买买提江·吾布力·阿卜杜", "买买提江·***"),
        ("Nguyễn Văn An", "Nguyễn ***"),
        ("O'Connor-Müller, Siobhán", "O'Connor-Müller ***"),
        ("Siobhán", "S***"),
        ("A", "***"),
        ("陈A", "陈*"),
        ("", "***"),
    ],
)
def test_masks(name: str, masked: str) -> None:
    assert mask(name) == masked


@given(han_names)
def test_a_masked_han_name_shows_surname_and_last_character_at_most(name: str) -> None:
    masked = mask(name)
    assert len(masked) == len(name)
    assert "*" in masked
    shown = [at for at, one in enumerate(masked) if one != "*"]
    assert set(shown) <= {0, 1, len(name) - 1}
    assert all(masked[at] == name[at] for at in shown)
    assert 1 not in shown or name[:2] in {"欧阳", "司马"}


@given(st.text(LETTERS, min_size=1, max_size=20).map(normalise).filter(lambda name: isinstance(parse(name), str)))
def test_a_mask_always_hides_something_and_shows_no_part_after_the_first(name: str) -> None:
    masked = mask(name)
    assert "*" in masked
    shown = masked.replace("*", "").strip(" ·")
    assert len(shown) < len(name)
    if " " in name or "·" in name:
        assert masked.endswith("***")
        assert name.startswith(shown)


def test_the_search_form_joins_what_typing_keeps_apart() -> None:
    assert search_form("阿依古丽·买买提") == search_form(normalise("阿依古丽.买买提")) == "阿依古丽买买提"
    assert search_form("\uf900明") == search_form(unicodedata.normalize("NFC", "\uf900明"))
    assert search_form("O'Connor, Siobhán") == "oconnorsiobhán"
