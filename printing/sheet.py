"""Several prints of one layout on a page, with marks to cut along."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
from reportlab.lib.units import mm as _mm
from reportlab.pdfgen.canvas import Canvas

from printing.layout import Content, Layout, LayoutError
from printing.layout.draw import draw_on
from resources import path

mm: float = _mm
_DOT_PT = 72 / 300
_Length = Annotated[float, msgspec.Meta(gt=0, le=2000)]
_Gap = Annotated[float, msgspec.Meta(ge=0, le=200)]
_Count = Annotated[int, msgspec.Meta(ge=1, le=50)]


class Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How `columns` × `rows` prints of `layout` lie on a page, in its middle."""

    page_width_mm: _Length
    page_height_mm: _Length
    layout: str
    columns: _Count
    rows: _Count
    gap_x_mm: _Gap
    gap_y_mm: _Gap
    mark_length_mm: _Gap
    mark_distance_mm: _Gap
    """From the cut's end, so that no mark stays on a card that is cut a little wide."""
    mark_width_mm: _Length

    @property
    def places(self) -> int:
        return self.columns * self.rows


def sheet_names(own: Path | None = None) -> tuple[str, ...]:
    return tuple(sorted({file.stem for folder in _folders(own) for file in folder.glob("*.toml")}))


def load_sheet(name: str, own: Path | None = None) -> Sheet:
    """The sheet `name`: the file of that name in the folder ``sheets`` of `own`, else the shipped one. Raises
    LayoutError."""
    files = [folder / f"{name}.toml" for folder in _folders(own)]
    file = next((file for file in files if file.is_file()), None)
    if file is None:
        raise LayoutError(f"there is no sheet {name}")
    return parse_sheet(name, file.read_bytes())


def _folders(own: Path | None) -> list[Path]:
    return [folder for folder in (own and own / "sheets", path("sheets")) if folder is not None]


def parse_sheet(name: str, toml: bytes) -> Sheet:
    """Raises LayoutError with the place of what is wrong."""
    try:
        return msgspec.toml.decode(toml, type=Sheet)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LayoutError(f"{name}: {error}") from error


def sheet_pdf(sheet: Sheet, layout: Layout, contents: Sequence[Content]) -> bytes:
    """As many pages as it takes. Raises the refusals of `printing.refusals`, then nothing is drawn; LayoutError
    where the prints and their marks are more than the page."""
    left_mm, top_mm = _margins(sheet, layout)
    file = io.BytesIO()
    page = (sheet.page_width_mm * mm, sheet.page_height_mm * mm)
    canvas = Canvas(file, pagesize=page, invariant=1, pageCompression=1)
    canvas.setTitle(sheet.layout)
    for first in range(0, len(contents), sheet.places):
        for place, content in enumerate(contents[first : first + sheet.places]):
            row, column = divmod(place, sheet.columns)
            x_mm = left_mm + column * (layout.width_mm + sheet.gap_x_mm)
            y_mm = top_mm + row * (layout.height_mm + sheet.gap_y_mm)
            canvas.saveState()
            canvas.translate(_on_dots(x_mm * mm), _on_dots(page[1] - (y_mm + layout.height_mm) * mm))
            draw_on(canvas, layout, content)
            canvas.restoreState()
        _draw_marks(canvas, sheet, layout, left_mm, top_mm)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _on_dots(at_pt: float) -> float:
    """Codes lie on the printer's dots within their layout, and so on the page."""
    return round(at_pt / _DOT_PT) * _DOT_PT


def _margins(sheet: Sheet, layout: Layout) -> tuple[float, float]:
    """At the left and at the top, in millimetres."""
    width_mm = sheet.columns * layout.width_mm + (sheet.columns - 1) * sheet.gap_x_mm
    height_mm = sheet.rows * layout.height_mm + (sheet.rows - 1) * sheet.gap_y_mm
    margins = (sheet.page_width_mm - width_mm) / 2, (sheet.page_height_mm - height_mm) / 2
    if min(margins) < sheet.mark_length_mm + sheet.mark_distance_mm:
        raise LayoutError(f"{sheet.layout}: {sheet.columns} x {sheet.rows} with cut marks do not fit the page")
    return margins


def _draw_marks(canvas: Canvas, sheet: Sheet, layout: Layout, left_mm: float, top_mm: float) -> None:
    """Outside the outermost prints, at every edge to cut."""
    far, near = sheet.mark_length_mm + sheet.mark_distance_mm, sheet.mark_distance_mm
    right_mm, bottom_mm = sheet.page_width_mm - left_mm, sheet.page_height_mm - top_mm
    canvas.setStrokeGray(0)
    canvas.setLineWidth(sheet.mark_width_mm * mm)
    for x_mm in _edges(left_mm, layout.width_mm, sheet.gap_x_mm, sheet.columns):
        _mark(canvas, sheet, (x_mm, top_mm - far), (x_mm, top_mm - near))
        _mark(canvas, sheet, (x_mm, bottom_mm + near), (x_mm, bottom_mm + far))
    for y_mm in _edges(top_mm, layout.height_mm, sheet.gap_y_mm, sheet.rows):
        _mark(canvas, sheet, (left_mm - far, y_mm), (left_mm - near, y_mm))
        _mark(canvas, sheet, (right_mm + near, y_mm), (right_mm + far, y_mm))


def _mark(canvas: Canvas, sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    (x1_mm, y1_mm), (x2_mm, y2_mm) = start, end
    canvas.line(x1_mm * mm, (sheet.page_height_mm - y1_mm) * mm, x2_mm * mm, (sheet.page_height_mm - y2_mm) * mm)


def _edges(start_mm: float, size_mm: float, gap_mm: float, count: int) -> list[float]:
    starts = [start_mm + number * (size_mm + gap_mm) for number in range(count)]
    return sorted({round(edge, 3) for at in starts for edge in (at, at + size_mm)})
