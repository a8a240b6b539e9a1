"""The receipt for services recorded, on 80 mm paper that is as long as it needs to be."""

from dataclasses import dataclass, replace
from datetime import datetime

from printing.fonts import Weight
from printing.layout import Content, Layout, draw
from printing.layout.fit import MM_PER_PT, fit
from printing.layout.model import Align, Box, Line, Shown, TextBox, VerticalAlign
from printing.refusals import MissingField
from resources.texts import Language, say

_PAPER_WIDTH_MM = 80
_MARGIN_MM = 4
"""Thermal heads print 72 of the 80 mm."""
_TOP_MM, _BOTTOM_MM = 4, 8
_MOST_MM = 60
_BLACK = "#000000"


@dataclass(frozen=True, slots=True)
class SlipLine:
    label: str
    value: str = ""
    """At the right: a quantity, a measurement, a case number."""


@dataclass(frozen=True, slots=True, repr=False)
class ServiceSlip:
    """What stands on a slip. It names the member by number alone, since slips are left lying about."""

    city_title: str
    station: str
    place: str
    member_no: str
    at: datetime
    """Local time of the station."""
    lines: tuple[SlipLine, ...]
    language: Language = Language.CHINESE


def slip_pdf(slip: ServiceSlip) -> bytes:
    """One page. Raises the refusals of `printing.refusals`; a slip without lines lacks `slip_line`."""
    if not slip.lines:
        raise MissingField("slip_line")
    head = _head(slip)
    roll = _Roll()
    roll.add("city_title", slip.city_title, size_pt=13, weight=Weight.BOLD, align=Align.CENTRE)
    roll.add("slip_title", say(slip.language, "printing.slip.title"), size_pt=10, align=Align.CENTRE)
    roll.rule()
    for field, text in head:
        roll.pair(field, say(slip.language, f"printing.field.{field}"), text, size_pt=8.5, value_share=0.66)
    roll.rule()
    roll.add("slip_heading", say(slip.language, "printing.slip.services"), size_pt=9)
    for number, line in enumerate(slip.lines, 1):
        roll.pair(f"slip_line.{number}", line.label, line.value, size_pt=10.5, value_share=0.35)
    roll.rule()
    roll.add("slip_thanks", say(slip.language, "printing.slip.thanks"), size_pt=8.5, align=Align.CENTRE)
    return draw(roll.layout(), Content(slip.language, roll.texts))


def _head(slip: ServiceSlip) -> tuple[tuple[str, str], ...]:
    head = (
        ("member_no", slip.member_no),
        ("time", f"{slip.at:%Y-%m-%d %H:%M}"),
        ("station", slip.station),
        ("place", slip.place),
    )
    for field, text in (("city_title", slip.city_title), *head):
        if not text.strip():
            raise MissingField(field)
    return head


class _Roll:
    """Puts one thing under another and grows."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._boxes: list[TextBox] = []
        self._rules: list[Line] = []
        self._y_mm: float = _TOP_MM

    def add(
        self,
        field: str,
        text: str,
        *,
        size_pt: float,
        weight: Weight = Weight.REGULAR,
        align: Align = Align.LEFT,
    ) -> None:
        width_mm = _PAPER_WIDTH_MM - 2 * _MARGIN_MM
        self._y_mm += self._put(field, text, _MARGIN_MM, width_mm, size_pt, weight, align) + 1.2

    def pair(self, field: str, label: str, value: str, *, size_pt: float, value_share: float) -> None:
        """A label at the left and its value, as wide as `value_share` of the line, at the right."""
        width_mm = _PAPER_WIDTH_MM - 2 * _MARGIN_MM
        value_mm = width_mm * value_share if value else 0
        name_box = (_MARGIN_MM, width_mm - value_mm)
        height_mm = self._put(field, label, *name_box, size_pt, Weight.REGULAR, Align.LEFT)
        if value:
            value_box = (_MARGIN_MM + width_mm - value_mm, value_mm)
            value_height_mm = self._put(f"{field}.value", value, *value_box, size_pt, Weight.BOLD, Align.RIGHT)
            height_mm = max(height_mm, value_height_mm)
        self._y_mm += height_mm + 1.2

    def rule(self) -> None:
        y_mm = self._y_mm + 0.8
        self._rules.append(Line(_MARGIN_MM, y_mm, _PAPER_WIDTH_MM - _MARGIN_MM, y_mm, 0.25, _BLACK, Shown()))
        self._y_mm += 3

    def layout(self) -> Layout:
        height_mm = self._y_mm + _BOTTOM_MM
        return Layout("slip", _PAPER_WIDTH_MM, height_mm, (), tuple(self._rules), tuple(self._boxes), (), ())

    def _put(
        self,
        field: str,
        text: str,
        x_mm: float,
        width_mm: float,
        size_pt: float,
        weight: Weight,
        align: Align,
    ) -> float:
        """The height that the text takes."""
        box = TextBox(
            field=field,
            text_key=None,
            box=Box(x_mm, self._y_mm, width_mm, _MOST_MM),
            weight=weight,
            size_pt=size_pt,
            shrink_to_pt=size_pt * 0.9,
            wrap_to_pt=size_pt * 0.7,
            max_lines=6,
            align=align,
            vertical=VerticalAlign.TOP,
            colour=_BLACK,
            shown=Shown(),
        )
        block = fit(text, box)
        height_mm = block.height_em * block.size_pt * MM_PER_PT
        self.texts[field] = text
        self._boxes.append(replace(box, box=Box(x_mm, self._y_mm, width_mm, height_mm)))
        return height_mm
