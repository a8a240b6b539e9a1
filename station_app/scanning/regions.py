"""A closer look at places where zxing-cpp sees a code and cannot read it."""

from collections.abc import Callable

import numpy as np

from station_app.scanning import views
from station_app.scanning.readings import Outline, Picture, Reading, moved, scaled
from station_app.scanning.zxing_engine import ZxingEngine

_MARGIN = 0.25
"""Of the code's longer side, on every side: the quiet zone, and corners that were guessed too far in."""

_WORKING_SIZE_PX = 700
_MOST_ENLARGED = 4.0
_SMALLEST_PX = 20
_MOST_PLACES = 4
"""A wall of patterns shows many seeming codes; the biggest are looked at."""

_TREATMENTS: tuple[Callable[[Picture], Picture], ...] = (
    lambda region: region,
    views.sharpened,
    lambda region: views.softened(region, 2.0),
    lambda region: views.softened(region, 3.5),
    views.evened,
)


def unexplained(places: tuple[Outline, ...], readings: tuple[Reading, ...]) -> tuple[Outline, ...]:
    """Those of `places` whose middle lies in the bounds of none of the `readings`: codes that are still to be
    read.
    """
    return tuple(place for place in places if not any(_holds(reading.outline, place) for reading in readings))


def read_places(
    grey: Picture, places: tuple[Outline, ...], engine: ZxingEngine, *, most: int = _MOST_PLACES
) -> tuple[Reading, ...]:
    """What `engine` reads in the biggest `most` of `places` (outlines in `grey`) once cut out and
    enlarged.
    """
    found: list[Reading] = []
    for outline in sorted(places, key=_longest_side, reverse=True)[:most]:
        found += _read_place(grey, outline, engine)
    return tuple(found)


def _read_place(grey: Picture, outline: Outline, engine: ZxingEngine) -> tuple[Reading, ...]:
    side = _longest_side(outline)
    if side < _SMALLEST_PX:
        return ()
    left, top, region = _cut_out(grey, outline, side * _MARGIN)
    if region.size == 0:
        return ()
    factor = min(_MOST_ENLARGED, max(1.0, _WORKING_SIZE_PX / max(region.shape)))
    enlarged = views.resized(region, factor)
    for treatment in _TREATMENTS:
        if found := engine.read(treatment(enlarged)):
            return moved(scaled(found, 1 / factor), left, top)
    return ()


def _cut_out(grey: Picture, outline: Outline, margin_px: float) -> tuple[int, int, Picture]:
    corners = np.array(outline)
    left, top = np.maximum(corners.min(axis=0) - margin_px, 0).astype(int)
    right, bottom = np.maximum(corners.max(axis=0) + margin_px, 0).astype(int)
    return int(left), int(top), np.ascontiguousarray(grey[top:bottom, left:right])


def _longest_side(outline: Outline) -> float:
    corners = np.array(outline)
    return float(np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1).max())


def _holds(outline: Outline, place: Outline) -> bool:
    corners = np.array(outline)
    middle = np.array(place).mean(axis=0)
    return bool(np.all(corners.min(axis=0) <= middle) and np.all(middle <= corners.max(axis=0)))
