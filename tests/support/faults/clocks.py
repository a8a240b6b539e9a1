"""Clocks of one world: its true time, and the wrong ones that hang on the walls."""

import time
from dataclasses import dataclass, field

from support.worlds import NOON_MS

HOUR_MS = 60 * 60 * 1000


@dataclass
class TrueTime:
    now_ms: int = NOON_MS

    def pass_by(self, ms: int) -> None:
        self.now_ms += ms


class ThisComputersTime:
    @property
    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000


@dataclass
class WallClock:
    """`offset_ms` ahead of the true time; it can be set while it runs."""

    true: TrueTime | ThisComputersTime
    offset_ms: int = field(default=0)

    def __call__(self) -> int:
        return self.true.now_ms + self.offset_ms
