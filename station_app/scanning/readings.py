"""What was read, by whom, and where in the picture."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
"""Pixels, 8 bits a channel: (height, width) in grey or (height, width, 3) in blue, green, red."""

Point: TypeAlias = tuple[float, float]
"""x to the right and y downwards, in pixels of the picture that was given for reading."""


class Symbology(StrEnum):
    """The kind of code."""

    QR = "qr"
    MICRO_QR = "micro_qr"
    RMQR = "rmqr"
    TYPED = "typed"
    """Typed by a USB scanner, which does not say what it saw."""


class EngineName(StrEnum):
    """Who read it."""

    ZXING = "zxing-cpp"
    ZBAR = "pyzbar"
    WEDGE = "usb-scanner"


@dataclass(frozen=True, slots=True)
class Reading:
    """One code that was read. `text` may name a person: it is never logged.

    `outline` has the code's corners in order around it (four where the engine knows them), or none for a
    typed code.
    """

    text: str
    symbology: Symbology
    engine: EngineName
    outline: tuple[Point, ...] = ()

    @property
    def identity(self) -> tuple[str, Symbology]:
        """What makes two readings the same code, whoever read it and wherever it lay."""
        return self.text, self.symbology

    @property
    def area_px(self) -> float:
        """The area within the outline (shoelace formula), 0 without one."""
        shifted = self.outline[1:] + self.outline[:1]
        doubled = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in zip(self.outline, shifted, strict=True))
        return abs(doubled) / 2


def merged(found: tuple[Reading, ...], more: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """`found` with those of `more` that it does not hold yet, in order."""
    known = {reading.identity for reading in found}
    result = list(found)
    for reading in more:
        if reading.identity not in known:
            known.add(reading.identity)
            result.append(reading)
    return tuple(result)
