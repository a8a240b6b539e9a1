"""Cards of other systems: bars and matrices that are no QR, where a site has switched them on."""

import numpy as np
import pytest
import zxingcpp

from station_app.scanning.decoder import Decoder
from station_app.scanning.frame_reader import FrameReader
from station_app.scanning.readings import ONLY_QR, OTHER_CODES, Picture, Symbology

CODES = {
    Symbology.DATA_MATRIX: (zxingcpp.BarcodeFormat.DataMatrix, "SY00001234"),
    Symbology.AZTEC: (zxingcpp.BarcodeFormat.Aztec, "SY00001234"),
    Symbology.PDF417: (zxingcpp.BarcodeFormat.PDF417, "SY00001234/210106"),
    Symbology.CODE_128: (zxingcpp.BarcodeFormat.Code128, "SY00001234"),
    Symbology.CODE_39: (zxingcpp.BarcodeFormat.Code39, "SY00001234"),
    Symbology.EAN: (zxingcpp.BarcodeFormat.EAN13, "6901234567892"),
}
TURNS = 6
"""Frames in which other codes have had their turn thrice."""


def card_with(symbology: Symbology) -> Picture:
    form, text = CODES[symbology]
    code = np.array(zxingcpp.create_barcode(text, form).to_image(scale=3))
    frame = np.full((720, 1280), 200, dtype=np.uint8)
    frame[200 : 200 + code.shape[0], 300 : 300 + code.shape[1]] = code
    return frame


def test_every_other_kind_is_among_the_cases() -> None:
    assert CODES.keys() == OTHER_CODES


@pytest.mark.parametrize("symbology", sorted(OTHER_CODES))
def test_is_read_where_it_is_switched_on(symbology: Symbology) -> None:
    (still,) = Decoder(ONLY_QR | {symbology}).read_still(card_with(symbology))
    assert (still.text, still.symbology) == (CODES[symbology][1], symbology)
    reader = FrameReader(Decoder(ONLY_QR | {symbology}))
    assert any(reader.read(card_with(symbology)) == (still,) for _ in range(TURNS))


@pytest.mark.parametrize("symbology", sorted(OTHER_CODES))
def test_is_nothing_where_it_is_not(symbology: Symbology) -> None:
    assert Decoder().read_still(card_with(symbology)) == ()
    reader = FrameReader(Decoder(OTHER_CODES - {symbology}))
    assert not any(reader.read(card_with(symbology)) for _ in range(TURNS))


def test_what_reads_once_is_tried_first_on_the_next_frame() -> None:
    reader = FrameReader(Decoder(ONLY_QR | {Symbology.CODE_128}))
    frame = card_with(Symbology.CODE_128)
    first = next(number for number in range(TURNS) if reader.read(frame))
    assert first < TURNS
    assert all(reader.read(frame) for _ in range(5))
