"""A moving code at 30 frames a second: how many frames pass between the first readable one and the beep.

In each clip a card or a phone comes into view, sways and comes to rest, now nearer and now farther. Readable is a
frame in which this product, zxing-cpp or pyzbar, each with all the time it wants, reads the text. The clip is then
played to the kiosk's worker at its pace.
"""

import argparse
import json
import math
from dataclasses import replace
from statistics import median

import numpy as np

from bench._frames import card_text
from bench._paced import PacedCamera
from bench._readers import PRODUCT, ZBAR, ZXING, still_readers
from bench._scenes import HEIGHT, WIDTH, Scene, code_modules, photographed
from bench._timing import percentile
from station_app.scanning.backoff import Backoff
from station_app.scanning.decoder import Decoder
from station_app.scanning.frame_reader import FrameReader
from station_app.scanning.readings import Picture
from station_app.scanning.scan_worker import ScanWorker, SeenFrame

FRAMES_A_SECOND = 30
FRAMES = 40
AIM_FRAMES = 3
PAYLOADS = {"card": card_text(), "number": "SY00001234"}


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench scan_video", description=__doc__)
    parser.add_argument("--clips", type=int, default=20, help="of each kind (default: 20)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    options = parser.parse_args(arguments)
    results = {kind: _frames_to_the_beep(text, options.clips) for kind, text in PAYLOADS.items()}
    print(json.dumps(results) if options.json else "\n".join(_in_words(*result) for result in results.items()))
    return 0


def _frames_to_the_beep(text: str, clips: int) -> dict[str, float]:
    waits, never, unreadable, wrong = [], 0, 0, 0
    for number in range(clips):
        clip = _clip(text, np.random.default_rng(number))
        first = _first_readable(clip, text)
        if first is None:
            unreadable += 1
            continue
        accepted, others = _accepted_at(clip, text)
        wrong += others
        if accepted is None:
            never += 1
        else:
            waits.append(float(max(0, accepted - first)))
    return {
        "clips": clips,
        "median_frames": median(waits) if waits else math.inf,
        "p95_frames": percentile(waits, 95) if waits else math.inf,
        "never": never,
        "unreadable": unreadable,
        "wrong": wrong,
        "aim_frames": AIM_FRAMES,
    }


def _clip(text: str, chance: np.random.Generator) -> list[Picture]:
    """It comes from a side, ever slower, and sways at the end."""
    modules = code_modules(text)
    near = float(chance.uniform(2.2, 4.5))
    side, height = float(chance.choice((-1, 1))), float(chance.uniform(-120, 120))
    tilt, turn = float(chance.uniform(-30, 30)), float(chance.uniform(-15, 15))
    base = Scene(module_px=near, tilt=tilt, turn=turn, contrast=float(chance.uniform(0.4, 0.9)), noise=6.0)
    clip = []
    for step in range(FRAMES):
        x, before = (_across(side, at) for at in (step, step - 1))
        y = HEIGHT / 2 + height + 8 * math.cos(step / 4)
        # A kiosk's camera keeps its shutter open for half of the time between two frames indoors.
        moved = replace(base, centre=(x, y), motion_px=abs(x - before) / 2)
        clip.append(photographed(modules, moved, chance))
    return clip


def _across(side: float, step: int) -> float:
    return WIDTH / 2 + side * 520 * math.exp(-step / 8) + 14 * math.sin(step / 3)


def _first_readable(clip: list[Picture], text: str) -> int | None:
    readers = [read for name, read in still_readers().items() if name in (PRODUCT, ZXING, ZBAR)]
    return next(
        (number for number, frame in enumerate(clip) if any(text in set(read(frame)) for read in readers)), None
    )


def _accepted_at(clip: list[Picture], text: str) -> tuple[int | None, int]:
    """The number of the frame at which the worker says the text, and how often it says another."""
    beeps: list[tuple[int, str]] = []

    def seen(frame: SeenFrame) -> None:
        beeps.extend((int(frame.frame.origin), reading.text) for reading in frame.fresh)

    camera = PacedCamera(clip, FRAMES_A_SECOND)
    worker = ScanWorker(
        camera, FrameReader(Decoder()), seen, lambda _: None, backoff=Backoff(first_s=0.01, most_s=0.01)
    )
    worker.start()
    camera.unplugged_for_good.wait()
    worker.stop()
    ours = [number for number, said in beeps if said == text]
    return (ours[0] if ours else None), len(beeps) - len(ours)


def _in_words(kind: str, result: dict[str, float]) -> str:
    return (
        f"{kind}: from the first readable frame to the beep {result['median_frames']:g} frames in the median, "
        f"p95 {result['p95_frames']:g} (aim: under {AIM_FRAMES}); never {result['never']}, wrong {result['wrong']}, "
        f"of {result['clips']} clips {result['unreadable']} unreadable"
    )
