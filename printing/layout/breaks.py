"""Where a text may be broken into lines, and how to break it evenly."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
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
    """The pieces joined to `count` lines whose widest is as narrow as can be; None where there are fewer
    pieces."""
    if count > len(pieces):
        return None

    @cache
    def line(start: int, end: int) -> tuple[float, str]:
        text = "".join(pieces[start:end]).strip()
        return width(text), text

    @cache
    def best(start: int, lines: int) -> tuple[float, tuple[str, ...]]:
        if lines == 1:
            widest, text = line(start, len(pieces))
            return widest, (text,)
        found: tuple[float, tuple[str, ...]] = (inf, ())
        for end in range(start + 1, len(pieces) - lines + 2):
            first_width, text = line(start, end)
            rest_width, rest = best(end, lines - 1)
            found = min(found, (max(first_width, rest_width), (text, *rest)), key=lambda option: option[0])
        return found

    return best(0, count)[1]
