"""Which cameras this machine has."""

import re
import sys
from dataclasses import dataclass
from pathlib import Path

_NODE = re.compile(r"video([0-9]+)")
_TRIED_NUMBERS = 4


@dataclass(frozen=True, slots=True)
class FoundCamera:
    """`number` is what OpenCV and `station open --camera` call it; `name` is the system's."""

    number: int
    name: str


def cameras_of_this_machine(
    devices: Path = Path("/dev"), described: Path = Path("/sys/class/video4linux")
) -> tuple[FoundCamera, ...]:
    """The cameras by their numbers.

    On Linux those of V4L2; of a camera with several nodes the first, which gives pictures (the others give metadata).
    Elsewhere no call lists them without opening each: the first few numbers are offered as they are.
    """
    if not sys.platform.startswith("linux"):
        return tuple(FoundCamera(number, f"#{number}") for number in range(_TRIED_NUMBERS))
    numbers = sorted(int(match[1]) for node in devices.glob("video*") if (match := _NODE.fullmatch(node.name)))
    return tuple(
        FoundCamera(number, _read(described / f"video{number}" / "name") or f"video{number}")
        for number in numbers
        if _read(described / f"video{number}" / "index") in ("", "0")
    )


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
