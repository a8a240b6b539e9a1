"""QR codes (ISO/IEC 18004) as rectangles that a printer's dots can show exactly."""

from collections.abc import Iterator
from dataclasses import dataclass

from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from qrcode.main import QRCode

from printing.refusals import CodeTooDense

QUIET_ZONE_MODULES = 4
MIN_DOTS_PER_MODULE = 3


@dataclass(frozen=True, slots=True)
class QrCode:
    version: int
    modules: tuple[tuple[bool, ...], ...]
    """Rows from the top; true is dark. Without the quiet zone."""

    @property
    def size_modules(self) -> int:
        return len(self.modules)

    @property
    def size_with_quiet_zone_modules(self) -> int:
        return self.size_modules + 2 * QUIET_ZONE_MODULES


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of dark modules, counted from the code's upper left."""

    column: int
    row: int
    width: int
    height: int


def qr_code(text: str) -> QrCode:
    """`text` at level M in the smallest version; Base45 goes in alphanumeric mode. Raises CodeTooDense beyond
    version 40."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text, optimize=0)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        raise CodeTooDense(f"{len(text)} characters are more than a code holds") from error
    return QrCode(code.version, tuple(tuple(map(bool, row)) for row in code.get_matrix()))


def blocks(code: QrCode) -> tuple[Block, ...]:
    """The dark modules, each covered once, as few rectangles: runs in a row, joined with the same run in the
    rows below."""
    finished: list[Block] = []
    growing: dict[tuple[int, int], Block] = {}
    for row_number, row in enumerate(code.modules):
        grown: dict[tuple[int, int], Block] = {}
        for column, width in _dark_runs(row):
            above = growing.pop((column, width), None)
            top, height = (above.row, above.height + 1) if above else (row_number, 1)
            grown[column, width] = Block(column, top, width, height)
        finished += growing.values()
        growing = grown
    return tuple(sorted([*finished, *growing.values()], key=lambda block: (block.row, block.column)))


def _dark_runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    start = None
    for column, dark in enumerate((*row, False)):
        if dark and start is None:
            start = column
        elif not dark and start is not None:
            yield start, column - start
            start = None


def dots_per_module(code: QrCode, side_mm: float, dots_per_inch: int) -> int:
    """Whole printer dots for one module, so that all are equally wide, with the quiet zone inside `side_mm`.

    Raises CodeTooDense below three dots: at 300 dpi that is a quarter of a millimetre, the least that a
    webcam resolves.
    """
    dots = int(side_mm / 25.4 * dots_per_inch / code.size_with_quiet_zone_modules)
    if dots < MIN_DOTS_PER_MODULE:
        raise CodeTooDense(f"version {code.version} in {side_mm} mm at {dots_per_inch} dpi")
    return dots
