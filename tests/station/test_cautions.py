"""What staff are told of a clock that is off."""

import pytest

from station_app.station.notices import Caution, Warned, clock_caution

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
NOW = 1_795_500_000_000


@pytest.mark.parametrize(
    ("newest_own_ms", "exchanged_ms", "offset_ms", "told"),
    [
        (NOW - HOUR_MS, NOW - HOUR_MS, 0, None),
        (NOW + 119_000, NOW, 0, None),
        (NOW + 180_000, NOW, 0, Caution(Warned.CLOCK_BACK, {"minutes": 3})),
        (NOW + 400 * DAY_MS, None, None, Caution(Warned.CLOCK_BACK, {"minutes": 400 * 24 * 60})),
        (NOW - 3 * DAY_MS, NOW - 3 * DAY_MS, 0, Caution(Warned.CLOCK_AHEAD, {"days": 3})),
        (NOW - HOUR_MS, NOW - 3 * DAY_MS, 0, None),
        (NOW - 9 * DAY_MS, None, None, None),
        (NOW, NOW, -119_000, None),
        (NOW, NOW, 121_000, Caution(Warned.CLOCK_OFF, {"minutes": 2})),
        (NOW + 180_000, NOW, -300_000, Caution(Warned.CLOCK_OFF, {"minutes": 5})),
    ],
)
def test_a_clock_that_jumped_or_is_off_is_named(newest_own_ms, exchanged_ms, offset_ms, told):
    assert clock_caution(NOW, newest_own_ms, exchanged_ms, offset_ms) == told
