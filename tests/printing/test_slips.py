"""Receipts grow with their lines and keep to the paper; the printer's test page scans."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from printing.layout import load_layout
from printing.refusals import MissingField, MissingGlyph, TextTooLong
from printing.slip import ServiceSlip, SlipLine, slip_pdf
from printing.testpage import CODE_TEXT, TEST_PAGE_LAYOUT, printer_test_pdf
from resources.texts import Language

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SLIP = ServiceSlip(
    city_title="沈阳市总工会",
    station="平罗物流园流动服务站",
    place="沈阳市于洪区平罗街道物流园东门停车场三号棚",
    member_no="210106260001",
    at=AT,
    lines=(SlipLine("理发", "1 次"), SlipLine("法律咨询")),
)


def height_mm(pdf: bytes) -> float:
    with pypdfium2.PdfDocument(pdf) as document:
        width_pt, height_pt = document[0].get_size()
        assert width_pt * 25.4 / 72 == pytest.approx(80, abs=0.01)
        return height_pt * 25.4 / 72


def test_a_slip_says_what_was_given_where_and_when(tmp_path: Path) -> None:
    (tmp_path / "slip.pdf").write_bytes(slip_pdf(SLIP))
    text = subprocess.run(["pdftotext", tmp_path / "slip.pdf", "-"], capture_output=True, check=True).stdout.decode()
    for part in (
        "沈阳市总工会",
        "210106260001",
        "2026-11-24 09:30",
        "平罗物流园流动服务站",
        "理发",
        "1次",
        "法律咨询",
    ):
        assert part in text


def test_a_slip_is_as_long_as_it_needs_to_be() -> None:
    longer = replace(
        SLIP,
        lines=(*SLIP.lines, SlipLine("健康体检（血压、血糖、身高、体重、心电图及医生当面咨询）", "1 次")),
    )
    assert height_mm(slip_pdf(longer)) > height_mm(slip_pdf(SLIP)) + 10
    assert slip_pdf(SLIP) == slip_pdf(SLIP)


@pytest.mark.parametrize("language", list(Language))
def test_slips_and_test_pages_speak_both_languages(language: Language) -> None:
    assert slip_pdf(replace(SLIP, language=language)).startswith(b"%PDF")
    assert printer_test_pdf("Front desk", AT, load_layout(TEST_PAGE_LAYOUT), language).startswith(b"%PDF")


def test_a_slip_is_refused_rather_than_wrong() -> None:
    for changes, field in (
        ({"lines": ()}, "slip_line"),
        ({"station": " "}, "station"),
        ({"member_no": ""}, "member_no"),
    ):
        with pytest.raises(MissingField) as missing:
            slip_pdf(replace(SLIP, **changes))
        assert missing.value.field == field
    with pytest.raises(MissingGlyph):
        slip_pdf(replace(SLIP, lines=(SlipLine("理发😀"),)))
    with pytest.raises(TextTooLong) as too_long:
        slip_pdf(replace(SLIP, lines=(SlipLine("理发"), SlipLine("很" * 500))))
    assert "服务项目" in too_long.value.in_words(Language.CHINESE)


def test_a_test_page_has_a_code_that_scans(rendered: Callable[..., Image.Image]) -> None:
    page = rendered(printer_test_pdf("二号柜台", AT, load_layout(TEST_PAGE_LAYOUT)))
    assert [found.text for found in zxingcpp.read_barcodes(page)] == [CODE_TEXT]
