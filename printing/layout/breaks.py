"""Where a text may be broken into lines, and how to break it evenly."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate, pairwise
from math import inf

_BREAK_AFTER = frozenset("·•‧・ -－—/、，；")
_NEVER_FIRST = frozenset("·•‧・、，。；：！？）》」』】〉”’%°,.;:!?)]}")
_NEVER_LAST = frozenset("（《「『【〈“‘([{")
_FIRST_WIDE = "\u2e80"
"""From here on Unicode has ideographs, kana and full-width forms, between which a line may end anywhere."""


def natural_pieces(text: str) -> tuple[str, ...]:
    """`text` cut after the dots, spaces and hyphens that part a name."""
    return _cut(text, lambda before, after: before in _BREAK_AFTER and after not in _BREAK_AFTER)


def all_pieces(text: str) -> tuple[str, ...]:
    """`text` cut wherever Chinese typesetting allows (after CLREQ §3.1.3): no punctuation that closes begins
    a line, none that opens ends one, and words of other scripts stay whole."""
    return _cut(text, _may_break)


def _may_break(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST or after == " ":
        return False
    return before in _BREAK_AFTER or before >= _FIRST_WIDE or after >= _FIRST_WIDE


def _cut(text: str, breaks: Callable[[str, str], bool]) -> tuple[str, ...]:
    pieces = [text[:1]]
    for before, after in pairwise(text):
        if breaks(before, after):
            pieces.append(after)
        else:
            pieces[-1] += after
    return tuple(pieces)


def balanced(pieces: Sequence[str], count: int, width: Callable[[str], float]) -> tuple[str, ...] | None:
    """The pieces joined to `count` lines, the widest as narrow as can be; None where there are fewer pieces.

    `width` is that of a text, and the sum of those of its parts; spaces at a line's end do not count.
    """
    if count > len(pieces):
        return None
    starts = [0.0, *accumulate(width(piece) for piece in pieces)]
    last = [width(piece.rstrip()) for piece in pieces]

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[int, ...]]:
        """The widest line, and where each line ends."""
        if lines == 1:
            return line_width(start, len(pieces)), (len(pieces),)
        found: tuple[float, tuple[int, ...]] = (inf, ())
        for end in range(start + 1, len(pieces) - lines + 2):
            rest_width, rest = best(end, lines - 1)
            widest = max(line_width(start, end), rest_width)
            if widest < found[0]:
                found = (widest, (end, *rest))
        return found

    def line_width(start: int, end: int) -> float:
        return starts[end - 1] - starts[start] + last[end - 1]

    ends = best(0, count)[1]
    return tuple("".join(pieces[start:end]).strip() for start, end in pairwise((0, *ends)))
