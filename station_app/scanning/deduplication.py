"""A card that is held up for five seconds is one scan, not a hundred."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

from station_app.scanning.readings import Reading, Symbology

QUIET_S = 3.0


class Deduplicator:
    """Lets a code through once, and again only after it has been out of sight for `quiet_s` seconds.

    Every sighting starts the quiet time anew, so it does not matter how long a card is held up, nor that some
    frames miss it. Other codes pass meanwhile. `clock` gives seconds that only grow. Any thread may call.
    """

    def __init__(self, quiet_s: float = QUIET_S, clock: Callable[[], float] = monotonic) -> None:
        self._quiet_s = quiet_s
        self._clock = clock
        self._lock = Lock()
        self._last_seen_s: dict[tuple[str, Symbology], float] = {}

    def fresh(self, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """Those of `readings` (of one frame) that count, each once, in order."""
        now_s = self._clock()
        with self._lock:
            self._forget_seen_before(now_s - self._quiet_s)
            result = []
            for reading in readings:
                if reading.identity not in self._last_seen_s:
                    result.append(reading)
                self._last_seen_s[reading.identity] = now_s
        return tuple(result)

    def forget(self) -> None:
        """Lets every code count at once again: staff ask for the same card, or another person is being
        served.
        """
        with self._lock:
            self._last_seen_s.clear()

    def _forget_seen_before(self, limit_s: float) -> None:
        self._last_seen_s = {identity: seen_s for identity, seen_s in self._last_seen_s.items() if seen_s > limit_s}
