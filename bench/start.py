"""From the start of the process to a usable lock screen, against an empty PySide6 window.

A window between the two, in the product's fonts and with a dozen buttons but none of our code, tells how much of the
difference is Qt's. Usable: painted, the PIN pad enabled, nothing waiting in the event loop. All are processes of their
own, without a screen (Qt's platform ``offscreen``), taken in turn.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench._station import new_station
from bench._timing import middle, percentile
from station_app.home.keyslots import KeySlots
from station_app.station.staffing import add_staff
from station_core.records.roles import Role

AIM = 1.5
PROJECT = Path(__file__).resolve().parents[1]


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench start", description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="starts of each (default: 9)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a sentence")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="station-bench-") as folder:
        home = _furnished(Path(folder) / "station")
        times = _interleaved_starts(home, options.rounds)
    kiosk_ms, dressed_ms, empty_ms = (middle(times[name]) for name in ("kiosk", "dressed", "empty"))
    result = {
        "kiosk_ms": round(kiosk_ms),
        "kiosk_p95_ms": round(percentile(times["kiosk"], 95)),
        "dressed_window_ms": round(dressed_ms),
        "empty_window_ms": round(empty_ms),
        "ratio": round(kiosk_ms / empty_ms, 2),
        "ratio_to_dressed": round(kiosk_ms / dressed_ms, 2),
        "aim": AIM,
    }
    if options.json:
        print(json.dumps(result))
    else:
        print(
            f"to a usable window {kiosk_ms:.0f} ms (p95 {result['kiosk_p95_ms']}), to an empty one {empty_ms:.0f} ms: "
            f"ratio {result['ratio']:.2f} (aim: at most {AIM}); "
            f"to one in our fonts with ten buttons {dressed_ms:.0f} ms: ratio {result['ratio_to_dressed']:.2f}"
        )
    return 0


def _furnished(home: Path) -> Path:
    """A station with one member of staff: the pad asks for their PIN at once."""
    station, _ = new_station(home)
    add_staff(station, KeySlots.read(home).open_with_device(home), "刘芳", Role.OPERATOR, "314159")
    station.close()
    return home


def _interleaved_starts(home: Path, rounds: int) -> dict[str, list[float]]:
    works: dict[str, Callable[[], float]] = {
        "empty": lambda: _start_ms("empty"),
        "dressed": lambda: _start_ms("dressed"),
        "kiosk": lambda: _start_ms("kiosk", str(home)),
    }
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, start in works.items():
            took_ms = start()
            if number:
                times[name].append(took_ms)
    return times


def _start_ms(*arguments: str) -> float:
    """One start; the clock that both processes read is the system's monotonic one."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "bench._start_child", *arguments]
    started_s = time.monotonic()
    came = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, env=environment)
    if came.returncode:
        raise RuntimeError(f"the window did not open: {came.stderr}")
    return (float(came.stdout.splitlines()[-1]) - started_s) * 1000


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
