"""zxing-cpp: the engine that reads most, in the least time. It comes with the Python package and needs
nothing of the system.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import zxingcpp

from station_app.scanning.payloads import text_of
from station_app.scanning.readings import ONLY_QR, EngineName, Outline, Picture, Reading, Symbology

_FORMATS: Mapping[Symbology, tuple[zxingcpp.BarcodeFormat, ...]] = {
    Symbology.QR: (zxingcpp.BarcodeFormat.QRCodeModel1, zxingcpp.BarcodeFormat.QRCodeModel2),
    Symbology.DATA_MATRIX: (zxingcpp.BarcodeFormat.DataMatrix,),
    Symbology.AZTEC: (zxingcpp.BarcodeFormat.Aztec,),
    Symbology.PDF417: (zxingcpp.BarcodeFormat.PDF417,),
    Symbology.CODE_128: (zxingcpp.BarcodeFormat.Code128,),
    Symbology.CODE_39: (zxingcpp.BarcodeFormat.Code39,),
    Symbology.EAN: (zxingcpp.BarcodeFormat.EAN13, zxingcpp.BarcodeFormat.EAN8),
}
"""Not Micro QR and rMQR: their checks are so weak that ordinary pictures hold some by chance. All kinds of
code at once take ten times as long.
"""

_SYMBOLOGY_OF: Mapping[zxingcpp.BarcodeFormat, Symbology] = {
    zxingcpp.BarcodeFormat.QRCode: Symbology.QR,
    zxingcpp.BarcodeFormat.DataMatrix: Symbology.DATA_MATRIX,
    zxingcpp.BarcodeFormat.Aztec: Symbology.AZTEC,
    zxingcpp.BarcodeFormat.PDF417: Symbology.PDF417,
    zxingcpp.BarcodeFormat.Code128: Symbology.CODE_128,
    zxingcpp.BarcodeFormat.Code39: Symbology.CODE_39,
    zxingcpp.BarcodeFormat.EANUPC: Symbology.EAN,
}

_DECLARES_CHARACTER_SET = frozenset({"]Q2", "]Q4", "]Q6"})
"""Symbology identifiers (ISO/IEC 15424) of QR codes whose content follows the ECI protocol."""


class Threshold(Enum):
    """How grey becomes black and white."""

    LOCAL = zxingcpp.Binarizer.LocalAverage
    GLOBAL = zxingcpp.Binarizer.GlobalHistogram


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one look at a picture gave: codes that were read, and the outlines of those that were found but
    not read.
    """

    readings: tuple[Reading, ...]
    unread: tuple[Outline, ...]


class ZxingEngine:
    """Reads codes of the `symbologies`: by default QR, models 1 and 2. Any thread may use it."""

    name = EngineName.ZXING

    def __init__(self, symbologies: frozenset[Symbology] = ONLY_QR) -> None:
        self._formats = zxingcpp.BarcodeFormats([form for each in sorted(symbologies) for form in _FORMATS[each]])

    def read(
        self, picture: Picture, *, thorough: bool = True, threshold: Threshold = Threshold.LOCAL
    ) -> tuple[Reading, ...]:
        """All codes in `picture`. Not `thorough`: upright, dark on light and at the given size only, in a
        third of the time.
        """
        return self.look(picture, thorough=thorough, threshold=threshold).readings

    def look(self, picture: Picture, *, thorough: bool = True, threshold: Threshold = Threshold.LOCAL) -> Sighting:
        """As `read`, and where it saw a code that it could not read."""
        barcodes = zxingcpp.read_barcodes(
            picture,
            formats=self._formats,
            try_rotate=thorough,
            try_downscale=thorough,
            try_invert=thorough,
            text_mode=zxingcpp.TextMode.Plain,
            binarizer=threshold.value,
            return_errors=True,
        )
        readings = tuple(_reading(barcode) for barcode in barcodes if barcode.valid)
        unread = tuple(_outline(barcode) for barcode in barcodes if not barcode.valid)
        return Sighting(tuple(reading for reading in readings if reading.text), unread)


def _reading(barcode: zxingcpp.Barcode) -> Reading:
    declared = barcode.symbology_identifier in _DECLARES_CHARACTER_SET
    text = text_of(barcode.bytes, barcode.text, declared=declared)
    return Reading(text, _SYMBOLOGY_OF[barcode.symbology], EngineName.ZXING, _outline(barcode))


def _outline(barcode: zxingcpp.Barcode) -> Outline:
    place = barcode.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return tuple((float(corner.x), float(corner.y)) for corner in corners)
