"""Where the periods of a rule begin and end, in local dates."""

from dataclasses import dataclass
from datetime import date, timedelta

from station_core.catalogue import Period

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def following(self) -> date:
        """The first day after it."""
        return self.last + _DAY


def span(period: Period, day: date) -> Span | None:
    """The calendar period in which `day` lies; None for an event and for ever, which no calendar ends."""
    match period:
        case Period.DAY:
            return Span(day, day)
        case Period.WEEK:
            monday = day - timedelta(days=day.weekday())
            return Span(monday, monday + timedelta(days=6))
        case Period.MONTH:
            return _months(day.year, day.month, 1)
        case Period.QUARTER:
            return _months(day.year, (day.month - 1) // 3 * 3 + 1, 3)
        case Period.YEAR:
            return _months(day.year, 1, 12)
        case Period.EVENT | Period.EVER:
            return None


def _months(year: int, first_month: int, count: int) -> Span:
    """`count` whole months that do not run beyond the year."""
    last_month = first_month + count - 1
    last = date(year, 12, 31) if last_month == 12 else date(year, last_month + 1, 1) - _DAY
    return Span(date(year, first_month, 1), last)


def next_given_day(on_days: tuple[int, ...], earliest: date) -> date:
    """The first day from `earliest` on whose day of the month is in `on_days`; `earliest` where that is empty."""
    day = earliest
    while on_days and day.day not in on_days:
        day += _DAY
    return day


def age_on(born_on: date, day: date) -> int:
    """Full years of age. Who was born on 29 February turns a year older on 1 March where there is no 29th."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
