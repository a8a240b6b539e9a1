"""Layout files: TOML under resources/layouts, checked whole before anything is printed from them."""

import tomllib
from functools import cache
from itertools import combinations

from printing.fonts import Weight
from printing.layout.model import (
    Align,
    CodeBox,
    Layout,
    Line,
    PictureBox,
    Rectangle,
    TextBox,
    VerticalAlign,
)
from printing.layout.reader import LayoutError, Table
from resources import path


@cache
def load_layout(name: str) -> Layout:
    """The shipped layout `name`, such as ``member-card``. Raises LayoutError where there is none or it is
    wrong."""
    file = path("layouts", f"{name}.toml")
    if not file.is_file():
        raise LayoutError(f"there is no layout {name}")
    return parse_layout(name, file.read_text(encoding="utf-8"))


def parse_layout(name: str, toml: str) -> Layout:
    """Raises LayoutError for a key that is unknown, missing or out of range, a box that leaves the page, and
    two boxes that can stand on the same print and overlap."""
    try:
        top = Table(tomllib.loads(toml), name)
    except tomllib.TOMLDecodeError as error:
        raise LayoutError(f"{name}: {error}") from error
    palette = top.table("colours").palette()
    layout = Layout(
        name=name,
        width_mm=top.number("width_mm"),
        height_mm=top.number("height_mm"),
        rectangles=tuple(_rectangle(table, palette) for table in top.tables("rectangle")),
        lines=tuple(_line(table, palette) for table in top.tables("line")),
        texts=tuple(_text(table, palette) for table in top.tables("text")),
        pictures=tuple(_picture(table) for table in top.tables("picture")),
        codes=tuple(_code(table) for table in top.tables("code")),
    )
    top.finish()
    check_places(layout)
    return layout


def _rectangle(table: Table, palette: dict[str, str]) -> Rectangle:
    made = Rectangle(table.box(), table.colour("colour", palette), table.number("radius_mm", 0), table.shown())
    table.finish()
    return made


def _line(table: Table, palette: dict[str, str]) -> Line:
    ends = (table.number("x1_mm"), table.number("y1_mm"), table.number("x2_mm"), table.number("y2_mm"))
    made = Line(*ends, table.number("width_mm"), table.colour("colour", palette), table.shown())
    table.finish()
    return made


def _text(table: Table, palette: dict[str, str]) -> TextBox:
    field, text_key = table.optional_text("field"), table.optional_text("text_key")
    if (field is None) == (text_key is None):
        raise table.error("a text has either a field or a text_key")
    size_pt = table.number("size_pt")
    shrink_to_pt = table.number("shrink_to_pt", size_pt)
    wrap_to_pt = table.number("wrap_to_pt", shrink_to_pt)
    if not 0 < wrap_to_pt <= shrink_to_pt <= size_pt:
        raise table.error("sizes go wrap_to_pt <= shrink_to_pt <= size_pt")
    made = TextBox(
        field=field,
        text_key=text_key,
        box=table.box(),
        weight=table.choice("weight", Weight.REGULAR),
        size_pt=size_pt,
        shrink_to_pt=shrink_to_pt,
        wrap_to_pt=wrap_to_pt,
        max_lines=table.whole_number("max_lines", 1),
        align=table.choice("align", Align.LEFT),
        vertical=table.choice("vertical", VerticalAlign.MIDDLE),
        colour=table.colour("colour", palette),
        shown=table.shown(),
    )
    table.finish()
    return made


def _picture(table: Table) -> PictureBox:
    made = PictureBox(table.text("field"), table.box(), table.number("radius_mm", 0), table.shown())
    table.finish()
    return made


def _code(table: Table) -> CodeBox:
    made = CodeBox(table.text("field"), table.box(), table.whole_number("dots_per_inch", 300), table.shown())
    table.finish()
    return made


def check_places(layout: Layout) -> None:
    """Raises LayoutError unless everything stands on the page and no two texts, pictures and codes can
    collide."""
    boxes: list[TextBox | PictureBox | CodeBox] = [*layout.texts, *layout.pictures, *layout.codes]
    named = [("a rectangle", rectangle.box) for rectangle in layout.rectangles]
    for name, box in [*named, *((element.name, element.box) for element in boxes)]:
        if not layout.page.contains(box):
            raise LayoutError(f"{layout.name}: {name} leaves the page")
    for one, other in combinations(boxes, 2):
        if one.box.overlaps(other.box) and not one.shown.excludes(other.shown):
            raise LayoutError(f"{layout.name}: {one.name} and {other.name} overlap")
