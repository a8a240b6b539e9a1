"""The modules of a code: as another library makes them, each covered once, none too small to see."""

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from printing.qr import blocks, dots_per_module, qr_code
from printing.refusals import CodeTooDense

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"


@given(st.text(BASE45, min_size=1, max_size=300).filter(lambda text: not text.isdigit()))
def test_the_version_is_the_smallest_for_alphanumeric_at_level_m(text: str) -> None:
    other = segno.make(text, error="M", mode="alphanumeric", micro=False, boost_error=False)
    assert qr_code(text).version == other.version


@pytest.mark.parametrize(("length", "version"), [(190, 8), (221, 8), (222, 9), (240, 9)])
def test_a_cards_code_stays_small(length: int, version: int) -> None:
    code = qr_code(("AB:$" * 60)[:length])
    assert (code.version, code.size_modules) == (version, 17 + 4 * version)


def test_the_level_is_written_in_the_code() -> None:
    """ISO/IEC 18004 §7.9: the first two format bits, under the mask 101010000010010, say it; 00 is M."""
    modules = qr_code("AB:$" * 50).modules
    bits = [modules[8][0], modules[8][1]]
    assert [bit ^ mask for bit, mask in zip(bits, (True, False), strict=True)] == [False, False]


@given(st.text(BASE45, min_size=1, max_size=120))
def test_blocks_cover_every_dark_module_once(text: str) -> None:
    code = qr_code(text)
    counts = [[0] * code.size_modules for _ in range(code.size_modules)]
    for block in blocks(code):
        for row in range(block.row, block.row + block.height):
            for column in range(block.column, block.column + block.width):
                counts[row][column] += 1
    assert counts == [[int(dark) for dark in row] for row in code.modules]


def test_modules_are_whole_dots_and_never_too_small() -> None:
    assert dots_per_module(qr_code("A" * 221), 26, 300) == 5
    assert dots_per_module(qr_code("A" * 240), 26, 300) == 5
    with pytest.raises(CodeTooDense):
        dots_per_module(qr_code("A" * 1500), 22, 300)
    with pytest.raises(CodeTooDense):
        qr_code("A" * 5000)
