"""Layouts: small data files under resources/layouts that say where on a page each field stands."""

from printing.layout.draw import draw
from printing.layout.model import Layout
from printing.layout.parse import load_layout, parse_layout
from printing.layout.place import Content, place_texts
from printing.layout.reader import LayoutError

__all__ = ["Content", "Layout", "LayoutError", "draw", "load_layout", "parse_layout", "place_texts"]
