"""From a still frame to a verdict, as the camera's path does it."""

from collections.abc import Callable

import numpy as np
import qrcode
import zxingcpp

from bench._timing import interleaved
from station_app.scanning.decoder import Decoder
from station_app.scanning.frame_reader import FrameReader
from station_app.scanning.pictures import in_grey
from station_app.scanning.readings import Picture
from station_app.station.counter import Counter
from station_app.station.station import Station

MODULE_PX = 5
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def verdict_times(station: Station, text: str, rounds: int) -> dict[str, list[float]]:
    """Milliseconds for a card with the code `text`: ``verdict`` (a frame decoded, verified, its holder found, the rules
    asked for every service on offer), ``decoding`` of the frame, and ``bare`` zxing-cpp on it.
    """
    frame, reader, counter = _frame(text), FrameReader(Decoder()), Counter(station)

    def verdict() -> None:
        (reading,) = reader.read(frame)
        scan = counter.scan(reading.text)
        if scan.served is None or scan.served.person is None:
            raise ValueError(f"the card was not accepted: {scan.identity.verdict}")

    works: dict[str, Callable[[], object]] = {
        "verdict": verdict,
        "decoding": lambda: reader.read(frame),
        "bare": lambda: zxingcpp.read_barcodes(in_grey(frame), formats=_QR),
    }
    return interleaved(works, rounds)


def _frame(text: str) -> Picture:
    """A frame as a camera gives it, in blue, green, red: grey all around, a little noise, the code in the middle."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=4)
    code.add_data(text)
    code.make(fit=True)
    modules = np.where(np.array(code.get_matrix()), 30, 225).astype(np.uint8).repeat(MODULE_PX, 0).repeat(MODULE_PX, 1)
    grey = np.full((720, 1280), 120, np.uint8)
    top, left = ((whole - side) // 2 for whole, side in zip(grey.shape, modules.shape, strict=True))
    grey[top : top + modules.shape[0], left : left + modules.shape[1]] = modules
    noise = np.random.default_rng(1).integers(-8, 8, grey.shape)
    return np.repeat((grey + noise).astype(np.uint8)[:, :, np.newaxis], 3, axis=2)
