"""What a layout is: boxes on a page, measured in millimetres from its upper left corner."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from printing.fonts import Weight
from resources.texts import Language

TOUCHING_MM = 0.01
"""Closer than this, edges count as the same: less than a printer's dot."""


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class VerticalAlign(StrEnum):
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


@dataclass(frozen=True, slots=True)
class Box:
    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float

    @property
    def right_mm(self) -> float:
        return self.x_mm + self.width_mm

    @property
    def bottom_mm(self) -> float:
        return self.y_mm + self.height_mm

    def overlaps(self, other: "Box") -> bool:
        return (
            self.x_mm < other.right_mm - TOUCHING_MM
            and other.x_mm < self.right_mm - TOUCHING_MM
            and self.y_mm < other.bottom_mm - TOUCHING_MM
            and other.y_mm < self.bottom_mm - TOUCHING_MM
        )

    def contains(self, other: "Box") -> bool:
        return (
            other.x_mm >= self.x_mm - TOUCHING_MM
            and other.y_mm >= self.y_mm - TOUCHING_MM
            and other.right_mm <= self.right_mm + TOUCHING_MM
            and other.bottom_mm <= self.bottom_mm + TOUCHING_MM
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """An element stands on the print only when a field is filled, or only unless it is."""

    when: str | None = None
    unless: str | None = None

    def applies(self, filled: frozenset[str]) -> bool:
        return (self.when is None or self.when in filled) and (self.unless is None or self.unless not in filled)

    def excludes(self, other: "Shown") -> bool:
        """Whether no content shows both."""
        return (self.when is not None and self.when == other.unless) or (
            self.unless is not None and self.unless == other.when
        )


@dataclass(frozen=True, slots=True)
class Rectangle:
    box: Box
    colour: str
    radius_mm: float
    shown: Shown


@dataclass(frozen=True, slots=True)
class Line:
    x1_mm: float
    y1_mm: float
    x2_mm: float
    y2_mm: float
    width_mm: float
    colour: str
    shown: Shown


@dataclass(frozen=True, slots=True)
class TextBox:
    """One text. It is set on one line between `size_pt` and `shrink_to_pt`; where that is too wide, on up to
    `max_lines` lines between `size_pt` and `wrap_to_pt`."""

    field: str | None
    text_key: str | None
    """A field of the content, or a fixed text by its key in resources/texts; neither where `words` stand in the
    layout itself."""
    box: Box
    weight: Weight
    size_pt: float
    shrink_to_pt: float
    wrap_to_pt: float
    max_lines: int
    align: Align
    vertical: VerticalAlign
    colour: str
    shown: Shown
    words: tuple[tuple[Language, str], ...] = ()

    @property
    def name(self) -> str:
        return self.field or self.text_key or (self.words[0][1] if self.words else "")


@dataclass(frozen=True, slots=True)
class Art:
    """The union's own picture, as large as its box allows. `file` is a PNG or JPEG beside the layout."""

    file: Path
    box: Box
    shown: Shown


@dataclass(frozen=True, slots=True)
class PictureBox:
    field: str
    box: Box
    radius_mm: float
    shown: Shown

    @property
    def name(self) -> str:
        return self.field


@dataclass(frozen=True, slots=True)
class CodeBox:
    """A QR code with its quiet zone inside `box`, its modules whole dots of a printer of `dots_per_inch`."""

    field: str
    box: Box
    dots_per_inch: int
    shown: Shown

    @property
    def name(self) -> str:
        return self.field


@dataclass(frozen=True, slots=True)
class Layout:
    name: str
    width_mm: float
    height_mm: float
    rectangles: tuple[Rectangle, ...]
    lines: tuple[Line, ...]
    texts: tuple[TextBox, ...]
    pictures: tuple[PictureBox, ...]
    codes: tuple[CodeBox, ...]
    art: tuple[Art, ...] = ()

    @property
    def page(self) -> Box:
        return Box(0, 0, self.width_mm, self.height_mm)
