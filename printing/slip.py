"""Receipts on 80 mm paper that is as long as it needs to be: services, a health check, a case taken in."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec

from printing.fonts import Weight
from printing.layout import Content, Layout, LayoutError, draw
from printing.layout.fit import MM_PER_PT, fit
from printing.layout.model import Align, Box, Line, Shown, TextBox, VerticalAlign
from printing.refusals import MissingField
from resources import path
from resources.texts import Language, say

RECEIPT = "80mm"
_MOST_MM = 60
_BLACK = "#000000"


_Length = Annotated[float, msgspec.Meta(gt=0, le=200)]


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The paper and its sizes of letters: a file under resources/receipts."""

    paper_width_mm: _Length
    margin_mm: _Length
    top_mm: _Length
    bottom_mm: _Length
    title_pt: _Length
    case_pt: _Length
    text_pt: _Length
    small_pt: _Length


class SlipKind(StrEnum):
    """Texts: ``printing.slip.<value>``."""

    SERVICES = "services"
    HEALTH = "health"
    CASE = "case"


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
    kind: SlipKind = SlipKind.SERVICES
    case_no: str = ""
    """Printed large; a slip of a case has one."""


def load_receipt(name: str = RECEIPT, own: Path | None = None) -> Receipt:
    """The file of that name in the folder `own`, else the shipped one. Raises LayoutError."""
    files = [folder / f"{name}.toml" for folder in (own, path("receipts")) if folder is not None]
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        raise LayoutError(f"there is no receipt {name}")
    try:
        return msgspec.toml.decode(file.read_bytes(), type=Receipt)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LayoutError(f"{name}: {error}") from error


def slip_pdf(slip: ServiceSlip, receipt: Receipt | None = None) -> bytes:
    """One page. Raises the refusals of `printing.refusals`; a slip without lines lacks `slip_line`, one of a case
    without its number `case_no`."""
    if not slip.lines:
        raise MissingField("slip_line")
    if slip.kind is SlipKind.CASE and not slip.case_no.strip():
        raise MissingField("case_no")
    head, paper = _head(slip), receipt or load_receipt()
    words, small_pt = f"printing.slip.{slip.kind}", paper.small_pt
    roll = _Roll(paper)
    roll.add("city_title", slip.city_title, size_pt=paper.title_pt, weight=Weight.BOLD, align=Align.CENTRE)
    roll.add("slip_title", say(slip.language, f"{words}.title"), size_pt=small_pt * 1.2, align=Align.CENTRE)
    roll.rule()
    if slip.case_no:
        roll.add("slip_case", say(slip.language, "printing.field.case_no"), size_pt=small_pt, align=Align.CENTRE)
        roll.add("case_no", slip.case_no, size_pt=paper.case_pt, weight=Weight.BOLD, align=Align.CENTRE)
        roll.rule()
    for field, text in head:
        roll.pair(field, say(slip.language, f"printing.field.{field}"), text, size_pt=small_pt, value_share=0.66)
    roll.rule()
    roll.add("slip_heading", say(slip.language, f"{words}.heading"), size_pt=small_pt)
    for number, line in enumerate(slip.lines, 1):
        roll.pair(f"slip_line.{number}", line.label, line.value, size_pt=paper.text_pt, value_share=0.35)
    roll.rule()
    roll.add("slip_thanks", say(slip.language, f"{words}.thanks"), size_pt=small_pt, align=Align.CENTRE)
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

    def __init__(self, paper: Receipt) -> None:
        self.paper = paper
        self.texts: dict[str, str] = {}
        self._boxes: list[TextBox] = []
        self._rules: list[Line] = []
        self._y_mm: float = paper.top_mm

    def add(
        self,
        field: str,
        text: str,
        *,
        size_pt: float,
        weight: Weight = Weight.REGULAR,
        align: Align = Align.LEFT,
    ) -> None:
        width_mm = self.paper.paper_width_mm - 2 * self.paper.margin_mm
        self._y_mm += self._put(field, text, self.paper.margin_mm, width_mm, size_pt, weight, align) + 1.2

    def pair(self, field: str, label: str, value: str, *, size_pt: float, value_share: float) -> None:
        """A label at the left and its value, as wide as `value_share` of the line, at the right."""
        width_mm = self.paper.paper_width_mm - 2 * self.paper.margin_mm
        value_mm = width_mm * value_share if value else 0
        name_box = (self.paper.margin_mm, width_mm - value_mm)
        height_mm = self._put(field, label, *name_box, size_pt, Weight.REGULAR, Align.LEFT)
        if value:
            value_box = (self.paper.margin_mm + width_mm - value_mm, value_mm)
            value_height_mm = self._put(f"{field}.value", value, *value_box, size_pt, Weight.BOLD, Align.RIGHT)
            height_mm = max(height_mm, value_height_mm)
        self._y_mm += height_mm + 1.2

    def rule(self) -> None:
        y_mm = self._y_mm + 0.8
        self._rules.append(
            Line(
                self.paper.margin_mm,
                y_mm,
                self.paper.paper_width_mm - self.paper.margin_mm,
                y_mm,
                0.25,
                _BLACK,
                Shown(),
            )
        )
        self._y_mm += 3

    def layout(self) -> Layout:
        height_mm = self._y_mm + self.paper.bottom_mm
        return Layout("slip", self.paper.paper_width_mm, height_mm, (), tuple(self._rules), tuple(self._boxes), (), ())

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
