"""Cards on whatever is in the printer: a layout, a page for each, or a sheet of several."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from printing.card import MemberCard, card_content
from printing.layout import LayoutError, draw_pages, layout_names, load_layout
from printing.printers.system import Medium
from printing.sheet import load_sheet, sheet_names, sheet_pdf


@dataclass(frozen=True, slots=True, repr=False)
class Printout:
    pdf: bytes
    medium: Medium


def printout(cards: Sequence[MemberCard], name: str, own: Path | None = None) -> Printout:
    """`cards` in the layout, or on the sheet, of that name; a file in the folder `own` wins over the shipped one.

    Raises LayoutError, and the refusals of `printing.refusals`.
    """
    contents = [card_content(card) for card in cards]
    if name in layout_names(own):
        layout = load_layout(name, own)
        return Printout(draw_pages(layout, contents), Medium(layout.width_mm, layout.height_mm))
    if name not in sheet_names(own):
        raise LayoutError(f"there is no layout {name}")
    sheet = load_sheet(name, own)
    pdf = sheet_pdf(sheet, load_layout(sheet.layout, own), contents)
    return Printout(pdf, Medium(sheet.page_width_mm, sheet.page_height_mm))


def card_layouts(own: Path | None = None) -> tuple[str, ...]:
    """What cards can be printed on: all layouts but the printer's test pages, then the sheets."""
    layouts = [name for name in layout_names(own) if not name.startswith("test-page")]
    return (*layouts, *sheet_names(own))
