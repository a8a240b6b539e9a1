from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_core.people.pinyin import MAX_SPELLINGS, search_tokens
from station_core.people.pinyin_query import query_spellings

SAMPLES = Path(__file__).resolve().parents[2].parent / "shared" / "domain" / "names.txt"


@pytest.mark.parametrize(
    ("name", "likeliest"),
    [
        ("单雪梅", "shanxuemei"),
        ("曾志娟", "zengzhijuan"),
        ("仇静秀", "qiujingxiu"),
        ("查海敏", "zhahaimin"),
        ("区燕", "ouyan"),
        ("解磊", "xielei"),
        ("乐磊", "yuelei"),
        ("盖娟", "gejuan"),
        ("种超", "chongchao"),
        ("尉迟丽明", "yuchiliming"),
        ("尉艳", "weiyan"),
        ("单于勇", "chanyuyong"),
        ("万俟涛", "moqitao"),
        ("万涛", "wantao"),
        ("澹台雪", "tantaixue"),
        ("令狐敏", "linghumin"),
        ("长孙涛", "zhangsuntao"),
        ("闾丘静", "lvqiujing"),
        ("吕女", "lvnv"),
        ("王磊", "wanglei"),
        ("單雪梅", "shanxuemei"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, likeliest: str) -> None:
    assert search_tokens(name).joined[0] == likeliest


def test_other_readings_of_the_surname_find_it_too() -> None:
    tokens = search_tokens("单雪梅")
    assert tokens.joined == ("shanxuemei", "danxuemei", "chanxuemei")
    assert tokens.initials == ("sxm", "dxm", "cxm")
    assert tokens.syllables == ("shan", "dan", "chan", "xue", "mei")


def test_two_usual_readings_of_a_surname_go_with_every_given_name() -> None:
    assert {"yuechangjiang", "lechangjiang", "yuezhangjiang", "lezhangjiang"} <= set(search_tokens("乐长江").joined)


def test_a_common_surname_is_not_found_by_readings_that_no_family_uses() -> None:
    assert search_tokens("王磊").joined == ("wanglei",)
    assert search_tokens("许磊").joined == ("xulei",)


@pytest.mark.parametrize(
    ("name", "syllables", "initials"),
    [
        ("陈A", ("chen", "a"), "ca"),
        ("Nguyễn Văn An", ("nguyen", "van", "an"), "nva"),
        ("Иванов Пётр", ("иванов", "петр"), "ип"),
        ("O'Connor-Müller, Siobhán", ("oconnor", "muller", "siobhan"), "oms"),
        ("Đỗ Łukasz", ("do", "lukasz"), "dl"),
    ],
)
def test_words_in_other_scripts_stand_for_themselves(name: str, syllables: tuple[str, ...], initials: str) -> None:
    tokens = search_tokens(name)
    assert tokens.syllables == syllables
    assert tokens.joined == ("".join(syllables),)
    assert tokens.initials == (initials,)


def test_parts_of_a_long_name_are_spelled_through_the_dot() -> None:
    tokens = search_tokens("阿依古丽·买买提")
    assert tokens.joined[0] == "ayigulimaimaiti"
    assert tokens.initials[0] == "ayglmmt"


def test_a_compatibility_ideograph_is_read_as_what_it_stands_for() -> None:
    assert search_tokens("\uf9d1明").joined == search_tokens("六明").joined


def test_a_character_without_a_reading_is_left_out() -> None:
    assert search_tokens("王\U000323b0明").joined[0] == "wangming"
    assert search_tokens("\U000323b0").joined == ("",)
    assert search_tokens("").joined == ("",)


def test_every_invented_name_can_be_found() -> None:
    if not SAMPLES.exists():
        pytest.skip("the shared sample names are not here")
    for name in SAMPLES.read_text(encoding="utf-8").splitlines():
        if name and not name.startswith("#"):
            tokens = search_tokens(name)
            assert all(tokens.joined), name
            assert all(tokens.initials), name


@given(st.text("单乐尉迟万俟长重行王明古丽提·阿 Aé", max_size=30))
def test_tokens_stay_few_distinct_and_made_of_the_syllables(name: str) -> None:
    tokens = search_tokens(name)
    assert 1 <= len(tokens.joined) <= MAX_SPELLINGS
    assert len(set(tokens.joined)) == len(tokens.joined)
    assert len(set(tokens.initials)) == len(tokens.initials)
    assert all(syllable and syllable.isalpha() and syllable.islower() for syllable in tokens.syllables)
    assert {initials[:1] for initials in tokens.initials} == {joined[:1] for joined in tokens.joined}


def found(typed: str, name: str) -> bool:
    tokens = search_tokens(name)
    return any(
        one.startswith(spelling) for one in tokens.joined + tokens.initials for spelling in query_spellings(typed)
    )


@pytest.mark.parametrize("typed", ["lü", "lv", "lyu", "lu", "Lǚ", "LÜ NÜ", "lunu", "lyunyu", "lvnu", "ln"])
def test_umlauts_are_found_however_they_are_typed(typed: str) -> None:
    assert found(typed, "吕女")


def test_umlauts_do_not_hide_plain_spellings() -> None:
    assert found("lu", "卢明")
    assert not found("lv", "卢明")
    assert found("anyu", "安玉")
    assert found("Müller", "Müller Hans")


@pytest.mark.parametrize("typed", ["shan xue mei", "Shàn Xuě", "dan'xuemei", "sxm", "dx", "SHAN"])
def test_blanks_tones_and_case_do_not_matter(typed: str) -> None:
    assert found(typed, "单雪梅")


def test_nothing_typed_asks_for_nothing() -> None:
    assert query_spellings(" '- ") == ()


def test_a_query_of_many_umlauts_stays_bounded() -> None:
    assert len(query_spellings("lu" * 20)) <= 8
