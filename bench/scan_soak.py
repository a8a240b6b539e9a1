"""Hours of frames through the scanner's worker: does its memory grow, does it survive a camera that is pulled out?

The camera is played: rooms without a code, and cards held up before it, each frame handed over once the last one was
decoded; it is pulled out and put back at even times. So many frames as --minutes have at 30 a second take about half
as long. Two hours: --minutes 120.
"""

import argparse
import gc
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Semaphore
from time import monotonic

import numpy as np

from bench._frames import card_text
from bench._scenes import EASY, code_modules, photographed, varied
from station_app.scanning.backoff import Backoff
from station_app.scanning.decoder import Decoder
from station_app.scanning.frame_reader import FrameReader
from station_app.scanning.problems import ProblemCode, ScanningError
from station_app.scanning.readings import Picture
from station_app.scanning.scan_worker import ScanWorker, SeenFrame
from station_app.scanning.sources import Frame

FRAMES_A_SECOND = 30
SAMPLES = 12
WARM_UP = 0.2
"""The part of the frames after which what is made once has been made."""
_PATIENCE_S = 60.0


class PulledCamera:
    """Gives a frame whenever the last one has been looked at, and is pulled out at even times."""

    is_live = True
    name = "played"

    def __init__(self, pictures: Sequence[Picture], frames: int, pulls: int) -> None:
        self._pictures, self._frames, self._frames_a_plug = pictures, frames, max(1, frames // (pulls + 1))
        self._left, self._out = 0, False
        self.number, self.pulled = 0, 0
        self.looked_at = Semaphore(1)
        self.is_over = Event()

    def open(self) -> None:
        self._out = not self._out and self.number > 0
        if self._out:
            self.pulled += 1
            raise ScanningError(ProblemCode.CAMERA_ABSENT, self.name)
        self._left = self._frames_a_plug

    def read(self) -> Frame | None:
        if self.number >= self._frames:
            self.is_over.set()
            return None
        if not self._left or not self.looked_at.acquire(timeout=_PATIENCE_S):
            return None
        self._left -= 1
        self.number += 1
        at_ms = self.number * 1000 // FRAMES_A_SECOND
        return Frame(self._pictures[self.number % len(self._pictures)], self.name, at_ms)

    def close(self) -> None:
        self._left = 0


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench scan_soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0, help="of frames at 30 a second (default: 2)")
    parser.add_argument("--pulls", type=int, default=100, help="of the camera's plug (default: 100)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    options = parser.parse_args(arguments)
    result = _soak(round(options.minutes * 60 * FRAMES_A_SECOND), options.pulls)
    print(json.dumps(result) if options.json else _in_words(result))
    return 0


def _soak(frames: int, pulls: int) -> dict[str, float]:
    camera = PulledCamera(_pictures(), frames, pulls)
    memory: list[tuple[int, float]] = []
    looked_at, read, started_s = 0, 0, monotonic()

    def seen(frame: SeenFrame) -> None:
        nonlocal looked_at, read
        looked_at += 1
        read += bool(frame.in_view)
        if looked_at % max(1, frames // SAMPLES) == 0:
            gc.collect()
            memory.append((looked_at, resident_mb()))
        camera.looked_at.release()

    worker = ScanWorker(camera, FrameReader(Decoder()), seen, lambda _: None, backoff=Backoff(0.001, 0.002))
    worker.start()
    camera.is_over.wait()
    worker.stop()
    settled = [mb for number, mb in memory if number > WARM_UP * frames]
    return {
        "minutes_of_frames": round(frames / FRAMES_A_SECOND / 60, 1),
        "frames": looked_at,
        "dropped": worker.dropped_frames,
        "read": read,
        "pulled_out": camera.pulled,
        "took_s": round(monotonic() - started_s),
        "memory_mb_first": settled[0],
        "memory_mb_last": settled[-1],
        "growth_mb": round(settled[-1] - settled[0], 1),
    }


def _pictures() -> list[Picture]:
    """A second of a room, with a card in it for a third."""
    chance = np.random.default_rng(20_261_124)
    card, empty = code_modules(card_text()), np.full((1, 1), 110, np.uint8)
    kinds = [card] * (FRAMES_A_SECOND // 3) + [empty] * (FRAMES_A_SECOND - FRAMES_A_SECOND // 3)
    return [photographed(modules, varied(EASY, chance), chance) for modules in kinds]


def resident_mb() -> float:
    """What of this process lies in memory. Linux says it in pages."""
    if not sys.platform.startswith("linux"):
        raise OSError("the soak reads its memory from /proc, which only Linux has")
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return round(pages * resource.getpagesize() / 2**20, 1)


def _in_words(result: dict[str, float]) -> str:
    return (
        f"{result['minutes_of_frames']:g} minutes of frames: {result['frames']:g}, of which {result['dropped']:g} "
        f"dropped, a code read in {result['read']:g}; in {result['took_s']:g} s, the camera pulled out "
        f"{result['pulled_out']:g} times; memory {result['memory_mb_first']:g} MB after the first fifth, "
        f"{result['memory_mb_last']:g} MB at the end, growth {result['growth_mb']:g} MB"
    )
