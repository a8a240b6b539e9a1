"""Ids for the people whom a roster brings."""

import secrets
from collections.abc import Callable, Iterator
from itertools import count

from station_core.ids import PersonId

_DRAWN_BYTES, _COUNTED_BYTES = 10, 6


def new_ids(draw: Callable[[int], bytes] = secrets.token_bytes) -> Iterator[PersonId]:
    """Alike in their first ten bytes, which are drawn at random for each roster, and counting up after them.

    A store that takes in a million of them writes at one place of its index instead of all over it.
    """
    drawn = draw(_DRAWN_BYTES)
    return (PersonId(drawn + number.to_bytes(_COUNTED_BYTES)) for number in count())
