import itertools

from hypothesis import given
from hypothesis import strategies as st

from station_core.clock import MAX_AHEAD_MS, HybridClock, HybridTime, hybrid, wall_ms

moments = st.integers(0, (1 << 47) - 1)


def test_a_time_holds_milliseconds_and_a_counter() -> None:
    assert hybrid(5, 3) == 5 * 65_536 + 3
    assert wall_ms(hybrid(1_795_500_000_000, 65_535)) == 1_795_500_000_000


@given(st.lists(moments, min_size=2, max_size=30))
def test_every_tick_is_later_than_the_one_before_whatever_the_wall_clock_does(walls: list[int]) -> None:
    clock = HybridClock()
    ticks = [clock.tick(now) for now in walls]
    assert all(before < after for before, after in itertools.pairwise(ticks))
    assert all(wall_ms(tick) >= now for tick, now in zip(ticks, walls, strict=True))


@given(moments, st.integers(0, MAX_AHEAD_MS), st.integers(0, 65_535))
def test_a_tick_is_later_than_what_was_seen(now: int, ahead: int, counter: int) -> None:
    clock = HybridClock()
    seen = hybrid(now + ahead, counter)
    clock.observe(seen, now)
    assert clock.tick(now) > seen


def test_an_older_time_that_is_seen_changes_nothing() -> None:
    clock = HybridClock(hybrid(100))
    clock.observe(hybrid(50), 100)
    assert clock.last == hybrid(100)


def test_a_time_absurdly_far_ahead_does_not_drag_the_clock_along() -> None:
    clock = HybridClock()
    clock.observe(hybrid(1_000 + MAX_AHEAD_MS + 1), 1_000)
    assert clock.tick(1_000) == hybrid(1_000)


def test_a_full_counter_runs_over_into_the_milliseconds() -> None:
    clock = HybridClock(hybrid(10, 65_535))
    assert clock.tick(10) == HybridTime(hybrid(11))
