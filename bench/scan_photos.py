"""How many codes of real photographs are read, how many wrongly, and in what time: this product beside bare
libraries, in one run.

A folder of photographs has a ``manifest.json``: a list of {"file", "set", "texts"}, where texts are what is
to be read, and none where nothing should be found.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import zxingcpp

from station_app.scanning.decoder import Decoder
from station_app.scanning.opencv import cv2
from station_app.scanning.pictures import in_grey, load_picture
from station_app.scanning.problems import ScanningError
from station_app.scanning.readings import Picture

Reader = Callable[[Picture], Iterable[str]]

DEFAULT_PHOTOS = Path(__file__).resolve().parents[1].parent / "shared" / "photos"
PRODUCT = "this product"
TOTAL = "all"

_LONG_TEST_TEXT = " ".join(["ABC 123456789"] * 15)
TRUE_BESIDE_THE_LIST: Mapping[str, tuple[str, ...]] = {
    "zxingcpp-extra/2_16.webp": ("[外側QRコード]\n \n*ﾀﾞﾌﾞﾙQR*\nhttp://d-qr.net/ex/",),
    "zxing/qrcode-2/13.png": ("The 2005 USGS aerial photography of the Washington Monument is censored.",),
    "boofcv-v3/bright_spots/image015.jpg": ("Version 2 QR Code Test Image", _LONG_TEST_TEXT),
    "boofcv-v3/bright_spots/image018.jpg": (_LONG_TEST_TEXT,),
    "boofcv-v3/brightness/image020.jpg": ("Version 2 QR Code Test Image",),
}
"""Texts that a code in the picture bears though its list does not name them: a code around a code, a list
that differs by a letter from what two engines read alike, and dark pictures of a sheet whose three codes
other pictures show plainly.
"""


@dataclass(frozen=True, slots=True)
class Score:
    """One reader on one set of photographs."""

    reader: str
    set: str
    codes: int
    read: int
    wrong: int
    median_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class _Outcome:
    set: str
    codes: int
    read: int
    wrong: tuple[str, ...]
    took_ms: float


def canonical(text: str) -> str:
    """A text as the lists write it: line ends as line feeds, none at the end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def entries_of(photos: Path) -> list[dict[str, Any]]:
    """The photographs of a folder. Raises OSError or ValueError where there is no manifest to read."""
    entries: list[dict[str, Any]] = json.loads((photos / "manifest.json").read_text(encoding="utf-8"))
    return entries


def readers() -> dict[str, Reader]:
    """The product first, then each library alone: whole pictures in grey, one call each."""
    decoder = Decoder()

    def product(grey: Picture) -> Iterable[str]:
        return (reading.text for reading in decoder.read_still(grey))

    result: dict[str, Reader] = {PRODUCT: product, "zxing-cpp": zxing_alone}
    with suppress(ImportError):
        from pyzbar import pyzbar

        def zbar_alone(grey: Picture) -> Iterable[str]:
            symbols = pyzbar.decode(grey, symbols=[pyzbar.ZBarSymbol.QRCODE])
            return (symbol.data.decode("utf-8", errors="replace") for symbol in symbols)

        result["pyzbar"] = zbar_alone
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


def measure(photos: Path, entry: Mapping[str, Any], read: Reader) -> _Outcome:
    """What `read` makes of one photograph. Raises ScanningError where the photograph cannot be opened."""
    grey = in_grey(load_picture(photos / entry["file"]))
    started_s = perf_counter()
    found = {canonical(text) for text in read(grey)}
    took_ms = (perf_counter() - started_s) * 1000
    wanted = {canonical(text) for text in entry["texts"]}
    true = wanted | set(TRUE_BESIDE_THE_LIST.get(entry["file"], ()))
    return _Outcome(entry["set"], len(wanted), len(found & wanted), tuple(sorted(found - true)), took_ms)


def scores_of(reader: str, outcomes: list[_Outcome]) -> list[Score]:
    """One score for each set, and one for all of them at the end."""
    by_set: dict[str, list[_Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_set[outcome.set].append(outcome)
    return [_score(reader, name, some) for name, some in sorted(by_set.items())] + [_score(reader, TOTAL, outcomes)]


def _score(reader: str, name: str, outcomes: list[_Outcome]) -> Score:
    times_ms = [outcome.took_ms for outcome in outcomes]
    return Score(
        reader,
        name,
        codes=sum(outcome.codes for outcome in outcomes),
        read=sum(outcome.read for outcome in outcomes),
        wrong=sum(len(outcome.wrong) for outcome in outcomes),
        median_ms=round(median(times_ms), 2),
        p95_ms=round(float(np.percentile(times_ms, 95)), 2),
    )


def _print_table(scores: list[Score]) -> None:
    names = list(dict.fromkeys(score.reader for score in scores))
    cells = {(score.set, score.reader): score for score in scores}
    print("read/wrong median p95 ms".ljust(32) + "".join(name.rjust(24) for name in names))
    for name in dict.fromkeys(score.set for score in scores):
        row = [cells[name, reader] for reader in names]
        texts = (f"{s.read}/{s.wrong} {s.median_ms:.1f} {s.p95_ms:.1f}".rjust(24) for s in row)
        print(f"{name} ({row[0].codes})".ljust(32) + "".join(texts))


def run(arguments: list[str]) -> int:
    """Measures and prints. Exit code 0, or 2 where there are no photographs to measure on."""
    parser = argparse.ArgumentParser(prog="bench scan", description="Codes read on real photographs")
    parser.add_argument("--photos", type=Path, default=DEFAULT_PHOTOS, help="a folder with a manifest.json")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    try:
        entries = entries_of(options.photos)
        scores = [
            score
            for name, read in readers().items()
            for score in scores_of(name, [measure(options.photos, entry, read) for entry in entries])
        ]
    except (OSError, ValueError, ScanningError) as error:
        print(f"no photographs to measure on: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps([asdict(score) for score in scores], ensure_ascii=False, indent=1))
    else:
        _print_table(scores)
    return 0


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
