"""The check of texts finds what is missing."""

import pytest

from devtools.checks.text_uses import TextUse, keys_in_template, text_uses
from devtools.checks.texts import compare, judge_uses, placeholders, unused


def uses(source: str) -> list[TextUse]:
    return text_uses(source, "page.py")


def test_both_languages_with_the_same_placeholders_are_right() -> None:
    assert compare({"a.b": "已用完，{date} 起可再用"}, {"a.b": "Used up until {date:%d}"}) == []


@pytest.mark.parametrize(
    ("chinese", "english", "problem"),
    [
        ({"a.b": "好"}, {}, "a.b: stands in Chinese only"),
        ({}, {"a.b": "good"}, "a.b: stands in English only"),
        ({"a.b": "{n} 次"}, {"a.b": "times"}, "a.b: Chinese has the placeholders ['n'], English []"),
        ({"a.b": "{n"}, {"a.b": "n"}, "a.b: expected '}' before end of string"),
        ({"a.b": "{}"}, {"a.b": "{}"}, "a.b: a placeholder has no name"),
    ],
)
def test_what_differs_is_named(chinese: dict[str, str], english: dict[str, str], problem: str) -> None:
    assert compare(chinese, english) == [problem]


def test_a_placeholder_may_reach_into_its_value() -> None:
    assert placeholders("{member.name} {rows[0]} {{kept}}") == {"member", "rows"}


@pytest.mark.parametrize(
    "source",
    ['say(language, "a.b")', 'self.say("a.b")', 'texts.say(Language.CHINESE, "a.b", n=1)'],
)
def test_a_text_that_nobody_wrote_is_found(source: str) -> None:
    assert judge_uses(uses(source), {"a.c": ""}) == ["page.py:1: there is no text 'a.b'"]
    assert judge_uses(uses(source), {"a.b": ""}) == []


def test_a_text_said_without_its_placeholder_is_found() -> None:
    found = judge_uses(uses('say(language, "a.b", n=1)'), {"a.b": "{n} of {all}"})
    assert found == ["page.py:1: 'a.b' is said without all"]


def test_placeholders_given_as_a_mapping_are_not_judged() -> None:
    assert judge_uses(uses('say(language, "a.b", **params)'), {"a.b": "{n}"}) == []


def test_a_key_put_together_at_run_time_is_known_by_its_beginning() -> None:
    found = uses('say(language, f"verdict.{code}")')
    assert judge_uses(found, {"verdict.valid": ""}) == []
    assert judge_uses(found, {"other.valid": ""}) == ["page.py:1: no text begins with 'verdict.'"]


def test_unused_texts_are_those_that_no_literal_names() -> None:
    found = uses('TITLES = {"a": "page.title"}\nsay(language, f"verdict.{code}")')
    assert unused(found, ["page.title", "page.hint", "verdict.valid"]) == ["page.hint"]


def test_file_names_and_sentences_are_no_missing_texts() -> None:
    assert judge_uses(uses('open("data.json"); print("e.g. this")'), {}) == []


def test_templates_use_texts_too() -> None:
    found = keys_in_template("<h1>{{ say('city.title') }}</h1>", "page.html", ["city.title", "city.hint"])
    assert [use.key for use in found] == ["city.title"]
