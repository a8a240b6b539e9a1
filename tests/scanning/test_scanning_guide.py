"""The distances in the guide are what geometry makes of the card's code, as it is printed."""

import re
import tomllib
from math import radians, tan
from pathlib import Path

import pytest

from bench._frames import card_text
from printing.qr import dots_per_module, qr_code
from resources import path

LEAST_PX, EASY_PX = 1.75, 2.5
ANGLES = (60, 65, 70)
ROW = re.compile(r"\| [^|]*?([\d.]+) (?:mm|毫米) \| (\d+) × \d+ \|" + 3 * r" (\d+) / (\d+) \|")
GUIDES = [Path(__file__).parents[2] / "docs" / name for name in ("scanning.md", "scanning.zh-CN.md")]


def printed_width_mm() -> tuple[int, float]:
    """The modules across a card's code, and how wide they are on the card."""
    card = tomllib.loads(path("layouts", "member-card.toml").read_text(encoding="utf-8"))
    (place,) = [each for kind in card.values() if isinstance(kind, list) for each in kind if "dots_per_inch" in each]
    code = qr_code(card_text())
    dots = dots_per_module(code, place["width_mm"], place["dots_per_inch"])
    return code.size_modules, code.size_modules * dots / place["dots_per_inch"] * 25.4


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_guide_has_the_distances_that_follow_from_the_card(guide):
    modules, card_mm = printed_width_mm()
    assert f"{card_mm:.1f}" in guide.read_text(encoding="utf-8")
    assert str(modules) in guide.read_text(encoding="utf-8")
    rows = ROW.findall(guide.read_text(encoding="utf-8"))
    assert len(rows) == 5
    for code_mm, picture_px, *told in rows:
        width_mm = card_mm if code_mm == f"{card_mm:.1f}" else float(code_mm)
        expected = []
        for angle in ANGLES:
            focal_px = int(picture_px) / 2 / tan(radians(angle / 2))
            expected += [round(width_mm / modules * focal_px / px / 10) for px in (LEAST_PX, EASY_PX)]
        assert list(map(int, told)) == expected
