"""Several codes in view: all of them are told at once and in an order that does not depend on chance."""

from itertools import pairwise

from station_app.scanning.readings import Outline, Reading, Symbology

TOGETHER_MS = 500
"""Codes that begin to count so soon after one another lay before the camera together: nobody changes cards faster,
but an engine may read the second a few frames later than the first."""


def biggest_first(readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """`readings` of one picture by the area of their outlines: what is held out to the camera is the biggest.

    Of the same area the upper, then the left one comes first, and last their texts decide.
    """
    return tuple(sorted(readings, key=_rank))


def area_px(outline: Outline) -> float:
    """What `outline` encloses, in square pixels; 0 without corners."""
    closed = (*outline, *outline[:1])
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(closed))) / 2


def _rank(reading: Reading) -> tuple[bool, float, float, float, str]:
    """Without an outline last: a row of bars has one, but perhaps no area."""
    corners = reading.outline or ((0.0, 0.0),)
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    return not reading.outline, -area_px(reading.outline), top, left, reading.text


class Together:
    """Remembers which codes have just begun to count, so that one read a little later does not displace them.

    In the time of the frames. For one thread.
    """

    def __init__(self) -> None:
        self._counted: dict[tuple[str, Symbology], tuple[Reading, int]] = {}

    def told(self, fresh: tuple[Reading, ...], in_view: tuple[Reading, ...], at_ms: int | None) -> tuple[Reading, ...]:
        """What to tell of a frame of the time `at_ms` in which `fresh` begin to count, the biggest first.

        With them comes what has begun within `TOGETHER_MS`, outlined as it is `in_view` where it was read again. A
        still picture stands alone.
        """
        if not fresh or at_ms is None:
            return biggest_first(fresh)
        lately = {key: seen for key, seen in self._counted.items() if 0 <= at_ms - seen[1] <= TOGETHER_MS}
        where = {reading.identity: reading for reading in in_view}
        before = tuple(where.get(key, reading) for key, (reading, _) in lately.items())
        self._counted = lately | {reading.identity: (reading, at_ms) for reading in fresh}
        return biggest_first((*fresh, *(reading for reading in before if reading not in fresh)))
