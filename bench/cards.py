"""1,000 cards as one PDF, against the same drawn with bare reportlab calls.

The bare side makes the same codes by the same library, and draws their modules and the same words at the same places in
the same faces: no layout file, no search for a size that fits, no check of glyphs, since places come from a list made
before. What the product takes on top is what these cost. The share of the codes alone is told too.
"""

import argparse
import io
import json
from dataclasses import replace
from datetime import date
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from bench._people import GIVEN, SURNAMES
from bench._timing import interleaved, middle
from printing.card import CARD_LAYOUT, MemberCard, card_content, cards_pdf
from printing.layout import Layout, load_layout, place_texts
from printing.layout.place import PlacedText
from printing.qr import QUIET_ZONE_MODULES, Block, blocks, qr_code
from printing.testpage import CODE_TEXT

CARD = MemberCard(
    name="王伟",
    member_no="210106260001",
    union_name="沈阳市于洪区平罗街道货车司机流动工会联合会",
    city_title="沈阳市总工会",
    qr_text=CODE_TEXT[:209],
    issued_on=date(2026, 11, 24),
    expires_on=date(2029, 11, 23),
)


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench cards", description=__doc__)
    parser.add_argument("--cards", type=int, default=1_000, help="in one PDF (default: 1,000)")
    parser.add_argument("--rounds", type=int, default=3, help="of each side (default: 3)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    options = parser.parse_args(arguments)
    result = measured(options.cards, options.rounds)
    print(json.dumps(result) if options.json else _in_words(result))
    return 0


def measured(count: int, rounds: int) -> dict[str, Any]:
    cards, layout = [_card(number) for number in range(count)], load_layout(CARD_LAYOUT)
    placed = [place_texts(layout, card_content(card)) for card in cards]
    sizes: dict[str, int] = {}

    def product() -> None:
        sizes["product"] = len(cards_pdf(cards, layout))

    def bare() -> None:
        sizes["bare"] = len(_bare(layout, cards, placed))

    def codes() -> None:
        for card in cards:
            qr_code(card.qr_text)

    times = interleaved({"product": product, "bare": bare, "codes": codes}, rounds)
    product_ms, bare_ms = middle(times["product"]), middle(times["bare"])
    return {
        "cards": count,
        "product_ms": product_ms,
        "bare_ms": bare_ms,
        "codes_ms": middle(times["codes"]),
        "ratio": round(product_ms / bare_ms, 2),
        "kilobytes": round(sizes["product"] / 1024),
        "bare_kilobytes": round(sizes["bare"] / 1024),
    }


def _card(number: int) -> MemberCard:
    """Another name and another code for each."""
    name = SURNAMES[number % len(SURNAMES)] + GIVEN[number * 7 % len(GIVEN)]
    code = CODE_TEXT[number % 40 : number % 40 + 160] + f"{number:06}"
    return replace(CARD, name=name, member_no=f"21010626{number:04}", qr_text=code)


def _bare(layout: Layout, cards: list[MemberCard], placed: list[tuple[PlacedText, ...]]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(layout.width_mm * mm, layout.height_mm * mm), pageCompression=1)
    for card, texts in zip(cards, placed, strict=True):
        for rectangle in layout.rectangles:
            box = rectangle.box
            canvas.setFillColor(HexColor(rectangle.colour))
            bottom_mm = layout.height_mm - box.bottom_mm
            canvas.rect(box.x_mm * mm, bottom_mm * mm, box.width_mm * mm, box.height_mm * mm, stroke=0, fill=1)
        _bare_code(canvas, layout, blocks(qr_code(card.qr_text)))
        for text in texts:
            canvas.setFillColor(HexColor(text.source.colour))
            for line in text.lines:
                x_mm = line.x_mm
                for run in line.runs:
                    canvas.setFont(run.face.font_name, line.size_pt)
                    canvas.drawString(x_mm * mm, (layout.height_mm - line.baseline_mm) * mm, run.text)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _bare_code(canvas: Canvas, layout: Layout, dark: tuple[Block, ...]) -> None:
    box = layout.codes[0]
    module = 5 * 72 / box.dots_per_inch
    top = (layout.height_mm - box.box.y_mm) * mm - QUIET_ZONE_MODULES * module
    path = canvas.beginPath()
    for block in dark:
        x = box.box.x_mm * mm + (QUIET_ZONE_MODULES + block.column) * module
        path.rect(x, top - (block.row + block.height) * module, block.width * module, block.height * module)
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)


def _in_words(result: dict[str, Any]) -> str:
    return (
        f"{result['cards']} cards as one PDF: {result['product_ms']:.0f} ms ({result['kilobytes']} kB), "
        f"{result['ratio']} × the {result['bare_ms']:.0f} ms of bare reportlab calls ({result['bare_kilobytes']} kB); "
        f"making the codes takes {result['codes_ms']:.0f} ms of both"
    )
