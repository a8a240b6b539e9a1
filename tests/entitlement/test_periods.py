"""Periods at their edges: month ends, leap years, weeks and quarters across years."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_core.catalogue import Period
from station_core.entitlement.periods import Span, age_on, next_given_day, span

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CALENDAR = [Period.DAY, Period.WEEK, Period.MONTH, Period.QUARTER, Period.YEAR]
days = st.dates(date(1950, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("period", "day", "first", "last"),
    [
        (Period.DAY, "2026-11-24", "2026-11-24", "2026-11-24"),
        (Period.WEEK, "2026-11-23", "2026-11-23", "2026-11-29"),
        (Period.WEEK, "2026-11-29", "2026-11-23", "2026-11-29"),
        (Period.WEEK, "2026-12-31", "2026-12-28", "2027-01-03"),
        (Period.WEEK, "2027-01-03", "2026-12-28", "2027-01-03"),
        (Period.MONTH, "2026-11-30", "2026-11-01", "2026-11-30"),
        (Period.MONTH, "2024-02-29", "2024-02-01", "2024-02-29"),
        (Period.MONTH, "2026-02-01", "2026-02-01", "2026-02-28"),
        (Period.MONTH, "2100-02-10", "2100-02-01", "2100-02-28"),
        (Period.MONTH, "2026-12-31", "2026-12-01", "2026-12-31"),
        (Period.QUARTER, "2026-01-01", "2026-01-01", "2026-03-31"),
        (Period.QUARTER, "2026-06-30", "2026-04-01", "2026-06-30"),
        (Period.QUARTER, "2026-07-01", "2026-07-01", "2026-09-30"),
        (Period.QUARTER, "2026-12-31", "2026-10-01", "2026-12-31"),
        (Period.YEAR, "2024-02-29", "2024-01-01", "2024-12-31"),
    ],
)
def test_first_and_last_day(period: Period, day: str, first: str, last: str) -> None:
    assert span(period, date.fromisoformat(day)) == Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("period", [Period.EVENT, Period.EVER])
def test_no_calendar_ends_an_event_or_ever(period: Period) -> None:
    assert span(period, date(2026, 1, 1)) is None


@unhurried
@given(st.sampled_from(CALENDAR), days)
def test_periods_tile_the_calendar(period: Period, day: date) -> None:
    current = span(period, day)
    assert current is not None
    assert day in current
    assert current.following not in current
    following = span(period, current.following)
    assert following is not None
    assert following.first == current.following
    assert span(period, current.first) == span(period, current.last) == current
    assert current.first - timedelta(days=1) not in current


def test_given_days() -> None:
    assert next_given_day((18,), date(2026, 11, 18)) == date(2026, 11, 18)
    assert next_given_day((18,), date(2026, 12, 19)) == date(2027, 1, 18)
    assert next_given_day((31,), date(2026, 11, 1)) == date(2026, 12, 31)
    assert next_given_day((29,), date(2026, 2, 1)) == date(2026, 3, 29)
    assert next_given_day((1, 15), date(2026, 2, 2)) == date(2026, 2, 15)
    assert next_given_day((), date(2026, 2, 2)) == date(2026, 2, 2)


def test_age_in_full_years() -> None:
    assert age_on(date(2008, 11, 24), date(2026, 11, 23)) == 17
    assert age_on(date(2008, 11, 24), date(2026, 11, 24)) == 18
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18
    assert age_on(date(2008, 2, 29), date(2028, 2, 29)) == 20
