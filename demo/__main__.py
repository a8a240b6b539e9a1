"""``python -m demo``: the kiosk with a demonstration station, or the guided tour where there is no display."""

import argparse
import os
import sys
from pathlib import Path

OUT = Path("demo-output")


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="dev.py run",
        description="Open the kiosk with a demonstration station and its city. Where there is no display, the same "
        "things are shown without one: the guided tour.",
    )
    parser.add_argument("--tour", action="store_true", help="give the guided tour even where there is a display")
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR", help=f"where all of it lies (default: {OUT})")
    parser.add_argument("--camera", default="0", metavar="SOURCE", help="a camera's number, a picture, folder or video")
    asked = parser.parse_args()
    if asked.tour or not _has_display():
        return _tour(asked.out, asked.tour)
    from demo.opening import open_demo

    return open_demo(asked.out, asked.camera)


def _tour(out: Path, wanted: bool) -> int:
    if not wanted:
        print("There is no display here: this is the guided tour without one.")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from demo.tour import give_tour

    return give_tour(out)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
