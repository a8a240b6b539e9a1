"""Layout files: TOML under resources/layouts, checked whole before anything is printed from them."""

import tomllib
from functools import cache
from itertools import combinations
from pathlib import Path

from printing.fonts import Weight
from printing.layout.model import (
    Align,
    Art,
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
from resources.texts import Language

_ART = (".png", ".jpg", ".jpeg")


def load_layout(name: str, own: Path | None = None) -> Layout:
    """The layout `name`, such as ``member-card``: the file of that name in the folder `own`, else the shipped one.

    A file of one's own is read each time, so that a change shows at once. Raises LayoutError where there is none or
    it is wrong.
    """
    if own is not None and (file := own / f"{name}.toml").is_file():
        return _read(name, file)
    return _shipped(name)


def layout_names(own: Path | None = None) -> tuple[str, ...]:
    folders = [folder for folder in (own, path("layouts")) if folder is not None]
    return tuple(sorted({file.stem for folder in folders for file in folder.glob("*.toml")}))


@cache
def _shipped(name: str) -> Layout:
    file = path("layouts", f"{name}.toml")
    if not file.is_file():
        raise LayoutError(f"there is no layout {name}")
    return _read(name, file)


def _read(name: str, file: Path) -> Layout:
    try:
        toml = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LayoutError(f"{name}: the file cannot be read") from error
    return parse_layout(name, toml, file.parent)


def parse_layout(name: str, toml: str, art_folder: Path | None = None) -> Layout:
    """Raises LayoutError for a key that is unknown, missing or out of range, a box that leaves the page, and
    two boxes that can stand on the same print and overlap. Art lies in `art_folder`."""
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
        art=tuple(_art(table, art_folder) for table in top.tables("art")),
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
    words = _words(table)
    if (field is not None) + (text_key is not None) + bool(words) != 1:
        raise table.error("a text has either a field or a text_key, or words of its own")
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
        words=words,
    )
    table.finish()
    return made


def _words(table: Table) -> tuple[tuple[Language, str], ...]:
    """Texts of the layout's own, by language."""
    inner = table.table("words")
    words = ((language, inner.optional_text(language.value)) for language in Language)
    made = tuple((language, text) for language, text in words if text is not None)
    inner.finish()
    return made


def _art(table: Table, folder: Path | None) -> Art:
    name = table.text("file")
    file = (folder or Path()) / name
    if Path(name).name != name or file.suffix.lower() not in _ART or not file.is_file():
        raise table.error(f"{name} is no PNG or JPEG beside the layout")
    made = Art(file, table.box(), table.shown())
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
    named += [(art.file.name, art.box) for art in layout.art]
    for name, box in [*named, *((element.name, element.box) for element in boxes)]:
        if not layout.page.contains(box):
            raise LayoutError(f"{layout.name}: {name} leaves the page")
    for one, other in combinations(boxes, 2):
        if one.box.overlaps(other.box) and not one.shown.excludes(other.shown):
            raise LayoutError(f"{layout.name}: {one.name} and {other.name} overlap")
