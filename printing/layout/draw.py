"""Drawing a layout with its content as a PDF page."""

import io
from collections.abc import Iterable
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm as _mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from printing.layout.model import Art, CodeBox, Layout, Line, PictureBox, Rectangle
from printing.layout.place import Content, PlacedLine, PlacedText, place_texts, value_of
from printing.photo import fitted_jpeg
from printing.qr import QUIET_ZONE_MODULES, blocks, dots_per_module, qr_code
from printing.refusals import MissingField

mm: float = _mm
_FALLBACK_STROKE_EM = 0.045
"""The rare face has one, light, weight: beside bold letters its own are outlined to look as dark."""


def draw(layout: Layout, content: Content) -> bytes:
    """One page as PDF: the same content gives the same bytes. Raises the refusals of `printing.refusals`;
    then nothing is drawn."""
    return draw_pages(layout, [content])


def draw_pages(layout: Layout, contents: Iterable[Content]) -> bytes:
    """A page for each, in one PDF whose fonts are embedded once. Raises the same."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(layout.width_mm * mm, layout.height_mm * mm), invariant=1, pageCompression=1)
    canvas.setTitle(layout.name)
    for content in contents:
        draw_on(canvas, layout, content)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def draw_on(canvas: Any, layout: Layout, content: Content) -> None:
    """With the layout's lower left corner where the canvas's origin is."""
    texts = place_texts(layout, content)
    pen = _Pen(canvas, layout, content)
    pen.draw_art()
    pen.draw_boxes()
    for text in texts:
        pen.draw_text(text)


class _Pen:
    """Draws in a PDF's own units: points, upwards from the lower left."""

    def __init__(self, canvas: Any, layout: Layout, content: Content) -> None:
        self._canvas = canvas
        self._layout = layout
        self._content = content

    def _up(self, y_mm: float) -> float:
        return (self._layout.height_mm - y_mm) * mm

    def draw_art(self) -> None:
        filled = self._content.filled
        for rectangle in self._layout.rectangles:
            if rectangle.shown.applies(filled):
                self._draw_rectangle(rectangle)
        for line in self._layout.lines:
            if line.shown.applies(filled):
                self._draw_line(line)

        for art in self._layout.art:
            if art.shown.applies(filled):
                self._draw_art(art)

    def draw_boxes(self) -> None:
        filled = self._content.filled
        for picture in self._layout.pictures:
            if picture.shown.applies(filled):
                self._draw_picture(picture)
        for code in self._layout.codes:
            if code.shown.applies(filled):
                self._draw_code(code)

    def _draw_rectangle(self, rectangle: Rectangle) -> None:
        box, canvas = rectangle.box, self._canvas
        canvas.setFillColor(HexColor(rectangle.colour))
        area = (box.x_mm * mm, self._up(box.bottom_mm), box.width_mm * mm, box.height_mm * mm)
        canvas.roundRect(*area, rectangle.radius_mm * mm, stroke=0, fill=1)

    def _draw_line(self, line: Line) -> None:
        canvas = self._canvas
        canvas.setStrokeColor(HexColor(line.colour))
        canvas.setLineWidth(line.width_mm * mm)
        canvas.line(line.x1_mm * mm, self._up(line.y1_mm), line.x2_mm * mm, self._up(line.y2_mm))

    def _draw_art(self, art: Art) -> None:
        box = art.box
        area = (box.x_mm * mm, self._up(box.bottom_mm), box.width_mm * mm, box.height_mm * mm)
        self._canvas.drawImage(str(art.file), *area, mask="auto", preserveAspectRatio=True, anchor="c")

    def _draw_picture(self, picture: PictureBox) -> None:
        box, canvas = picture.box, self._canvas
        data = value_of(picture.field, self._content.pictures, self._layout)
        jpeg = ImageReader(io.BytesIO(fitted_jpeg(data, box.width_mm, box.height_mm)))
        area = (box.x_mm * mm, self._up(box.bottom_mm), box.width_mm * mm, box.height_mm * mm)
        canvas.saveState()
        outline = canvas.beginPath()
        outline.roundRect(*area, picture.radius_mm * mm)
        canvas.clipPath(outline, stroke=0, fill=0)
        canvas.drawImage(jpeg, *area)
        canvas.restoreState()

    def _draw_code(self, box: CodeBox) -> None:
        """All modules in one filled path, so that no renderer leaves light seams between them, on the
        printer's own dots."""
        text = value_of(box.field, self._content.codes, self._layout)
        if not text:
            raise MissingField(box.field)
        code = qr_code(text)
        area, dot = box.box, 72 / box.dots_per_inch
        module = dots_per_module(code, min(area.width_mm, area.height_mm), box.dots_per_inch) * dot
        side = module * code.size_with_quiet_zone_modules
        left = round((area.x_mm * mm + (area.width_mm * mm - side) / 2) / dot) * dot
        bottom = round((self._up(area.bottom_mm) + (area.height_mm * mm - side) / 2) / dot) * dot
        self._canvas.setFillGray(1)
        self._canvas.rect(left, bottom, side, side, stroke=0, fill=1)
        path = self._canvas.beginPath()
        for block in blocks(code):
            rows_below = code.size_modules - block.row - block.height
            x = left + (QUIET_ZONE_MODULES + block.column) * module
            y = bottom + (QUIET_ZONE_MODULES + rows_below) * module
            path.rect(x, y, block.width * module, block.height * module)
        self._canvas.setFillGray(0)
        self._canvas.drawPath(path, stroke=0, fill=1)

    def draw_text(self, text: PlacedText) -> None:
        colour = HexColor(text.source.colour)
        for line in text.lines:
            self._draw_line_of_text(line, colour, bold=text.source.weight == "bold")

    def _draw_line_of_text(self, line: PlacedLine, colour: Any, *, bold: bool) -> None:
        canvas = self._canvas
        canvas.setFillColor(colour)
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(line.size_pt * _FALLBACK_STROKE_EM)
        out = canvas.beginText(line.x_mm * mm, self._up(line.baseline_mm))
        for run in line.runs:
            out.setFont(run.face.font_name, line.size_pt)
            out.setTextRenderMode(2 if bold and run.fallback else 0)
            out.textOut(run.text)
        out.setTextRenderMode(0)
        canvas.drawText(out)
