"""Waiting for a city that says it is busy, and asking again: a moment's rush should not cost a whole exchange."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sync.errors import Busy

TRIES = 5
"""After so many busy answers to one question the exchange ends; the next one goes on where it stopped."""
LONGEST_S = 60.0
"""However long the city asks for."""
JITTER = 0.25
STEP_S = 0.2

T = TypeVar("T")


def ask_patiently(ask: Callable[[], T], go_on: Callable[[], None]) -> T:
    """What `ask` answers. A busy other side is waited for as long as it asks for and somewhat longer, at random: a
    thousand who were turned away should not all come back in the same second.

    `go_on` may raise SyncError at any moment of the wait. Raises what `ask` raises, Busy after the last try.
    """
    for left in range(TRIES - 1, -1, -1):
        try:
            return ask()
        except Busy as busy:
            if not left:
                raise
            _wait(min(busy.retry_after_s, LONGEST_S) * (1 + JITTER * random.random()), go_on)  # noqa: S311
    raise AssertionError("the last try answers or raises")


def _wait(seconds: float, go_on: Callable[[], None]) -> None:
    until_s = time.monotonic() + seconds
    while (left_s := until_s - time.monotonic()) > 0:
        go_on()
        time.sleep(min(STEP_S, left_s))
