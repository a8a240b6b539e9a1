"""What to tell people while nothing is read: too dark, too bright, blurred, too small, cut off.

Where the engine finds a code and cannot read it, what is wrong with that place is said; else only what is wrong with
the whole picture. The limits were set on the frames of ``bench scan_sweep``: a hint comes where reading begins to fail.
"""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from station_app.scanning.opencv import cv2
from station_app.scanning.readings import Outline, Picture

_DARK, _BRIGHT = 45, 225
"""Greys: a picture of which nearly all is darker than the one, or most is brighter than the other."""
_SMALL_PX = 90
"""A card's code of 53 modules reads from 1.75 pixels a module on."""
_EDGE_PX = 3
_SOFT = 0.18
"""The strongest step between neighbouring pixels, as part of the contrast: a sharp edge takes it at once."""
LASTS_MS = 800


class Hint(StrEnum):
    """Each value is a key below ``scanning.hint`` in the texts."""

    TOO_DARK = "too_dark"
    TOO_BRIGHT = "too_bright"
    CUT_OFF = "cut_off"
    TOO_SMALL = "too_small"
    BLURRED = "blurred"


def hint_of(grey: Picture, unread: tuple[Outline, ...]) -> Hint | None:
    """What is wrong with `grey`, in which nothing was read and the outlines `unread` look like codes."""
    small = cv2.resize(grey, (160, 90), interpolation=cv2.INTER_AREA)
    if np.percentile(small, 95) < _DARK:
        return Hint.TOO_DARK
    if np.percentile(small, 30) > _BRIGHT:
        return Hint.TOO_BRIGHT
    if not unread:
        return None
    return _trouble_of(grey, max(unread, key=_longest_side))


def _trouble_of(grey: Picture, place: Outline) -> Hint | None:
    corners = np.array(place)
    height, width = grey.shape
    if corners.min() < _EDGE_PX or corners[:, 0].max() > width - _EDGE_PX or corners[:, 1].max() > height - _EDGE_PX:
        return Hint.CUT_OFF
    if _longest_side(place) < _SMALL_PX:
        return Hint.TOO_SMALL
    return Hint.BLURRED if _softness(grey, corners) < _SOFT else None


def _softness(grey: Picture, corners: NDArray[np.float64]) -> float:
    (left, top), (right, bottom) = corners.min(axis=0).astype(int), corners.max(axis=0).astype(int)
    region = grey[top : bottom + 1, left : right + 1].astype(np.float32)
    contrast = float(np.percentile(region, 95) - np.percentile(region, 5))
    steps = np.abs(np.diff(region, axis=1))
    return float(np.percentile(steps, 98)) / contrast if contrast > 1 else 0.0


def _longest_side(place: Outline) -> float:
    corners = np.array(place)
    return float(np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1).max())


class LastingHint:
    """Lets a hint be said once it has held for a while, and taken back likewise: words that flicker help nobody."""

    def __init__(self) -> None:
        self.said: Hint | None = None
        self._coming: Hint | None = None
        self._since_ms = 0

    def settle(self, hint: Hint | None, at_ms: int) -> Hint | None:
        """What is to be said at `at_ms`, when `hint` is what the frame gives."""
        if hint is not self._coming:
            self._coming, self._since_ms = hint, at_ms
        if at_ms - self._since_ms >= LASTS_MS:
            self.said = hint
        return self.said
