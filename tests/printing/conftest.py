"""Invented cards, and what is seen on a page that was printed."""

import io
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from printing.card import MemberCard

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


def signed_text(length: int = 215, seed: int = 3) -> str:
    """As long as a real card's code and in the same alphabet."""
    return "".join(random.Random(seed).choices(BASE45, k=length))


def drawn_photo(kind: str = "PNG", size: tuple[int, int] = (480, 640)) -> bytes:
    picture = Image.new("RGB", size, "#cfe0ee")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((60, 430, 420, 900), fill="#2d4a6b")
    pen.ellipse((150, 150, 330, 400), fill="#e3b894")
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


CARD = MemberCard(
    name="赵芳",
    member_no="210106260001",
    union_name="沈阳市于洪区平罗街道货车司机流动工会联合会",
    city_title="沈阳市总工会",
    qr_text=signed_text(),
    issued_on=date(2026, 11, 24),
    expires_on=date(2029, 11, 23),
)


@pytest.fixture
def make_card() -> Callable[..., MemberCard]:
    def make(**changes: Any) -> MemberCard:
        return replace(CARD, **changes)

    return make


@pytest.fixture
def photo() -> bytes:
    return drawn_photo()


@pytest.fixture
def rendered() -> Callable[..., Image.Image]:
    def render(pdf: bytes, dpi: float = 300) -> Image.Image:
        with pypdfium2.PdfDocument(pdf) as document:
            return document[0].render(scale=dpi / 72).to_pil()

    return render
