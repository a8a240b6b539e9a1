"""zbar through pyzbar: reads some codes that zxing-cpp does not, where the system has its shared library."""

from collections.abc import Callable
from functools import cache
from typing import Any

from station_app.scanning.payloads import is_certain
from station_app.scanning.problems import ProblemCode, ScanningError
from station_app.scanning.readings import EngineName, Picture, Reading, Symbology


class EngineMissingError(ScanningError):
    """The engine cannot run on this computer: a part of it is not installed. Others read on."""

    def __init__(self, engine: EngineName) -> None:
        super().__init__(ProblemCode.ENGINE_MISSING, engine)
        self.engine = engine


class ZbarEngine:
    """Reads QR codes whose text is plain ASCII; any thread may use it.

    Others are left to zxing-cpp, since zbar has converted a text by its own guess before it can be seen (see
    `payloads`). Raises EngineMissingError on making where the shared library is not there: Linux needs
    libzbar0, Windows the Visual C++ runtime.
    """

    name = EngineName.ZBAR

    def __init__(self) -> None:
        self._decode = _decoder()

    def read(self, picture: Picture) -> tuple[Reading, ...]:
        """All codes in `picture` (grey) with a text that is certain."""
        readings = (_reading(symbol) for symbol in self._decode(picture))
        return tuple(reading for reading in readings if reading is not None)


@cache
def _decoder() -> Callable[[Picture], list[Any]]:
    try:
        from pyzbar import pyzbar
    except (ImportError, OSError) as error:
        raise EngineMissingError(EngineName.ZBAR) from error

    def decode(picture: Picture) -> list[Any]:
        return list(pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE]))

    return decode


def _reading(symbol: Any) -> Reading | None:
    try:
        text = symbol.data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if not is_certain(text):
        return None
    outline = tuple((float(corner.x), float(corner.y)) for corner in symbol.polygon)
    return Reading(text, Symbology.QR, EngineName.ZBAR, outline)
