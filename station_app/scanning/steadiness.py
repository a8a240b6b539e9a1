"""A code counts once it has been read alike for a moment: what a smear of motion makes up is not there twice."""

from collections.abc import Mapping

from station_app.scanning.readings import LINEAR, Reading, Symbology
from station_core.credential.card import MalformedCard, is_card, parse

MATRIX_MS = 25
"""Less than a frame at 30 a second: the second sighting counts."""
LINEAR_MS = 250
OUT_OF_SIGHT_MS = 1_000
"""Sightings further apart than this are not one: the time counts anew."""

STEADY_MS: Mapping[Symbology, int] = {each: LINEAR_MS if each in LINEAR else MATRIX_MS for each in Symbology}
"""How long a code must have been in view. A row of bars has one check digit or none, a matrix corrects errors."""


class Steadiness:
    """Lets those readings through that have been in view for long enough, in the time of the frames.

    A card of ours needs no second sighting: its signature says whether it was read right. For one thread.
    """

    def __init__(self) -> None:
        self._first_ms: dict[tuple[str, Symbology], int] = {}
        self._last_ms: dict[tuple[str, Symbology], int] = {}

    def steady(self, readings: tuple[Reading, ...], at_ms: int | None) -> tuple[Reading, ...]:
        """Those of `readings`, of a frame of the time `at_ms`, that count; all, where the picture is a still one."""
        if at_ms is None:
            return readings
        self._forget_out_of_sight(at_ms)
        for reading in readings:
            self._first_ms.setdefault(reading.identity, at_ms)
            self._last_ms[reading.identity] = at_ms
        return tuple(reading for reading in readings if self._counts(reading, at_ms))

    def _counts(self, reading: Reading, at_ms: int) -> bool:
        in_view_ms = at_ms - self._first_ms[reading.identity]
        return in_view_ms >= STEADY_MS[reading.symbology] or _proves_itself(reading.text)

    def _forget_out_of_sight(self, at_ms: int) -> None:
        """A clock that goes back (a video that begins anew) makes everything new, too."""
        for identity, last_ms in list(self._last_ms.items()):
            if not 0 <= at_ms - last_ms <= OUT_OF_SIGHT_MS:
                del self._first_ms[identity], self._last_ms[identity]


def _proves_itself(text: str) -> bool:
    try:
        return is_card(text) and parse(text) is not None
    except MalformedCard:
        return False
