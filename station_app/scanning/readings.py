"""What was read, by whom, and where in the picture."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Picture: TypeAlias = NDArray[np.uint8]
"""Pixels, 8 bits a channel: (height, width) in grey or (height, width, 3) in blue, green, red."""

Point: TypeAlias = tuple[float, float]
"""x to the right and y downwards, in pixels of the picture that was given for reading."""


Outline: TypeAlias = tuple[Point, ...]
"""The corners of a code in order around it."""


class Symbology(StrEnum):
    """The kind of code. A site reads QR codes, and of the others those that its other systems' cards bear."""

    QR = "qr"
    DATA_MATRIX = "data_matrix"
    AZTEC = "aztec"
    PDF417 = "pdf417"
    CODE_128 = "code_128"
    CODE_39 = "code_39"
    EAN = "ean"
    """EAN-13 and EAN-8, with UPC-A as the EAN-13 that it is."""
    TYPED = "typed"
    """Typed by a USB scanner or sent by a serial one, which do not say what they saw."""


ONLY_QR: Final = frozenset({Symbology.QR})
OTHER_CODES: Final = frozenset(Symbology) - ONLY_QR - {Symbology.TYPED}
LINEAR: Final = frozenset({Symbology.CODE_128, Symbology.CODE_39, Symbology.EAN})
"""Bars without error correction: a scratch can make another number of them, at worst one that checks out."""


class EngineName(StrEnum):
    """Who read it."""

    ZXING = "zxing-cpp"
    ZBAR = "pyzbar"
    WEDGE = "usb-scanner"
    SERIAL = "serial-scanner"


@dataclass(frozen=True, slots=True)
class Reading:
    """One code that was read. `text` may name a person: it is never logged.

    `outline` has the code's corners in order around it (four where the engine knows them), or none for a
    typed code.
    """

    text: str
    symbology: Symbology
    engine: EngineName
    outline: Outline = ()

    @property
    def identity(self) -> tuple[str, Symbology]:
        """What makes two readings the same code, whoever read it and wherever it lay."""
        return self.text, self.symbology


def merged(found: tuple[Reading, ...], more: tuple[Reading, ...]) -> tuple[Reading, ...]:
    """`found` with those of `more` that it does not hold yet, in order."""
    known = {reading.identity for reading in found}
    result = list(found)
    for reading in more:
        if reading.identity not in known:
            known.add(reading.identity)
            result.append(reading)
    return tuple(result)


def scaled(readings: tuple[Reading, ...], x_factor: float, y_factor: float | None = None) -> tuple[Reading, ...]:
    """`readings` of a picture that is made `x_factor` times as wide and `y_factor` (else the same) as
    high.
    """
    y_factor = x_factor if y_factor is None else y_factor
    return tuple(
        replace(reading, outline=tuple((x * x_factor, y * y_factor) for x, y in reading.outline))
        for reading in readings
    )


def moved(readings: tuple[Reading, ...], right_px: float, down_px: float) -> tuple[Reading, ...]:
    """`readings` of a region as readings of the picture that it was cut out of, at that distance from its
    corner.
    """
    return tuple(
        replace(reading, outline=tuple((x + right_px, y + down_px) for x, y in reading.outline)) for reading in readings
    )


def mirrored(readings: tuple[Reading, ...], width_px: int) -> tuple[Reading, ...]:
    """`readings` of a picture of that width as they lie in its mirror image, corners still in order around them."""
    return tuple(
        replace(reading, outline=tuple((width_px - x, y) for x, y in reversed(reading.outline))) for reading in readings
    )
