"""Photographs whose codes are known, and what a reader makes of them.

A folder of photographs has a ``manifest.json``: a list of {"file", "set", "texts"}, where texts are what is
to be read, and none where nothing should be found.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from time import perf_counter
from typing import Any

import numpy as np

from bench._readers import Reader
from station_app.scanning.pictures import in_grey, load_picture
from station_app.scanning.readings import Picture

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
    """One reader on one set of pictures."""

    reader: str
    set: str
    codes: int
    read: int
    wrong: int
    median_ms: float
    p95_ms: float
    mean_ms: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one reader made of one picture; `wrong` are texts that no code in it bears."""

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


def measure(photos: Path, entry: Mapping[str, Any], read: Reader) -> Outcome:
    """What `read` makes of one photograph. Raises ScanningError where the photograph cannot be opened."""
    grey = in_grey(load_picture(photos / entry["file"]))
    wanted = {canonical(text) for text in entry["texts"]}
    return outcome_of(grey, read, entry["set"], wanted, TRUE_BESIDE_THE_LIST.get(entry["file"], ()))


def outcome_of(grey: Picture, read: Reader, name: str, wanted: Set[str], beside: Iterable[str] = ()) -> Outcome:
    """What `read` makes of `grey`, a picture of the set `name`: `wanted` should be found, `beside` may be."""
    started_s = perf_counter()
    found = {canonical(text) for text in read(grey)}
    took_ms = (perf_counter() - started_s) * 1000
    wrong = found - wanted - set(beside)
    return Outcome(name, len(wanted), len(found & wanted), tuple(sorted(wrong)), took_ms)


def scores_of(reader: str, outcomes: list[Outcome]) -> list[Score]:
    """One score for each set."""
    by_set: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_set[outcome.set].append(outcome)
    return [score_of(reader, name, some) for name, some in sorted(by_set.items())]


def score_of(reader: str, name: str, outcomes: list[Outcome]) -> Score:
    """All `outcomes` in one score."""
    times_ms = [outcome.took_ms for outcome in outcomes]
    return Score(
        reader,
        name,
        codes=sum(outcome.codes for outcome in outcomes),
        read=sum(outcome.read for outcome in outcomes),
        wrong=sum(len(outcome.wrong) for outcome in outcomes),
        median_ms=round(median(times_ms), 2),
        p95_ms=round(float(np.percentile(times_ms, 95)), 2),
        mean_ms=round(fmean(times_ms), 2),
    )
