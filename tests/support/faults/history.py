"""One random history from its seed: acts, exchanges and trouble in any order, then the dust settles and is judged."""

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from support.faults.disks import quick_folder
from support.faults.playing import MOST_STEPS, Play
from support.faults.scene import new_scene
from support.faults.settling import settle
from support.faults.surroundings import listening, seeded
from support.faults.tally import Tally
from support.faults.verdict import Verdict, judge

COPIES_SHARE = 0.15
"""Histories with cloned disks and restored backups. A fork in any other is a mistake of ours."""
STICKS_SHARE = 0.15
"""Of the others, those in which everything is brought about by files on sticks in the end."""


@dataclass
class Outcome:
    """`error`: what the product raised and must not have."""

    seed: int
    seconds: float
    tally: Tally
    verdict: Verdict
    error: str | None = None

    @property
    def problems(self) -> list[str]:
        return [*([self.error] if self.error else []), *self.verdict.problems]


def run_history(
    seed: int,
    postgres_url: str | None = None,
    *,
    most_steps: int = MOST_STEPS,
    copies_share: float = COPIES_SHARE,
) -> Outcome:
    """The history of `seed`, broken off after `most_steps`. `postgres_url`: an empty database with today's tables."""
    rng, outcome = Random(seed), Outcome(seed, 0.0, Tally(), Verdict())
    start = time.monotonic()
    folder = TemporaryDirectory(prefix="station-faults-", dir=quick_folder())
    with folder as place, seeded(seed + 1), listening() as unexpected:
        try:
            with new_scene(Path(place), rng, outcome.tally, postgres_url) as scene:
                has_copies = rng.random() < copies_share
                play = Play(scene, has_copies)
                play.go(most_steps)
                by_sticks = not has_copies and rng.random() < STICKS_SHARE
                outcome.verdict = judge(scene, settle(scene, play.sticks if by_sticks else None))
        except Exception as error:
            outcome.error = _where(error)
        outcome.error = next(iter(unexpected.seen), outcome.error)
    outcome.seconds = time.monotonic() - start
    return outcome


def fewest_steps(fails: Callable[[int], bool]) -> int:
    """How many steps it takes until it fails, by halving. Crude: what fails early may be well again later."""
    low, high = 0, MOST_STEPS
    while low < high:
        middle = (low + high) // 2
        if fails(middle):
            high = middle
        else:
            low = middle + 1
    return low


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {error}"
