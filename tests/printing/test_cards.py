"""A printed card, looked at as a person and a camera would."""

import io
import re
import subprocess
from collections.abc import Callable
from itertools import combinations, product
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageOps
from pyzbar import pyzbar

from printing.card import CARD_LAYOUT, MemberCard, card_content, card_pdf
from printing.layout import load_layout, place_texts
from printing.layout.fit import MM_PER_PT
from printing.layout.model import Box
from printing.qr import qr_code
from printing.refusals import CodeTooDense, MissingField, MissingGlyph, UnreadablePhoto
from resources.texts import Language

MakeCard = Callable[..., MemberCard]
Render = Callable[..., Image.Image]
LAYOUT = load_layout(CARD_LAYOUT)
NAMES_FILE = Path(__file__).resolve().parents[2].parent / "shared" / "domain" / "names.txt"
OWN_NAMES = [
    "赵芳",
    "乐刚𪨊",
    "𠮷野家",
    "买买提江·吾布力卡斯木·阿卜杜热依木",
    "阿布都克热木·阿布都热西提·吾守尔",
    "Nguyễn Văn Ễg",
    "Иванов Пётр",
    "O'Connor-Müller, Siobhán",
    "王",
]


def read_by_both(picture: Image.Image) -> list[str]:
    zxing = [found.text for found in zxingcpp.read_barcodes(picture)]
    return zxing + [found.data.decode() for found in pyzbar.decode(picture)]


def webcam_frame(card: Image.Image) -> Image.Image:
    """1280 × 720 with the card two thirds as wide, turned a little, slightly out of focus."""
    frame = Image.new("RGB", (1280, 720), "#777777")
    small = card.resize((850, round(850 * card.height / card.width)), Image.Resampling.BILINEAR)
    frame.paste(small, (200, 90))
    return frame.rotate(4, Image.Resampling.BILINEAR).filter(ImageFilter.GaussianBlur(0.7))


@pytest.mark.parametrize("length", [190, 215, 240])
def test_the_code_of_a_printed_card_reads(make_card: MakeCard, rendered: Render, photo: bytes, length: int) -> None:
    text = ("A1 $%*+-./:XYZ0" * 20)[:length].replace("  ", " ")
    page = rendered(card_pdf(make_card(qr_text=text, photo=photo), LAYOUT))
    assert read_by_both(page) == [text, text]
    assert read_by_both(webcam_frame(page)) == [text, text]


def code_on_page(page: Image.Image, dpi: float) -> Image.Image:
    """The code's box, cut to its ink."""
    box = LAYOUT.codes[0].box
    sides = (box.x_mm, box.y_mm, box.right_mm, box.bottom_mm)
    area = page.convert("L").crop(tuple(round(side / 25.4 * dpi) for side in sides))
    return area.crop(ImageOps.invert(area).getbbox())


def test_modules_are_five_dots_of_the_printer(make_card: MakeCard, rendered: Render) -> None:
    code = code_on_page(rendered(card_pdf(make_card(), LAYOUT), dpi=300), dpi=300)
    assert code.size == (pytest.approx(49 * 5, abs=1), pytest.approx(49 * 5, abs=1))


def test_no_light_shows_between_dark_modules_at_any_resolution(make_card: MakeCard, rendered: Render) -> None:
    card = make_card()
    seen = code_on_page(rendered(card_pdf(card, LAYOUT), dpi=517), dpi=517)
    modules = qr_code(card.qr_text).modules
    module_px = seen.width / len(modules)
    for (row, column), (down, right) in product(product(range(48), repeat=2), ((1, 0), (0, 1))):
        if modules[row][column] and modules[row + down][column + right]:
            x, y = (round((at + 0.5) * module_px) for at in (column, row))
            width, height = (round(module_px) if step else 1 for step in (right, down))
            assert seen.crop((x, y, x + width, y + height)).getextrema()[1] < 60, (row, column)


def test_the_quiet_zone_is_white_for_four_modules(make_card: MakeCard, rendered: Render) -> None:
    page = rendered(card_pdf(make_card(), LAYOUT)).convert("L")
    position = zxingcpp.read_barcodes(page)[0].position
    left, top, right, bottom = (
        position.top_left.x,
        position.top_left.y,
        position.bottom_right.x,
        position.bottom_right.y,
    )
    zone = page.crop((left - 19, top - 19, right + 20, bottom + 20))
    ImageDraw.Draw(zone).rectangle((17, 17, zone.width - 18, zone.height - 18), fill=255)
    assert zone.getextrema()[0] == 255


def shared_names() -> list[str]:
    if not NAMES_FILE.is_file():
        pytest.skip(f"{NAMES_FILE.name} is not here")
    lines = NAMES_FILE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def test_all_names_stand_on_the_card_apart_and_inside(make_card: MakeCard, photo: bytes) -> None:
    for number, name in enumerate(shared_names()[:-1]):
        for picture in (None, photo) if len(name) > 4 else ((None, photo)[number % 2],):
            assert_apart_and_inside(make_card(name=name, photo=picture))


@pytest.mark.parametrize("name", OWN_NAMES)
@pytest.mark.parametrize("language", list(Language))
def test_own_names_stand_on_the_card_apart_and_inside(
    make_card: MakeCard, photo: bytes, name: str, language: Language
) -> None:
    for picture in (None, photo):
        assert_apart_and_inside(make_card(name=name, photo=picture, language=language))


def assert_apart_and_inside(card: MemberCard) -> None:
    """From the layout engine's areas, and from where a PDF reader finds each glyph."""
    placed = place_texts(LAYOUT, card_content(card))
    lines = [line for text in placed for line in text.lines]
    for one, other in combinations(lines, 2):
        assert not one.area.overlaps(other.area), (one.text, other.text)
    for text in placed:
        assert all(text.source.box.contains(line.area) for line in text.lines), text.source.name
    found = glyph_boxes(card_pdf(card, LAYOUT))
    for character, glyph in found:
        near = [line for line in lines if grown(line.area).contains(glyph) and character in line.text]
        assert near, (character, glyph)
    expected = sorted(character for line in lines for character in line.text if not character.isspace())
    assert sorted(character for character, _ in found) == expected


def grown(area: Box, by_mm: float = 0.15) -> Box:
    """Side bearings may reach a hair beyond the advances."""
    return Box(area.x_mm - by_mm, area.y_mm - by_mm, area.width_mm + 2 * by_mm, area.height_mm + 2 * by_mm)


def glyph_boxes(pdf: bytes) -> list[tuple[str, Box]]:
    """PDFium speaks UTF-16, with two units at one place above U+FFFF; a hyphen at a line's end is U+0002."""
    boxes = []
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        height_mm, text = page.get_height() * MM_PER_PT, page.get_textpage()
        units = [pypdfium2.raw.FPDFText_GetUnicode(text.raw, index) for index in range(text.count_chars())]
        for index, unit in enumerate(units):
            if chr(unit).isspace() or 0xDC00 <= unit < 0xE000:
                continue
            pair = units[index : index + (2 if 0xD800 <= unit < 0xDC00 else 1)]
            character = b"".join(one.to_bytes(2, "big") for one in pair).decode("utf-16-be").replace("\x02", "-")
            left, bottom, right, top = (side * MM_PER_PT for side in text.get_charbox(index))
            boxes.append((character, Box(left, height_mm - top, right - left, top - bottom)))
    return boxes


def test_a_name_that_no_face_can_show_is_refused_with_the_character(make_card: MakeCard) -> None:
    with pytest.raises(MissingGlyph) as refusal:
        card_pdf(make_card(name="ᠪᠠᠲᠤ"), LAYOUT)
    assert refusal.value.character == "ᠪ"
    assert "U+182A" in refusal.value.in_words(Language.CHINESE)


def test_the_last_shared_name_is_refused(make_card: MakeCard) -> None:
    name = shared_names()[-1]
    with pytest.raises(MissingGlyph) as refusal:
        card_pdf(make_card(name=name), LAYOUT)
    assert refusal.value.character == name[0]


@pytest.mark.parametrize("field", ["name", "member_no", "union_name", "city_title", "qr_text"])
@pytest.mark.parametrize("empty", ["", "  "])
def test_a_missing_field_is_refused_by_name(make_card: MakeCard, field: str, empty: str) -> None:
    with pytest.raises(MissingField) as refusal:
        card_pdf(make_card(**{field: empty}), LAYOUT)
    assert refusal.value.field == field


def test_copied_text_is_what_was_printed(make_card: MakeCard, tmp_path: Path) -> None:
    (tmp_path / "card.pdf").write_bytes(card_pdf(make_card(name="𠮷乐刚𪨊"), LAYOUT))
    text = subprocess.run(["pdftotext", tmp_path / "card.pdf", "-"], capture_output=True, check=True).stdout.decode()
    for part in ("𠮷乐刚𪨊", "2101 0626 0001", "沈阳市总工会", "2026-11-24", "2029-11-23"):
        assert part in text


def test_the_page_is_a_card_and_the_same_card_gives_the_same_bytes(make_card: MakeCard, photo: bytes) -> None:
    first, second = (card_pdf(make_card(photo=photo), LAYOUT) for _ in range(2))
    assert first == second
    with pypdfium2.PdfDocument(first) as document:
        assert len(document) == 1
        assert [side * 25.4 / 72 for side in document[0].get_size()] == pytest.approx([85.60, 53.98], abs=0.01)


def test_no_metadata_names_the_person(make_card: MakeCard) -> None:
    pdf = card_pdf(make_card(name="Siobhan"), LAYOUT)
    assert b"Siobhan" not in re.sub(rb"stream.*?endstream", b"", pdf, flags=re.DOTALL)
    assert "赵芳" not in repr(make_card())


def encoded(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize("size", [(480, 640), (1280, 720), (40, 50)])
def test_a_photo_fills_its_box(make_card: MakeCard, rendered: Render, kind: str, size: tuple[int, int]) -> None:
    page = rendered(card_pdf(make_card(photo=encoded(Image.new("RGB", size, "#3060c0"), kind)), LAYOUT))
    box = LAYOUT.pictures[0].box
    for x_mm, y_mm in (
        (box.x_mm + 0.5, 28),
        (box.right_mm - 0.5, 28),
        (14, box.y_mm + 0.5),
        (14, box.bottom_mm - 0.5),
    ):
        seen = page.getpixel((round(x_mm / 25.4 * 300), round(y_mm / 25.4 * 300)))
        assert seen == pytest.approx((0x30, 0x60, 0xC0), abs=6)


def test_transparent_and_print_coloured_photos_are_taken(make_card: MakeCard, rendered: Render) -> None:
    box = LAYOUT.pictures[0].box
    middle = (round((box.x_mm + 9) / 25.4 * 300), round((box.y_mm + 12) / 25.4 * 300))
    for picture, kind in (
        (Image.new("RGBA", (300, 400), (0, 0, 0, 0)), "PNG"),
        (Image.new("CMYK", (300, 400)), "JPEG"),
    ):
        page = rendered(card_pdf(make_card(photo=encoded(picture, kind)), LAYOUT))
        assert page.getpixel(middle) == pytest.approx((255, 255, 255), abs=3)


def test_a_photo_that_cannot_be_read_is_refused(make_card: MakeCard, photo: bytes) -> None:
    for bad in (b"not a picture", photo[: len(photo) // 2], encoded(Image.new("RGB", (9, 9)), "GIF")):
        with pytest.raises(UnreadablePhoto):
            card_pdf(make_card(photo=bad), LAYOUT)
    with pytest.raises(UnreadablePhoto):
        card_pdf(make_card(photo=encoded(Image.new("1", (8000, 8000)), "PNG")), LAYOUT)


def test_a_code_too_dense_for_a_camera_is_refused(make_card: MakeCard) -> None:
    with pytest.raises(CodeTooDense):
        card_pdf(make_card(qr_text="A1" * 600), LAYOUT)
