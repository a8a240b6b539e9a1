"""Reading one table of a layout file, value by value, so that a mistake is named with its place."""

import re
from enum import StrEnum
from typing import TypeVar

from printing.layout.model import Box, Shown
from resources.texts import Language, say

_Choice = TypeVar("_Choice", bound=StrEnum)
_HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


class LayoutError(ValueError):
    """A layout file that cannot be printed from. The text names the file, the table and what is wrong."""

    def in_words(self, language: Language) -> str:
        return say(language, "printing.layout.wrong", problem=str(self))


class Table:
    """The values of one table. Every key must be taken before `finish`, so that a misspelt one is not passed
    over."""

    def __init__(self, values: object, place: str) -> None:
        if not isinstance(values, dict):
            raise LayoutError(f"{place}: must be a table")
        self._values: dict[str, object] = dict(values)
        self.place = place

    def error(self, problem: str) -> LayoutError:
        return LayoutError(f"{self.place}: {problem}")

    def number(self, key: str, default: float | None = None) -> float:
        value = self._values.pop(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 10_000:
            raise self.error(f"{key} must be a number from 0 to 10000")
        return float(value)

    def whole_number(self, key: str, default: int) -> int:
        value = self.number(key, default)
        if value < 1 or value != int(value):
            raise self.error(f"{key} must be a whole number from 1")
        return int(value)

    def text(self, key: str) -> str:
        value = self.optional_text(key)
        if value is None:
            raise self.error(f"{key} is missing")
        return value

    def optional_text(self, key: str) -> str | None:
        value = self._values.pop(key, None)
        if value is not None and (not isinstance(value, str) or not value):
            raise self.error(f"{key} must be a text")
        return value

    def choice(self, key: str, default: _Choice) -> _Choice:
        value = self.optional_text(key)
        if value is None:
            return default
        try:
            return type(default)(value)
        except ValueError:
            raise self.error(f"{key} must be one of {', '.join(type(default))}") from None

    def colour(self, key: str, palette: dict[str, str]) -> str:
        """A colour by its name in the file's palette."""
        name = self.text(key)
        if name not in palette:
            raise self.error(f"{key}: the palette has no {name}")
        return palette[name]

    def palette(self) -> dict[str, str]:
        """All values of this table as colours, `#rrggbb` by name."""
        colours = {name: self.text(name) for name in list(self._values)}
        for name, colour in colours.items():
            if not _HEX_COLOUR.fullmatch(colour):
                raise self.error(f"{name} must be a colour such as #c0392b")
        return colours

    def box(self) -> Box:
        box = Box(self.number("x_mm"), self.number("y_mm"), self.number("width_mm"), self.number("height_mm"))
        if not box.width_mm or not box.height_mm:
            raise self.error("a box has a width and a height")
        return box

    def shown(self) -> Shown:
        return Shown(self.optional_text("when"), self.optional_text("unless"))

    def table(self, key: str) -> "Table":
        return Table(self._values.pop(key, {}), f"{self.place}, {key}")

    def tables(self, key: str) -> list["Table"]:
        values = self._values.pop(key, [])
        if not isinstance(values, list):
            raise self.error(f"{key} must be a list of tables")
        return [Table(value, f"{self.place}, {key} {number}") for number, value in enumerate(values, 1)]

    def finish(self) -> None:
        if self._values:
            raise self.error(f"unknown: {', '.join(sorted(self._values))}")
