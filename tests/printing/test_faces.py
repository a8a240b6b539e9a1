"""Which face shows which character, and what a reader copies out of the PDF."""

import io
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from printing.fonts import Weight, compose, split_runs
from printing.fonts.embedding import to_unicode_cmap
from printing.refusals import MissingGlyph
from resources.texts import Language

COPIED = "乐刚𪨊𠮷野家𬸪䶮 Nguyễn Пётр·Siobhán"


def test_a_text_is_split_where_the_main_face_ends() -> None:
    runs = split_runs("乐刚𪨊·𠮷野", Weight.BOLD)
    assert [(run.text, run.fallback) for run in runs] == [
        ("乐刚", False),
        ("𪨊", True),
        ("·", False),
        ("𠮷", True),
        ("野", False),
    ]


@pytest.mark.parametrize("character", ["ᠪ", "\u9ff0", "\u4db6", "😀", "\t", "\u200b", "\U000e0100"])
def test_a_character_without_a_glyph_is_refused_by_name(character: str) -> None:
    with pytest.raises(MissingGlyph) as refusal:
        split_runs(f"王{character}", Weight.REGULAR)
    assert refusal.value.character == character
    assert f"U+{ord(character):04X}" in refusal.value.in_words(Language.CHINESE)
    assert character in refusal.value.in_words(Language.ENGLISH)


def test_marks_are_composed_and_what_cannot_be_is_refused() -> None:
    assert compose(unicodedata.normalize("NFD", "Nguyễn")) == "Nguyễn"
    with pytest.raises(MissingGlyph):
        split_runs("x\u0301", Weight.REGULAR)


def test_a_compatibility_ideograph_stays_what_it_is() -> None:
    assert compose("\ufa0e\uf900") == "\ufa0e\uf900"


def test_the_rare_face_is_loaded_only_when_needed() -> None:
    code = (
        "from printing.fonts import Face, Weight, split_runs\n"
        "split_runs('赵芳·Nguyễn', Weight.BOLD); before = sorted(Face._loaded)\n"
        "split_runs('𪨊', Weight.BOLD); print(before, sorted(Face._loaded))"
    )
    root = Path(__file__).resolve().parents[2]
    answer = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "['NotoSansSC-Bold'] ['HanaMinB', 'NotoSansSC-Bold']"


def test_pdftotext_copies_every_character_out_right(tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    text = canvas.beginText(40, 700)
    for run in split_runs(COPIED, Weight.REGULAR):
        text.setFont(run.face.font_name, 20)
        text.textOut(run.text)
    canvas.drawText(text)
    canvas.save()
    (tmp_path / "text.pdf").write_bytes(out.getvalue())
    copied = subprocess.run(["pdftotext", tmp_path / "text.pdf", "-"], capture_output=True, check=True).stdout.decode()
    assert copied.strip() == COPIED


def test_the_map_to_unicode_has_surrogates_and_short_sections() -> None:
    cmap = to_unicode_cmap("F", [0, ord("A"), 0x20BB7, *range(0x4E00, 0x4E00 + 150)])
    assert "<00>" not in cmap.split("endcodespacerange")[1]
    assert "<01> <0041>" in cmap
    assert "<02> <D842DFB7>" in cmap
    assert [line for line in cmap.splitlines() if "beginbfchar" in line] == [
        "100 beginbfchar",
        "52 beginbfchar",
    ]
