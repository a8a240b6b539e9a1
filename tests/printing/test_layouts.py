"""Layout files are checked whole; texts keep to their boxes whatever they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.fonts import Weight
from printing.fonts.runs import width_em
from printing.layout import Content, LayoutError, load_layout, parse_layout, place_texts
from printing.layout.breaks import all_pieces, balanced, natural_pieces
from printing.layout.fit import MM_PER_PT, fit
from printing.layout.model import Align, Box, Shown, TextBox, VerticalAlign
from printing.refusals import MissingField, PrintRefusal, TextTooLong
from resources import path
from resources.texts import Language

GOOD = """
width_mm = 50
height_mm = 30
[colours]
ink = "#102030"
[[text]]
field = "name"
x_mm = 1
y_mm = 1
width_mm = 30
height_mm = 10
size_pt = 12
colour = "ink"
"""
SECOND = GOOD[GOOD.index("[[text]]") :]


def box(width_mm: float = 28, height_mm: float = 10, max_lines: int = 3) -> TextBox:
    return TextBox(
        field="name",
        text_key=None,
        box=Box(5, 5, width_mm, height_mm),
        weight=Weight.BOLD,
        size_pt=18,
        shrink_to_pt=12,
        wrap_to_pt=5,
        max_lines=max_lines,
        align=Align.LEFT,
        vertical=VerticalAlign.MIDDLE,
        colour="#000000",
        shown=Shown(),
    )


def lines_of(text: str, in_box: TextBox) -> list[str]:
    return ["".join(run.text for run in line.runs) for line in fit(text, in_box).lines]


def test_a_good_layout_is_read() -> None:
    layout = parse_layout("mine", GOOD)
    assert (layout.texts[0].name, layout.texts[0].colour) == ("name", "#102030")


@pytest.mark.parametrize("file", sorted(path("layouts").glob("*.toml")), ids=lambda file: file.stem)
def test_every_shipped_layout_is_good(file) -> None:  # type: ignore[no-untyped-def]
    assert load_layout(file.stem).name == file.stem


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        (GOOD.replace("x_mm = 1", "x_mm = 25"), "name leaves the page"),
        (GOOD.replace('"#102030"', '"blue"'), "ink must be a colour"),
        (GOOD.replace('colour = "ink"', 'colour = "red"'), "the palette has no red"),
        (GOOD.replace("size_pt = 12", "size_pt = 12\nsize = 3"), "unknown: size"),
        (GOOD.replace("size_pt = 12", "size_pt = 12\nshrink_to_pt = 14"), "sizes go"),
        (GOOD.replace("size_pt = 12", "size_pt = true"), "size_pt must be a number"),
        (GOOD.replace("size_pt = 12", 'size_pt = 12\nalign = "middle"'), "align must be one of left"),
        (GOOD.replace('field = "name"', ""), "either a field or a text_key"),
        (GOOD.replace("height_mm = 10", "height_mm = 0"), "a width and a height"),
        (
            GOOD + SECOND.replace("x_mm = 1", "x_mm = 20").replace('"name"', '"other"'),
            "name and other overlap",
        ),
        (GOOD.replace("[[text]]", "[text]"), "text must be a list"),
        ("width_mm = ", "mine"),
    ],
)
def test_a_mistake_in_a_layout_is_named(toml: str, problem: str) -> None:
    with pytest.raises(LayoutError, match=problem):
        parse_layout("mine", toml)


def test_boxes_that_are_never_shown_together_may_share_a_place() -> None:
    with_photo = GOOD.replace("size_pt", 'when = "photo"\nsize_pt')
    layout = parse_layout("mine", with_photo + SECOND.replace("size_pt", 'unless = "photo"\nsize_pt'))
    assert len(place_texts(layout, Content(Language.CHINESE, {"name": "赵芳"}))) == 1


def test_a_missing_layout_and_an_unknown_field_are_named() -> None:
    with pytest.raises(LayoutError, match="no layout nothing"):
        load_layout("nothing")
    with pytest.raises(LayoutError, match="name is not a field"):
        place_texts(parse_layout("mine", GOOD), Content(Language.CHINESE, {"other": "x"}))
    with pytest.raises(MissingField):
        place_texts(parse_layout("mine", GOOD), Content(Language.CHINESE, {"name": "  "}))


def test_names_keep_their_size_then_shrink_then_wrap() -> None:
    assert fit("赵芳", box()).size_pt == 18
    shrunk = fit("古丽巴哈尔", box())
    assert 12 <= shrunk.size_pt < 18
    assert len(shrunk.lines) == 1
    assert lines_of("古丽巴哈尔·阿不都热合曼", box()) == ["古丽巴哈尔·", "阿不都热合曼"]


def test_a_name_without_dots_wraps_evenly_and_punctuation_stays_behind() -> None:
    assert lines_of("一二三四五六七八九十", box(height_mm=12, max_lines=2)) == ["一二三四五", "六七八九十"]
    assert all_pieces("甲乙，丙（丁）AB 12") == ("甲", "乙，", "丙", "（丁）", "AB ", "12")
    assert natural_pieces("买买提江·吾布力 A-B") == ("买买提江·", "吾布力 ", "A-", "B")
    assert balanced(("a",), 2, len) is None


def test_what_cannot_fit_is_refused_with_its_field() -> None:
    with pytest.raises(TextTooLong) as refusal:
        fit("很" * 200, box())
    assert refusal.value.field == "name"
    assert "姓名" in refusal.value.in_words(Language.CHINESE)


@given(st.text("赵龑𪨊𠮷·䶮 Nguyễgj-Ễ，（）", min_size=1, max_size=40).filter(str.strip))
def test_any_text_stays_in_its_box_with_its_lines_apart(text: str) -> None:
    try:
        block = fit(text.strip(), box())
    except PrintRefusal:
        return
    em_mm = block.size_pt * MM_PER_PT
    assert block.size_pt >= 5
    assert block.height_em * em_mm <= 10 + 1e-6
    assert all(width_em(line.runs) * em_mm <= 28 + 1e-6 for line in block.lines)
    kept = "".join(run.text for line in block.lines for run in line.runs)
    assert kept.replace(" ", "") == text.replace(" ", "")
