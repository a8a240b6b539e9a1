"""How many codes are read, how many wrongly, and in what time: this product beside bare libraries, in one run.

On photographs every reader gets the whole picture once. On frames of a camera, 1280 × 720, with and without a code,
the product reads as it does at the counter: a little on every frame, since there is another one soon.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from bench._frames import EASY, WITHOUT, camera_frames
from bench._photographs import TOTAL, Outcome, Score, entries_of, measure, outcome_of, score_of, scores_of
from bench._readers import PRODUCT, ZBAR, ZXING, frame_readers, still_readers
from station_app.scanning.problems import ScanningError

DEFAULT_PHOTOS = Path(__file__).resolve().parents[1].parent / "shared" / "photos"
TIMES_A_FRAME = 8
"""On a frame without a code the product takes another attempt each time: few would tell of some attempts only."""


def run(arguments: list[str]) -> int:
    """Measures and prints. Exit code 0, or 2 where there are no photographs to measure on."""
    parser = argparse.ArgumentParser(prog="bench scan", description=__doc__)
    parser.add_argument("--photos", type=Path, default=DEFAULT_PHOTOS, help="a folder with a manifest.json")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    try:
        scores = [*_on_photographs(options.photos), *_on_frames(options.photos)]
    except (OSError, ValueError, ScanningError) as error:
        print(f"no photographs to measure on: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps([asdict(score) for score in scores], ensure_ascii=False, indent=1))
    else:
        _print_table(scores)
        _print_ratios(scores)
    return 0


def _on_photographs(photos: Path) -> Iterator[Score]:
    entries = entries_of(photos)
    for name, read in still_readers().items():
        outcomes = [measure(photos, entry, read) for entry in entries]
        yield from scores_of(name, outcomes)
        yield score_of(name, TOTAL, outcomes)


def _on_frames(photos: Path) -> Iterator[Score]:
    """Frame by frame all readers in turn, so that a busy moment of the machine strikes all of them."""
    readers = frame_readers()
    for name, (frames, texts) in camera_frames(photos, entries_of(photos)).items():
        outcomes: dict[str, list[Outcome]] = {reader: [] for reader in readers}
        for frame in frames:
            for reader, read in readers.items():
                times = TIMES_A_FRAME if reader == PRODUCT and not texts else 1
                outcomes[reader] += [outcome_of(frame, read, name, texts) for _ in range(times)]
        yield from (score_of(reader, name, some) for reader, some in outcomes.items())


def _print_table(scores: list[Score]) -> None:
    names = list(dict.fromkeys(score.reader for score in scores))
    cells = {(score.set, score.reader): score for score in scores}
    print("read/wrong median p95 ms".ljust(32) + "".join(name.rjust(24) for name in names))
    for name in dict.fromkeys(score.set for score in scores):
        row = [cells[name, reader] for reader in names]
        texts = (f"{s.read}/{s.wrong} {s.median_ms:.1f} {s.p95_ms:.1f}".rjust(24) for s in row)
        print(f"{name} ({row[0].codes})".ljust(32) + "".join(texts))


def _print_ratios(scores: list[Score]) -> None:
    mean_ms = {(score.set, score.reader): score.mean_ms for score in scores}
    for name, library in ((WITHOUT, ZBAR), (EASY, ZXING)):
        if (name, library) in mean_ms:
            ours_ms, theirs_ms = mean_ms[name, PRODUCT], mean_ms[name, library]
            print(
                f"{name}: {ours_ms:.1f} ms a frame on average, {library} alone {theirs_ms:.1f}: "
                f"ratio {ours_ms / theirs_ms:.2f}"
            )


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
