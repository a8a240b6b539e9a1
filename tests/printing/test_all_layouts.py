"""Every layout with every name: each glyph there, none over another, and the code still read."""

import ctypes
import struct
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image

from printing.card import MemberCard, card_content, card_pdf, cards_pdf
from printing.layout import LayoutError, layout_names, load_layout, parse_layout, place_texts
from printing.refusals import MissingField, MissingGlyph
from printing.sheet import load_sheet, parse_sheet, sheet_pdf
from printing.slip import ServiceSlip, SlipKind, SlipLine, load_receipt, slip_pdf
from resources.texts import Language

MakeCard = Callable[..., MemberCard]
Render = Callable[..., Image.Image]
NAMES_FILE = Path(__file__).resolve().parents[2].parent / "shared" / "domain" / "names.txt"
LONG = "买买提江·吾布力卡斯木·阿卜杜热依木"
PERSONAL = ("member-card", "label-62mm", "event-badge-a6")
Corners = tuple[float, float, float, float]


@pytest.fixture(scope="module")
def names() -> list[str]:
    if not NAMES_FILE.is_file():
        pytest.skip(f"{NAMES_FILE.name} is not here")
    lines = NAMES_FILE.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def printable(names: list[str]) -> list[str]:
    """All but the last, which no face has and which is refused."""
    return names[:-1]


class Seen:
    """A page as a reader of PDF sees it."""

    def __init__(self, page: Any) -> None:
        self._text = page.get_textpage()
        self.objects = list(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=1))

    @property
    def runs(self) -> list[tuple[str, Corners]]:
        """The text runs with what they say and their bounds in points: left, bottom, right, top."""
        return [(self._words(one), one.get_bounds()) for one in self.objects]

    def _words(self, one: Any) -> str:
        size = pdfium.FPDFTextObj_GetText(one.raw, self._text.raw, None, 0)
        buffer = (pdfium.FPDF_WCHAR * (size // 2))()
        pdfium.FPDFTextObj_GetText(one.raw, self._text.raw, buffer, size)
        return bytes(buffer).decode("utf-16-le").rstrip("\0")


def assert_no_two_runs_overlap(runs: list[tuple[str, Corners]]) -> None:
    """Runs of one line touch where a rare character stands between others: half a point is no overlap."""
    for (words, one), (others, other) in combinations([run for run in runs if run[0].strip()], 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        assert min(across, down) < 0.5, (words, others)


def subset_glyphs(seen: Seen) -> dict[bytes, tuple[int, ...]]:
    """Of every font that is embedded for the page, which glyph each of its codes leads to: its character map is of
    format 6 (OpenType, cmap), and glyph 0 is the box that stands for a missing one."""
    fonts = {}
    for one in seen.objects:
        font = pdfium.FPDFTextObj_GetFont(one.raw)
        size = ctypes.c_size_t()
        pdfium.FPDFFont_GetFontData(font, None, 0, size)
        data = (ctypes.c_uint8 * size.value)()
        pdfium.FPDFFont_GetFontData(font, data, size.value, size)
        fonts[bytes(data)] = codes_to_glyphs(bytes(data))
    return fonts


def assert_every_glyph_is_there(seen: Seen) -> None:
    """Code 0 of every subset leads to glyph 0; a run that is drawn with it says nothing."""
    assert all(words for words, _ in seen.runs)
    for glyphs in subset_glyphs(seen).values():
        assert 0 not in glyphs[1:]


def codes_to_glyphs(font: bytes) -> tuple[int, ...]:
    (tables,) = struct.unpack_from(">H", font, 4)
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * number) for number in range(tables))
    start = next(offset for tag, _, offset, _ in entries if tag == b"cmap") + 12
    kind, _, _, first, count = struct.unpack_from(">5H", font, start)
    assert (kind, first) == (6, 0)
    return struct.unpack_from(f">{count}H", font, start + 10)


@pytest.mark.parametrize("name", layout_names())
@pytest.mark.parametrize("language", list(Language))
def test_a_long_name_stands_apart_on_every_layout(make_card: MakeCard, name: str, language: Language) -> None:
    if name.startswith("test-page"):
        pytest.skip("it has no names")
    card = make_card(name=LONG, language=language, event="东园货车司机服务日暨职工健康体检、法律咨询进园区活动")
    with pypdfium2.PdfDocument(card_pdf(card, load_layout(name))) as document:
        seen = Seen(document[0])
        assert_no_two_runs_overlap(seen.runs)
        assert_every_glyph_is_there(seen)


@pytest.mark.parametrize("name", PERSONAL)
def test_all_names_stand_apart_with_every_glyph(make_card: MakeCard, names: list[str], name: str) -> None:
    every = printable(names)
    with pypdfium2.PdfDocument(cards_pdf([make_card(name=one) for one in every], load_layout(name))) as document:
        assert len(document) == len(every)
        for page, person in zip(document, every, strict=True):
            seen = Seen(page)
            assert_no_two_runs_overlap(seen.runs)
            words = "".join(words for words, _ in seen.runs).replace(" ", "").replace("\x02", "-")
            assert person.replace(" ", "") in words
            assert_every_glyph_is_there(seen)


def test_a_name_that_no_face_has_is_refused_on_every_layout(make_card: MakeCard, names: list[str]) -> None:
    for name in PERSONAL:
        with pytest.raises(MissingGlyph):
            card_pdf(make_card(name=names[-1]), load_layout(name))


@pytest.mark.parametrize("name", PERSONAL)
def test_the_code_reads_from_every_layout(make_card: MakeCard, rendered: Render, name: str) -> None:
    card = make_card()
    page = rendered(card_pdf(card, load_layout(name)))
    assert [found.text for found in zxingcpp.read_barcodes(page)] == [card.qr_text]


def test_a_sheet_holds_all_names_ten_a_page(make_card: MakeCard, names: list[str], rendered: Render) -> None:
    every, sheet = printable(names), load_sheet("member-card-a4")
    contents = [card_content(make_card(name=name)) for name in every]
    pdf = sheet_pdf(sheet, load_layout(sheet.layout), contents)
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == -(-len(every) // 10)
        for page in document:
            seen = Seen(page)
            assert_no_two_runs_overlap(seen.runs)
            assert_every_glyph_is_there(seen)
    assert len(zxingcpp.read_barcodes(rendered(pdf))) == 10


def test_cut_marks_point_at_the_cards_edges(make_card: MakeCard, rendered: Render) -> None:
    sheet = load_sheet("member-card-a4")
    page = rendered(sheet_pdf(sheet, load_layout(sheet.layout), [card_content(make_card())])).convert("L")
    left_mm, top_mm = (210 - 2 * 85.6) / 2, (297 - 5 * 53.98) / 2

    def darkest(x_mm: float, y_mm: float) -> float:
        x, y = round(x_mm / 25.4 * 300), round(y_mm / 25.4 * 300)
        return page.crop((x - 2, y - 2, x + 3, y + 3)).getextrema()[0]

    for column in range(3):
        for y_mm in (top_mm - 4, 297 - top_mm + 4):
            assert darkest(left_mm + column * 85.6, y_mm) < 100
    for row in range(6):
        for x_mm in (left_mm - 4, 210 - left_mm + 4):
            assert darkest(x_mm, top_mm + row * 53.98) < 100
    assert darkest(left_mm + 40, top_mm - 4) == 255


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rows = 5", "rows = 0"),
        ("rows = 5", "rows = 5\ncolour = 3"),
        ("columns = 2", 'columns = "2"'),
        ("rows = 5", ""),
    ],
)
def test_a_mistake_in_a_sheet_is_named(old: str, new: str) -> None:
    text = (Path(__file__).resolve().parents[2] / "resources" / "sheets" / "member-card-a4.toml").read_text("utf-8")
    with pytest.raises(LayoutError, match=r"mine: .*(rows|colour|columns)"):
        parse_sheet("mine", text.replace(old, new).encode())


def test_a_sheet_that_does_not_fit_its_page_is_refused(make_card: MakeCard) -> None:
    wide = parse_sheet("wide", _sheet_with("columns = 2", "columns = 3"))
    with pytest.raises(LayoutError, match="do not fit the page"):
        sheet_pdf(wide, load_layout(wide.layout), [card_content(make_card())])


def _sheet_with(old: str, new: str) -> bytes:
    file = Path(__file__).resolve().parents[2] / "resources" / "sheets" / "member-card-a4.toml"
    return file.read_text("utf-8").replace(old, new).encode()


OWN = """
width_mm = 60
height_mm = 20
[colours]
ink = "#000000"
[[art]]
file = "emblem.png"
x_mm = 2
y_mm = 2
width_mm = 16
height_mm = 16
[[text]]
words = { zh = "职工之家", en = "Workers' home" }
x_mm = 20
y_mm = 2
width_mm = 38
height_mm = 16
size_pt = 12
colour = "ink"
"""


def test_a_layout_of_ones_own_wins_and_changes_at_once(make_card: MakeCard, rendered: Render, tmp_path: Path) -> None:
    Image.new("RGBA", (40, 40), "#c02020").save(tmp_path / "emblem.png")
    (tmp_path / "member-card.toml").write_text(OWN, encoding="utf-8")
    assert "label-62mm" in layout_names(tmp_path)
    pdf = card_pdf(make_card(), load_layout("member-card", tmp_path))
    assert rendered(pdf, 254).size == (600, 200)
    assert rendered(pdf, 254).getpixel((100, 100)) == (0xC0, 0x20, 0x20)
    (tmp_path / "member-card.toml").write_text(OWN.replace("= 60", "= 70"), encoding="utf-8")
    assert load_layout("member-card", tmp_path).width_mm == 70
    assert load_layout("label-62mm", tmp_path).width_mm == 62
    english = place_texts(load_layout("member-card", tmp_path), card_content(make_card(language=Language.ENGLISH)))
    assert english[0].lines[0].text == "Workers' home"


@pytest.mark.parametrize("file", ["../emblem.png", "none.png", "layout.toml"])
def test_art_lies_beside_the_layout(file: str, tmp_path: Path) -> None:
    (tmp_path / "layout.toml").write_text("")
    (tmp_path.parent / "emblem.png").write_bytes(b"")
    with pytest.raises(LayoutError, match="no PNG or JPEG"):
        parse_layout("mine", OWN.replace("emblem.png", file), tmp_path)


SLIP = ServiceSlip(
    city_title="沈阳市总工会",
    station="平罗物流园流动服务站",
    place="东门停车场",
    member_no="210106260001",
    at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    lines=(SlipLine("血压", "128/82 mmHg"), SlipLine("血糖", "5.4 mmol/L")),
)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", list(SlipKind))
def test_slips_of_every_kind_stand_apart(kind: SlipKind, language: Language) -> None:
    slip = replace(SLIP, kind=kind, language=language, case_no="SY-2026-000317" if kind is SlipKind.CASE else "")
    with pypdfium2.PdfDocument(slip_pdf(slip)) as document:
        seen = Seen(document[0])
        assert_no_two_runs_overlap(seen.runs)
        assert ("SY-2026-000317" in "".join(words for words, _ in seen.runs).replace("\x02", "-")) is bool(slip.case_no)


def test_a_case_without_its_number_is_refused() -> None:
    with pytest.raises(MissingField) as missing:
        slip_pdf(replace(SLIP, kind=SlipKind.CASE))
    assert missing.value.field == "case_no"


def test_the_paper_of_a_receipt_is_data(tmp_path: Path) -> None:
    text = (Path(__file__).resolve().parents[2] / "resources" / "receipts" / "80mm.toml").read_text("utf-8")
    (tmp_path / "80mm.toml").write_text(text.replace("paper_width_mm = 80", "paper_width_mm = 58"), encoding="utf-8")
    with pypdfium2.PdfDocument(slip_pdf(SLIP, load_receipt(own=tmp_path))) as document:
        assert document[0].get_width() * 25.4 / 72 == pytest.approx(58, abs=0.01)
    (tmp_path / "80mm.toml").write_text(text + "\ncolour = 1", encoding="utf-8")
    with pytest.raises(LayoutError, match=r"80mm: .*colour"):
        load_receipt(own=tmp_path)
