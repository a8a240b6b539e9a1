"""What a card still reads through: synthetic frames, one trouble at a time, from none to too much.

The code is a card of this product. Each figure is the per cent of frames, 1280 × 720, in which the text was read: by
this product in one frame with every attempt, by it as at the counter within half a second of such frames, and by
zxing-cpp and pyzbar alone in one.
"""

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

import numpy as np

from bench._frames import card_text
from bench._readers import PRODUCT, ZBAR, ZXING, frame_readers, still_readers
from bench._scenes import EASY, QUIET_MODULES, Scene, code_modules, photographed, varied
from station_app.scanning.readings import Picture

FRAMES_IN_HALF_A_SECOND = 15
WITHIN = "in half a second"

SWEEPS: Mapping[str, tuple[float, ...]] = {
    "module_px": (1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0),
    "blur_px": (1.0, 1.5, 2.0, 2.5, 2.75, 3.0),
    "motion_px": (4, 6, 8, 9, 10),
    "tilt": (15, 30, 40, 50, 60, 65),
    "noise": (10, 20, 30, 40, 60),
    "contrast": (0.5, 0.3, 0.2, 0.1, 0.05),
    "glare": (0.2, 0.3, 0.4, 0.5, 0.6),
}
"""Fields of a `Scene`, and the values that they take while all else is easy."""


@dataclass(frozen=True, slots=True)
class Row:
    """How often each reader read, in per cent, while `trouble` was `amount`."""

    trouble: str
    amount: float
    read: dict[str, int]
    wrong: int


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench scan_sweep", description=__doc__)
    parser.add_argument("--frames", type=int, default=20, help="for each figure (default: 20)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    text = card_text()
    modules = code_modules(text)
    rows = [_row(trouble, amount, text, modules, options.frames) for trouble in SWEEPS for amount in SWEEPS[trouble]]
    if options.json:
        print(json.dumps([asdict(row) for row in rows]))
    else:
        _print_table(rows, modules.shape[0] - 2 * QUIET_MODULES)
    return 0


def _row(trouble: str, amount: float, text: str, modules: Picture, frames: int) -> Row:
    chance = np.random.default_rng(20_261_124)
    scene = replace(EASY, **{trouble: amount})  # type: ignore[arg-type]
    read: dict[str, int] = {}
    wrong = 0
    readers = still_readers()
    pictures = [photographed(modules, varied(scene, chance), chance) for _ in range(frames)]
    for name in (PRODUCT, ZXING, ZBAR):
        if name in readers:
            texts = [set(readers[name](picture)) for picture in pictures]
            read[name] = _per_cent(sum(text in found for found in texts), frames)
            wrong += sum(bool(found - {text}) for found in texts) if name == PRODUCT else 0
    read[WITHIN] = _per_cent(sum(_in_time(modules, scene, text, chance) for _ in range(frames)), frames)
    return Row(trouble, amount, read, wrong)


def _in_time(modules: Picture, scene: Scene, text: str, chance: np.random.Generator) -> bool:
    """Whether the product reads it at the counter, the card held there for half a second."""
    read = frame_readers()[PRODUCT]
    return any(
        text in set(read(photographed(modules, varied(scene, chance), chance))) for _ in range(FRAMES_IN_HALF_A_SECOND)
    )


def _per_cent(some: int, of_all: int) -> int:
    return round(100 * some / of_all)


def _print_table(rows: list[Row], across: int) -> None:
    names = (PRODUCT, WITHIN, ZXING, ZBAR)
    print(f"a card's code, {across} modules across; % read, by this product in one frame and {WITHIN}, and by others")
    print("".ljust(20) + "".join(name.rjust(18) for name in names))
    for row in rows:
        cells = "".join(str(row.read.get(name, "-")).rjust(18) for name in names)
        print(f"{row.trouble} {row.amount:g}".ljust(20) + cells)
    print(f"texts that were wrong: {sum(row.wrong for row in rows)}")
