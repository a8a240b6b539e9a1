"""A card's days as seconds since 1970 UTC, as CWT wants them. Days are China's: UTC+8, no summer time."""

from datetime import date

_DAY_S = 86_400
_CHINA_AHEAD_S = 8 * 3_600
_EPOCH = date(1970, 1, 1).toordinal()


def start_s(day: date) -> int:
    """The second at which `day` begins in China."""
    return (day.toordinal() - _EPOCH) * _DAY_S - _CHINA_AHEAD_S


def end_s(day: date) -> int:
    """The first second after `day`."""
    return start_s(day) + _DAY_S


def day_of(second: int) -> date:
    """The day in China that `second` falls into. Raises ValueError beyond the year 9999."""
    try:
        return date.fromordinal((second + _CHINA_AHEAD_S) // _DAY_S + _EPOCH)
    except (OverflowError, ValueError):
        raise ValueError("a day beyond the calendar") from None
