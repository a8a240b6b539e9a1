"""The attempts to read a picture, cheapest and most fruitful first.

The order was found on photographs: each attempt stands where it reads most of what those before it left, for
its time.
"""

from collections.abc import Callable
from dataclasses import dataclass

from station_app.scanning.readings import EngineName, Picture, Reading, scaled
from station_app.scanning.views import (
    Views,
    evened,
    in_black_and_white,
    locally_stretched,
    resized,
    sharpened,
    softened,
    thickened,
    with_gamma,
    without_specks,
)
from station_app.scanning.zbar_engine import ZbarEngine
from station_app.scanning.zxing_engine import Threshold, ZxingEngine


@dataclass(frozen=True, slots=True)
class Engines:
    """Who can read on this computer."""

    zxing: ZxingEngine
    zbar: ZbarEngine | None
    others: ZxingEngine | None = None
    """For codes that are no QR, where the site has such cards."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One attempt: a view of the picture and the engine that looks at it."""

    name: str
    engine: EngineName
    view: Callable[[Views], Picture]
    thorough: bool = True
    threshold: Threshold = Threshold.LOCAL
    for_others: bool = False

    def read(self, picture: Views, engines: Engines) -> tuple[Reading, ...]:
        """What this attempt reads, with outlines in the pixels of the plain picture. Nothing without its
        engine.
        """
        view = self.view(picture)
        if self.engine is EngineName.ZBAR:
            found = engines.zbar.read(view) if engines.zbar else ()
        elif zxing := engines.others if self.for_others else engines.zxing:
            found = zxing.read(view, thorough=self.thorough, threshold=self.threshold)
        else:
            found = ()
        height, width = picture.plain.shape
        return scaled(found, width / view.shape[1], height / view.shape[0])


def _zxing(
    name: str,
    view: Callable[[Views], Picture],
    *,
    thorough: bool = True,
    threshold: Threshold = Threshold.LOCAL,
) -> Rung:
    return Rung(name, EngineName.ZXING, view, thorough, threshold)


def _zbar(name: str, view: Callable[[Views], Picture]) -> Rung:
    return Rung(name, EngineName.ZBAR, view)


DOUBLED = _zxing("doubled", lambda picture: picture.doubled, thorough=False)
"""The second look at every frame: codes of two or three pixels a module show."""

OTHERS = Rung("other codes", EngineName.ZXING, lambda picture: picture.plain, for_others=True)
"""Codes that are no QR: five to thirty times the time of the first look, by how many kinds there are."""

RUNGS: tuple[Rung, ...] = (
    _zxing("doubled, brighter", lambda picture: with_gamma(picture.doubled, 0.5), thorough=False),
    _zbar("half size, zbar", lambda picture: resized(picture.plain, 0.5)),
    _zxing("darker", lambda picture: with_gamma(picture.plain, 2.2)),
    _zxing("without specks", lambda picture: without_specks(picture.plain)),
    _zxing("one threshold", lambda picture: picture.plain, threshold=Threshold.GLOBAL),
    _zxing("half as big again", lambda picture: resized(picture.plain, 1.5)),
    _zxing("doubled, stretched", lambda picture: locally_stretched(picture.doubled), thorough=False),
    _zxing("doubled, evened", lambda picture: evened(picture.doubled), thorough=False),
    _zbar("black and white, zbar", lambda picture: in_black_and_white(picture.plain)),
    _zxing("twice as wide", lambda picture: resized(picture.plain, 2.0, 1.0)),
    _zxing("twice as high", lambda picture: resized(picture.plain, 1.0, 2.0)),
    _zxing("thicker", lambda picture: thickened(picture.plain)),
    _zxing("much darker", lambda picture: with_gamma(picture.plain, 4.0)),
    _zxing("much brighter", lambda picture: with_gamma(picture.plain, 0.25)),
    _zxing("doubled, darker", lambda picture: with_gamma(picture.doubled, 3.0), thorough=False),
    _zxing("doubled, sharpened", lambda picture: sharpened(picture.doubled), thorough=False),
    _zbar("sharpened, zbar", lambda picture: sharpened(picture.plain)),
    _zbar("softened, zbar", lambda picture: softened(picture.plain, 1.5)),
    _zxing("smooth black and white", lambda picture: in_black_and_white(softened(picture.plain, 1.0), 101)),
)
"""Tried in this order, after the picture as it is and `DOUBLED`."""

SURE_RUNGS = 7
"""So many of them are tried on every still picture, whatever was read before: they find codes beside
others.
"""
