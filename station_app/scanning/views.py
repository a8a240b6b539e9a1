"""Other views of one picture, in which a code that was missed may show: bigger, sharper, evenly lit."""

from functools import cached_property

import numpy as np

from station_app.scanning.opencv import cv2
from station_app.scanning.readings import Picture

_MOST_DOUBLED_PX = 1600 * 1600
"""Larger pictures are not doubled: their codes are not short of pixels."""


class Views:
    """A grey picture and what is made of it. Views that several attempts want are made once."""

    def __init__(self, grey: Picture) -> None:
        self.plain = grey

    @cached_property
    def doubled(self) -> Picture:
        """Twice as wide and high, unless it is large already."""
        is_large = self.plain.size > _MOST_DOUBLED_PX
        return self.plain if is_large else resized(self.plain, 2.0)


def resized(grey: Picture, factor: float, height_factor: float | None = None) -> Picture:
    """`grey` at `factor` times its size, smooth both ways.

    With a `height_factor` of its own it is stretched: codes seen from the side become square again.
    """
    height_factor = factor if height_factor is None else height_factor
    how = cv2.INTER_CUBIC if max(factor, height_factor) > 1 else cv2.INTER_AREA
    height, width = grey.shape
    size = (max(1, round(width * factor)), max(1, round(height * height_factor)))
    return _pixels(cv2.resize(grey, size, interpolation=how))


def sharpened(grey: Picture) -> Picture:
    """Unsharp mask: edges that lens and motion have softened stand out again."""
    soft = cv2.GaussianBlur(grey, (0, 0), 2.0)
    return _pixels(cv2.addWeighted(grey, 2.5, soft, -1.5, 0))


def softened(grey: Picture, sigma_px: float) -> Picture:
    """Blurred: the grid of a screen and grain vanish, modules stay."""
    return _pixels(cv2.GaussianBlur(grey, (0, 0), sigma_px))


def evened(grey: Picture) -> Picture:
    """Divided by its own background: shadows and bright spots level out.

    The background is found in a picture of a sixteenth of the size, where a wide blur costs next to nothing.
    """
    height, width = grey.shape
    small = cv2.resize(grey, (max(1, width // 16), max(1, height // 16)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), max(1.0, max(small.shape) / 24))
    background = cv2.resize(soft, (width, height), interpolation=cv2.INTER_LINEAR)
    return _pixels(cv2.divide(grey, background, scale=200))


def locally_stretched(grey: Picture) -> Picture:
    """Contrast brought out in each of 8 × 8 tiles (CLAHE)."""
    return _pixels(cv2.createCLAHE(3.0, (8, 8)).apply(grey))


def with_gamma(grey: Picture, gamma: float) -> Picture:
    """Midtones brighter (`gamma` below 1) or darker (above)."""
    table = (np.linspace(0, 1, 256) ** gamma * 255).astype(np.uint8)
    return _pixels(cv2.LUT(grey, table))


def without_specks(grey: Picture) -> Picture:
    """Each pixel the median of the 5 × 5 around it: grain, cracks and thin lines vanish, edges stay."""
    return _pixels(cv2.medianBlur(grey, 5))


def thickened(grey: Picture) -> Picture:
    """Dark parts a pixel wider on every side: glare and bad print eat them away."""
    return _pixels(cv2.erode(grey, np.ones((3, 3), dtype=np.uint8)))


def in_black_and_white(grey: Picture, block_px: int = 25) -> Picture:
    """Each pixel against the mean of the `block_px` × `block_px` around it."""
    return _pixels(cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, block_px, 5))


def _pixels(picture: object) -> Picture:
    """What OpenCV returns, for the type checker: its own types allow any pixel."""
    return np.asarray(picture, dtype=np.uint8)
