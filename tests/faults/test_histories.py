"""The short form of the fault suite: a dozen histories, one more on PostgreSQL, and one with real kills."""

import pytest
from support.faults.history import fewest_steps, run_history
from support.faults.killing import run_killing
from support.faults.report import Totals
from support.faults.running import Mixture
from support.faults.tally import Fault

SEEDS = range(7_001, 7_010)


def test_nothing_is_lost_and_nothing_doubled_whatever_happens() -> None:
    totals = Totals()
    for seed in SEEDS:
        outcome = run_history(seed)
        totals.add(outcome)
        assert not outcome.problems, list(totals.failure_lines(outcome))
    assert totals.sums["acknowledged"] > 200
    assert len(totals.tally) > len(Fault) / 2


@pytest.mark.postgres
def test_a_city_on_postgresql(postgres_url: str) -> None:
    from db.engine import url_engine
    from db.store import prepare

    engine = url_engine(postgres_url)
    prepare(engine)
    engine.dispose()
    assert run_history(7_100, postgres_url).problems == []


def test_real_processes_are_killed() -> None:
    outcome = run_killing(7_201, most_kills=2)
    assert outcome.problems == []
    assert outcome.tally[Fault.SIGKILL_STATION] + outcome.tally[Fault.SIGKILL_CITY] > 2
    assert outcome.verdict.acknowledged > 0


def test_one_seed_is_one_history() -> None:
    one, other = run_history(7_007), run_history(7_007)
    assert (one.tally, one.verdict) == (other.tally, other.verdict)


def test_what_kind_of_history_a_seed_is_follows_from_it_alone() -> None:
    mixture = Mixture()
    killing = [seed for seed in range(1, 100) if mixture.is_killing(seed)]
    assert [(seed, mixture.is_on_postgres(seed)) for seed in killing] == [(45, False), (90, True)]
    assert not any(Mixture(0, 0).is_on_postgres(seed) or Mixture(0, 0).is_killing(seed) for seed in range(100))


@pytest.mark.parametrize("first_bad", [0, 1, 33, 70])
def test_a_failing_history_is_shortened(first_bad: int) -> None:
    assert fewest_steps(lambda most: most >= first_bad) == first_bad
