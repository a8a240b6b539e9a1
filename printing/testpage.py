"""A card that shows what a printer can do: edges, length, greys, rare characters and a code as dense as a
real card's."""

from datetime import datetime

from printing.layout import Content, Layout, draw
from resources.texts import Language

TEST_PAGE_LAYOUT = "test-page-card"
CODE_TEXT = ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:" * 5)[:215]
"""As long as a real card's, and in the alphabet of Base45."""


def printer_test_pdf(printer: str, at: datetime, layout: Layout, language: Language = Language.CHINESE) -> bytes:
    """One page of the layout's size, with the printer's name and the station's local time."""
    texts = {"printer": printer, "printed_at": f"{at:%Y-%m-%d %H:%M}"}
    return draw(layout, Content(language, texts, codes={"qr_text": CODE_TEXT}))
