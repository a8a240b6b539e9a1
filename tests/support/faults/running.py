"""Many histories, spread over processes; some with a city on PostgreSQL, some of programs that are killed."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from support.faults.disks import empty_home
from support.faults.history import Outcome, run_history
from support.faults.killing import run_killing
from support.faults.playing import MOST_STEPS
from support.postgres import Cluster, NoPostgres, find_programs

from db.engine import url_engine
from db.store import prepare


@dataclass(frozen=True, slots=True)
class Mixture:
    """Every how many histories the city lies on PostgreSQL, and real processes are killed; 0 for never.

    As they stand, every second of the latter is one of the former, too. Which of them a seed is follows from the seed
    alone, so that one can be run again by itself.
    """

    postgres_every: int = 10
    killing_every: int = 45

    def is_on_postgres(self, seed: int) -> bool:
        return self.postgres_every > 0 and seed % self.postgres_every == 0

    def is_killing(self, seed: int) -> bool:
        return self.killing_every > 0 and seed % self.killing_every == 0


@dataclass(frozen=True, slots=True)
class _Server:
    """`template`: a database with today's tables, to be copied."""

    cluster: Cluster
    template: str


@contextmanager
def server() -> Iterator[_Server | None]:
    """A PostgreSQL of our own; None where its programs are missing."""
    try:
        programs = find_programs()
    except NoPostgres:
        yield None
        return
    with Cluster(programs) as cluster:
        template = cluster.create_database()
        engine = url_engine(cluster.url(template))
        prepare(engine)
        engine.dispose()
        yield _Server(cluster, template)


def run_one(seed: int, mixture: Mixture, server: _Server | None, most_steps: int = MOST_STEPS) -> Outcome:
    def run(database: str | None) -> Outcome:
        if mixture.is_killing(seed):
            return run_killing(seed, database)
        return run_history(seed, database, most_steps=most_steps)

    if server is None or not mixture.is_on_postgres(seed):
        return run(None)
    name = server.cluster.create_database(server.template)
    try:
        return run(server.cluster.url(name))
    finally:
        server.cluster.drop_database(name)


_inherited: tuple[Mixture, _Server | None] = (Mixture(), None)
"""What the processes of a pool find in their memory when they begin: a running server cannot be sent to them."""


def _in_a_process(seed: int) -> Outcome:
    return run_one(seed, *_inherited)


def run_many(
    seeds: range, mixture: Mixture, server: _Server | None, processes: int, tell: Callable[[Outcome], None]
) -> None:
    """Every history of `seeds`; `tell` hears of each as it ends."""
    global _inherited
    _inherited = (mixture, server)
    for encrypted in (True, False):
        empty_home(encrypted)  # made once here: processes of a pool tidy nothing up when they end
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        for outcome in pool.map(_in_a_process, seeds, chunksize=1):
            tell(outcome)
