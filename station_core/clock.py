"""The hybrid logical clock that orders records across devices whose wall clocks disagree.

A time is one integer: 48 bits of milliseconds since 1970 (UTC) and 16 bits of counter (Kulkarni et al., "Logical
Physical Clocks", 2014). It never runs backwards on a device, and is never behind a record that the device has seen.
"""

from typing import NewType

HybridTime = NewType("HybridTime", int)

COUNTER_BITS = 16
MAX_TIME = (1 << 63) - 1
MAX_AHEAD_MS = 24 * 60 * 60 * 1000
"""A record further in the future than this does not drag the local clock along: its device's clock is wrong."""


def hybrid(ms: int, counter: int = 0) -> HybridTime:
    """The time with `ms` milliseconds since 1970 and `counter`."""
    return HybridTime((ms << COUNTER_BITS) | counter)


def wall_ms(at: HybridTime) -> int:
    """The milliseconds since 1970 that `at` holds."""
    return at >> COUNTER_BITS


class HybridClock:
    """The clock of one device; `last` is the latest time that it has given or seen."""

    def __init__(self, last: HybridTime = HybridTime(0)) -> None:
        self.last = last

    def tick(self, now_ms: int) -> HybridTime:
        """A time later than every one before it; `now_ms` is what the wall clock says."""
        self.last = HybridTime(max(self.last + 1, hybrid(now_ms)))
        return self.last

    def observe(self, seen: HybridTime, now_ms: int) -> None:
        """Take note of another device's time, unless it lies absurdly far ahead."""
        if wall_ms(seen) <= now_ms + MAX_AHEAD_MS:
            self.last = max(self.last, seen)
