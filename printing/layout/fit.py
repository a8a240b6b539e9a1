"""Setting a text into its box: at full size, else smaller, else on more lines, else not at all."""

from dataclasses import dataclass

from printing.fonts import Run, split_runs, width_em
from printing.fonts.runs import ink_span
from printing.layout.breaks import all_pieces, balanced, natural_pieces
from printing.layout.model import TextBox
from printing.refusals import TextTooLong

MM_PER_PT = 25.4 / 72
_LEADING_EM = 1.22
_CLEARANCE_EM = 0.04
_BODY_ABOVE_EM = 0.88
_BODY_BELOW_EM = 0.12
"""The square that an ideograph is drawn in, about the baseline: what lines are placed by, whatever ink they
hold."""


@dataclass(frozen=True, slots=True)
class SetLine:
    runs: tuple[Run, ...]
    width_em: float
    baseline_em: float
    """Below the top of the block."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that fit their box at `size_pt`."""

    lines: tuple[SetLine, ...]
    height_em: float
    size_pt: float


def fit(text: str, box: TextBox) -> Block:
    """Raises MissingGlyph, and TextTooLong with the box's name where the smallest size on all lines is still
    too large."""
    one_line = _block([text], box)
    if one_line.size_pt >= box.shrink_to_pt:
        return one_line
    if not _can_ever_fit(text, box):
        raise TextTooLong(box.name)
    for pieces in (natural_pieces(text), all_pieces(text)):
        options = [
            _block(lines, box)
            for count in range(2, box.max_lines + 1)
            if (lines := balanced(pieces, count, lambda line: width_em(split_runs(line, box.weight))))
        ]
        best = max(options, key=lambda block: block.size_pt, default=None)
        if best is not None and best.size_pt >= box.wrap_to_pt:
            return best
    raise TextTooLong(box.name)


def _can_ever_fit(text: str, box: TextBox) -> bool:
    """Whether all lines together are long enough at the smallest size. Asked first, since breaking a page
    of text into lines takes long."""
    ink_em = width_em(split_runs(text.replace(" ", ""), box.weight))
    return ink_em * box.wrap_to_pt * MM_PER_PT <= box.max_lines * box.box.width_mm


def _block(texts: tuple[str, ...] | list[str], box: TextBox) -> Block:
    """The lines at the largest size, up to the box's own, at which they fit."""
    lines, height_em = _stack([split_runs(text, box.weight) for text in texts])
    widest_em = max(line.width_em for line in lines)
    size_pt = min(box.size_pt, box.box.height_mm / MM_PER_PT / height_em)
    if widest_em:
        size_pt = min(size_pt, box.box.width_mm / MM_PER_PT / widest_em)
    return Block(lines, height_em, size_pt)


def _stack(all_runs: list[tuple[Run, ...]]) -> tuple[tuple[SetLine, ...], float]:
    """Lines at the usual distance, further apart only where ink (a Vietnamese accent, a descender) would
    touch."""
    lines: list[SetLine] = []
    baseline_em = below_em = 0.0
    for runs in all_runs:
        ink = ink_span(runs)
        above_em = max(_BODY_ABOVE_EM, ink.above_em)
        baseline_em += max(_LEADING_EM, below_em + _CLEARANCE_EM + above_em) if lines else above_em
        below_em = max(_BODY_BELOW_EM, ink.below_em)
        lines.append(SetLine(runs, width_em(runs), baseline_em))
    return tuple(lines), baseline_em + below_em
