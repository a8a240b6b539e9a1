"""Pictures of everything that is printed, of invented people: `python -m demo.layouts OUT`."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2

from printing.card import MemberCard, card_content, card_pdf
from printing.layout import load_layout
from printing.sheet import load_sheet, sheet_pdf
from printing.slip import ServiceSlip, SlipKind, SlipLine, slip_pdf
from printing.testpage import CODE_TEXT
from resources.texts import Language

CARD = MemberCard(
    name="欧阳春兰",
    member_no="210106260001",
    union_name="沈阳市于洪区平罗街道货车司机流动工会联合会",
    city_title="沈阳市总工会",
    qr_text=CODE_TEXT[:209],
    issued_on=date(2026, 11, 24),
    expires_on=date(2029, 11, 23),
    event="东园货车司机服务日",
)
NAMES = (
    "欧阳春兰",
    "赵芳",
    "乐刚𪨊",
    "𠮷野家",
    "买买提江·吾布力卡斯木·阿卜杜热依木",
    "古丽巴哈尔·阿不都热合曼",
    "王",
    "单于秀英",
    "扎西次仁·多吉平措",
    "李䶮",
)
SLIP = ServiceSlip(
    city_title="沈阳市总工会",
    station="平罗物流园流动服务站",
    place="于洪区平罗街道物流园东门停车场",
    member_no="210106260001",
    at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    lines=(SlipLine("理发", "1 次"), SlipLine("法律咨询", "1 次")),
)
HEALTH = (SlipLine("血压", "128/82 mmHg"), SlipLine("心率", "76 次/分"), SlipLine("血糖", "5.4 mmol/L"))
CASE = (SlipLine("拖欠工资"), SlipLine("已转：区职工法律援助中心"))


def documents(language: Language) -> Iterator[tuple[str, bytes, int]]:
    """A name, a PDF, and the dots per inch at which its picture is small and can be read."""
    card = replace(CARD, language=language)
    for name, dpi in (("member-card", 180), ("member-card-back", 180), ("label-62mm", 180), ("event-badge-a6", 100)):
        yield name, card_pdf(card, load_layout(name)), dpi
    cards = [card_content(replace(card, name=name)) for name in NAMES]
    sheet = load_sheet("member-card-a4")
    yield "sheet-a4", sheet_pdf(sheet, load_layout(sheet.layout), cards), 80
    slip = replace(SLIP, language=language)
    yield "slip-services", slip_pdf(slip), 110
    yield "slip-health", slip_pdf(replace(slip, kind=SlipKind.HEALTH, lines=HEALTH)), 110
    yield "slip-case", slip_pdf(replace(slip, kind=SlipKind.CASE, lines=CASE, case_no="SY-2026-000317")), 110


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for language in Language:
        for name, pdf, dpi in documents(language):
            with pypdfium2.PdfDocument(pdf) as document:
                picture = document[0].render(scale=dpi / 72).to_pil().quantize(32)
            picture.save(folder / f"print-{name}.{language.value}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
