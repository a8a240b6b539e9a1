"""From a layout and its content to texts, pictures and codes at their places, before anything is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from printing.fonts import Run
from printing.fonts.runs import ink_span
from printing.layout.fit import MM_PER_PT, Block, fit
from printing.layout.model import Align, Box, Layout, TextBox, VerticalAlign
from printing.layout.reader import LayoutError
from printing.refusals import MissingField, TextTooLong
from resources.texts import Language, say

_Value = TypeVar("_Value", str, bytes)


@dataclass(frozen=True, slots=True)
class Content:
    """What is printed, by field. A text that is empty counts as not filled."""

    language: Language
    texts: Mapping[str, str]
    codes: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def filled(self) -> frozenset[str]:
        values: dict[str, str | bytes] = {**self.texts, **self.codes, **self.pictures}
        return frozenset(name for name, value in values.items() if value)


@dataclass(frozen=True, slots=True)
class PlacedLine:
    runs: tuple[Run, ...]
    x_mm: float
    baseline_mm: float
    size_pt: float
    area: Box
    """From the first to the last advance, and from the highest to the lowest ink."""

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class PlacedText:
    source: TextBox
    lines: tuple[PlacedLine, ...]


def place_texts(layout: Layout, content: Content) -> tuple[PlacedText, ...]:
    """Raises MissingField where a shown box has nothing to show, MissingGlyph and TextTooLong for what does
    not fit, and LayoutError for a field that the content does not know and for a fixed text that is too
    long."""
    shown = [box for box in layout.texts if box.shown.applies(content.filled)]
    return tuple(_placed(box, _fitted(box, layout, content)) for box in shown)


def _fitted(box: TextBox, layout: Layout, content: Content) -> Block:
    try:
        return fit(_text_of(box, layout, content), box)
    except TextTooLong as refusal:
        if not box.field:
            raise LayoutError(f"{layout.name}: {box.name} does not fit in {content.language}") from refusal
        raise


def _text_of(box: TextBox, layout: Layout, content: Content) -> str:
    if box.words:
        return dict(box.words).get(content.language, box.words[0][1])
    if box.text_key is not None:
        return say(content.language, box.text_key)
    text = value_of(box.name, content.texts, layout)
    if not text.strip():
        raise MissingField(box.name)
    return text.strip()


def value_of(name: str, values: Mapping[str, _Value], layout: Layout) -> _Value:
    if name not in values:
        raise LayoutError(f"{layout.name}: {name} is not a field of this print")
    return values[name]


def _placed(box: TextBox, block: Block) -> PlacedText:
    em_mm = block.size_pt * MM_PER_PT
    top_mm = box.box.y_mm + _share(box.vertical) * (box.box.height_mm - block.height_em * em_mm)
    lines = []
    for line in block.lines:
        x_mm = box.box.x_mm + _share(box.align) * (box.box.width_mm - line.width_em * em_mm)
        baseline_mm = top_mm + line.baseline_em * em_mm
        ink = ink_span(line.runs)
        area = Box(
            x_mm,
            baseline_mm - ink.above_em * em_mm,
            line.width_em * em_mm,
            (ink.above_em + ink.below_em) * em_mm,
        )
        lines.append(PlacedLine(line.runs, x_mm, baseline_mm, block.size_pt, area))
    return PlacedText(box, tuple(lines))


def _share(align: Align | VerticalAlign) -> float:
    """How much of the free space lies before the text."""
    if align in (Align.LEFT, VerticalAlign.TOP):
        return 0
    return 0.5 if align in (Align.CENTRE, VerticalAlign.MIDDLE) else 1
