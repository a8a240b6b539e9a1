"""Wrong PINs cost time, wherever they are typed."""

import math
import time
from collections.abc import Callable

FREE_TRIES = 5
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 15 * 60


class PinTries:
    """Five wrong PINs in a row are free; each one after that costs a wait, twice as long as the one before.

    One for the kiosk: who is made to wait at the lock screen does not go on guessing in a dialog.
    """

    def __init__(self, now_s: Callable[[], float] = time.monotonic) -> None:
        self._now_s = now_s
        self._wrong = 0
        self._free_at_s = -math.inf

    def wrong(self) -> None:
        self._wrong += 1
        beyond = self._wrong - FREE_TRIES
        if beyond >= 0:
            self._free_at_s = self._now_s() + min(FIRST_WAIT_S * 2**beyond, LONGEST_WAIT_S)

    def right(self) -> None:
        self._wrong = 0

    @property
    def left(self) -> int:
        """How many wrong PINs are free yet."""
        return max(0, FREE_TRIES - self._wrong)

    @property
    def wait_s(self) -> int:
        """Whole seconds until the next PIN is taken; 0 where it is taken now."""
        left_s = self._free_at_s - self._now_s()
        return math.ceil(left_s) if left_s > 0 else 0
