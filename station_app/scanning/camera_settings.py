"""How a camera is to take pictures, and what its driver makes of that.

Which properties a driver takes no list says: they are set and asked for again.
"""

import json
import sys
from dataclasses import asdict, dataclass
from math import isclose
from typing import Final, Protocol

from station_app.scanning.opencv import cv2


@dataclass(frozen=True, slots=True)
class Resolution:
    width_px: int
    height_px: int

    def __str__(self) -> str:
        return f"{self.width_px} × {self.height_px}"


USUAL_RESOLUTION: Final = Resolution(1280, 720)
"""A card's code at arm's length has some 160 px in it, enough to read; more pixels only take longer."""
RESOLUTIONS: Final = (USUAL_RESOLUTION, Resolution(1920, 1080), Resolution(640, 480))


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """`exposure` and `focus` are in the driver's own units, None for automatic. `is_mirrored` turns only what is
    shown: a code in a mirror is another code."""

    resolution: Resolution = USUAL_RESOLUTION
    exposure: float | None = None
    focus: float | None = None
    is_mirrored: bool = False


@dataclass(frozen=True, slots=True)
class TakenSettings:
    """What the driver gives once it was asked. `exposure` and `focus` are None where it takes none."""

    resolution: Resolution
    exposure: float | None = None
    focus: float | None = None


class Properties(Protocol):
    """What OpenCV's capture has to turn at."""

    def get(self, prop_id: int, /) -> float:
        """The value; some number below 1 where there is no such property."""

    def set(self, prop_id: int, value: float, /) -> bool:
        """Whether the driver took it."""


@dataclass(frozen=True, slots=True)
class _Dial:
    """A property, the one that makes it automatic, and the values of that one."""

    value: int
    automatic: int
    is_automatic: float
    is_manual: float


# V4L2 has its own numbers: manual, and automatic by the length of exposure (V4L2_EXPOSURE_APERTURE_PRIORITY).
_AUTO_EXPOSURE, _MANUAL_EXPOSURE = (3.0, 1.0) if sys.platform == "linux" else (1.0, 0.0)
_EXPOSURE = _Dial(cv2.CAP_PROP_EXPOSURE, cv2.CAP_PROP_AUTO_EXPOSURE, _AUTO_EXPOSURE, _MANUAL_EXPOSURE)
_FOCUS = _Dial(cv2.CAP_PROP_FOCUS, cv2.CAP_PROP_AUTOFOCUS, 1.0, 0.0)


def apply(settings: CameraSettings, capture: Properties) -> TakenSettings:
    """Ask the driver for `settings`. It may give another resolution and other values: see the answer."""
    if _resolution(capture) != settings.resolution:
        # Only then: many drivers begin their stream anew.
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, settings.resolution.width_px)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, settings.resolution.height_px)
    given = _resolution(capture)
    exposure = _turned(capture, _EXPOSURE, settings.exposure)
    return TakenSettings(given, exposure, _turned(capture, _FOCUS, settings.focus))


def _resolution(capture: Properties) -> Resolution:
    return Resolution(int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)), int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)))


def _turned(capture: Properties, dial: _Dial, wanted: float | None) -> float | None:
    """Set `wanted`, or leave it to the camera. The driver's value then; None where it does not take one.

    Drivers answer for properties that they have not got. So the value that is there is set once, and asked for again.
    """
    before = capture.get(dial.value)
    capture.set(dial.automatic, dial.is_manual)
    takes = capture.set(dial.value, before) and isclose(capture.get(dial.value), before)
    if takes and wanted is not None:
        capture.set(dial.value, wanted)
    else:
        capture.set(dial.automatic, dial.is_automatic)
    return capture.get(dial.value) if takes else None


def exposed(value: float, *, longer: bool) -> float:
    """The next exposure: V4L2 counts units of 100 µs, DirectShow powers of two of a second, which are negative."""
    if value <= 0:
        return value + (1 if longer else -1)
    return max(value + 1, round(value * 1.25)) if longer else max(1.0, min(value - 1, round(value / 1.25)))


def focused(value: float, *, nearer: bool) -> float:
    """The next focus: from 0, far away, upwards."""
    return value + 5 if nearer else max(0.0, value - 5)


def to_text(settings: CameraSettings) -> str:
    """How they are kept."""
    return json.dumps(asdict(settings))


def from_text(text: str) -> CameraSettings:
    """The usual settings where `text` is of no known form: of another version, or nothing at all."""
    try:
        kept = json.loads(text)
        resolution = Resolution(**kept.pop("resolution"))
        settings = CameraSettings(resolution, **kept)
    except (ValueError, TypeError, KeyError, AttributeError):
        return CameraSettings()
    are_numbers = all(value is None or isinstance(value, int | float) for value in (settings.exposure, settings.focus))
    return settings if resolution in RESOLUTIONS and are_numbers else CameraSettings()
