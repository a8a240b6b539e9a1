"""Layouts: small data files under resources/layouts that say where on a page each field stands."""

from printing.layout.draw import draw, draw_pages
from printing.layout.model import Layout
from printing.layout.parse import layout_names, load_layout, parse_layout
from printing.layout.place import Content, place_texts
from printing.layout.reader import LayoutError

__all__ = [
    "Content",
    "Layout",
    "LayoutError",
    "draw",
    "draw_pages",
    "layout_names",
    "load_layout",
    "parse_layout",
    "place_texts",
]
