"""The style sheet with its tokens filled in."""

import re

from resources import path
from station_app.theme.tokens import COLOURS

_TOKEN = re.compile(r"@([a-z][a-z-]*)")
_SCALED = re.compile(r"\b(\d+)sp\b")


def scale_for(width_px: int, height_px: int) -> float:
    """How much larger than at 1280×800 sizes are to be on a screen of this size (logical pixels): from 1 to
    1.25."""
    return max(1.0, min(1.25, width_px / 1280, height_px / 800))


def stylesheet(scale: float = 1.0) -> str:
    """kiosk.qss with ``@token`` replaced by its colour and ``17sp`` by scaled pixels.

    Raises KeyError where the sheet names a token that does not exist.
    """
    tokens = {**COLOURS, "icons": path("icons").as_posix()}
    text = path("theme", "kiosk.qss").read_text(encoding="utf-8")
    text = _SCALED.sub(lambda match: f"{round(int(match[1]) * scale)}px", text)
    return _TOKEN.sub(lambda match: tokens[match[1]], text)
