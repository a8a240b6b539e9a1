"""Rounds that interleave what is compared, so that a busy moment of the machine strikes both sides."""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter


def time_ms(work: Callable[[], object]) -> float:
    """How long `work` took, in milliseconds."""
    started_s = perf_counter()
    work()
    return (perf_counter() - started_s) * 1000


def interleaved(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """The times of each of `works` in milliseconds, in turn, `rounds` times, after one that is not counted."""
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 1):
        for name, work in works.items():
            took_ms = time_ms(work)
            if number:
                times[name].append(took_ms)
    return times


def percentile(times_ms: list[float], of_hundred: int) -> float:
    """The value that `of_hundred` per cent of `times_ms` do not exceed."""
    ordered = sorted(times_ms)
    return ordered[min(len(ordered) - 1, len(ordered) * of_hundred // 100)]


def middle(times_ms: list[float]) -> float:
    """The median, rounded to what the clock can tell."""
    return round(median(times_ms), 3)
