"""Names, phrases and dates as they are said in either language."""

from datetime import UTC, date, datetime

import pytest

from resources.texts import Language, MissingText
from station_app.texts import Speaker
from station_app.words import Name, Phrase, initials, mask_name, spoken

ZH, EN = Language.CHINESE, Language.ENGLISH


def test_a_name_without_english_is_said_in_chinese():
    assert Name("爱心理发", "Haircut").said(EN) == "Haircut"
    assert Name("爱心理发").said(EN) == "爱心理发"


def test_a_phrase_says_what_stands_in_it_in_the_same_language():
    phrase = Phrase("counter.outcome.recorded.title", {"service": Name("爱心理发", "Haircut")})
    assert phrase.said(ZH) == "已登记：爱心理发"
    assert phrase.said(EN) == "Recorded: Haircut"


def test_dates_and_moments():
    assert spoken(date(2026, 3, 5), ZH) == "2026年3月5日"
    assert spoken(date(2026, 3, 5), EN) == "5 Mar 2026"
    assert spoken(datetime(2026, 3, 5, 9, 4, tzinfo=UTC), ZH) == "3月5日 09:04"


def test_an_unknown_key_is_our_mistake():
    with pytest.raises(MissingText):
        Phrase("counter.no_such_text").said(ZH)


@pytest.mark.parametrize(
    ("name", "masked"), [("王德明", "王*明"), ("李秀", "李*"), ("欧阳春兰", "欧**兰"), ("丁", "丁"), ("", "")]
)
def test_masked_names(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王德明", "德明"),
        ("李秀", "秀"),
        ("Aygul Tursun", "AT"),
        ("王*明", "王"),
        ("阿依·古丽", "古丽"),
        ("  ", "?"),
    ],
)
def test_initials(name, shown):
    assert initials(name) == shown


def test_whoever_is_led_speaks_the_language_at_once_and_ever_after(qtbot):
    class Follower:
        def __init__(self) -> None:
            self.heard: list[Language] = []

        def set_language(self, language: Language) -> None:
            self.heard.append(language)

    speaker, follower = Speaker(EN), Follower()
    speaker.lead(follower)
    speaker.toggle()
    speaker.set_language(ZH)
    assert follower.heard == [EN, ZH]
    assert speaker.say("common.close") == "关闭"
