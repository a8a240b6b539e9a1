"""Who reads codes: this product, and bare libraries, each as its documentation shows it."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

import zxingcpp

from station_app.scanning.decoder import Decoder
from station_app.scanning.frame_reader import FrameReader
from station_app.scanning.opencv import cv2
from station_app.scanning.readings import Picture

Reader = Callable[[Picture], Iterable[str]]

PRODUCT = "this product"
ZXING, ZBAR = "zxing-cpp", "pyzbar"


def still_readers() -> dict[str, Reader]:
    """The product first, as it reads still pictures, then each library alone: one call a picture in grey."""
    decoder = Decoder()
    return {PRODUCT: lambda grey: (reading.text for reading in decoder.read_still(grey)), **_libraries()}


def frame_readers() -> dict[str, Reader]:
    """The same, with the product as it reads the frames of a camera."""
    reader = FrameReader(Decoder())
    return {PRODUCT: lambda grey: (reading.text for reading in reader.read(grey)), **_libraries()}


def _libraries() -> dict[str, Reader]:
    result: dict[str, Reader] = {ZXING: zxing_alone}
    with suppress(ImportError):
        from pyzbar import pyzbar

        def zbar_alone(grey: Picture) -> Iterable[str]:
            symbols = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
            return (symbol.data.decode("utf-8", errors="replace") for symbol in symbols)

        result[ZBAR] = zbar_alone
    result["OpenCV"] = _opencv_alone(cv2.QRCodeDetector())
    result["OpenCV Aruco"] = _opencv_alone(cv2.QRCodeDetectorAruco())
    return result


_ALL_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def zxing_alone(grey: Picture) -> Iterable[str]:
    """zxing-cpp with its defaults, for QR codes."""
    return (barcode.text for barcode in zxingcpp.read_barcodes(grey, formats=_ALL_QR))


def _opencv_alone(detector: Any) -> Reader:
    def read(grey: Picture) -> Iterable[str]:
        try:
            texts = detector.detectAndDecodeMulti(grey)[1]
        except (cv2.error, UnicodeDecodeError):  # its binding raises on texts that are not UTF-8
            return ()
        return (text for text in texts if text)

    return read
