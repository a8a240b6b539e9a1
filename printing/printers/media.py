"""Asking a CUPS queue for a size of paper (PWG 5101.1 names), so that a card does not land on A4 in
silence."""

import re
from collections.abc import Iterable

from printing.printers.system import Medium

_SIZE_AT_END = re.compile(r"_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)$")
_CUSTOM_RANGE = ("custom_min_", "custom_max_")
_SAME_MM = 0.6
"""Drivers round to points or to hundredths of an inch; margins and cutting are far coarser."""


def media_option(supported: Iterable[str], medium: Medium) -> str | None:
    """The value of `-o media=`: a size that the queue lists, else a custom one where it takes those or lists
    nothing (a queue without a driver). None where the queue has sizes and none of them is this one."""
    names = list(supported)
    for name in names:
        if not name.startswith(_CUSTOM_RANGE) and _is_size(name, medium):
            return name
    if not names or any(name.startswith(_CUSTOM_RANGE) for name in names):
        return f"Custom.{medium.width_mm:g}x{medium.height_mm:g}mm"
    return None


def _is_size(name: str, medium: Medium) -> bool:
    """Either way round: portrait is how drivers list a card."""
    size = _SIZE_AT_END.search(name)
    if not size:
        return False
    unit_mm = 25.4 if size[3] == "in" else 1
    listed = sorted(float(side) * unit_mm for side in size.group(1, 2))
    wanted = sorted((medium.width_mm, medium.height_mm))
    return all(abs(one - other) <= _SAME_MM for one, other in zip(listed, wanted, strict=True))
