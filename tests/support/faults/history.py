"""One random history from its seed: acts, exchanges and trouble in any order, then the dust settles and is judged."""

import secrets
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from support.faults.clocks import HOUR_MS
from support.faults.node import Crash, End, Node
from support.faults.scene import Scene, back_up
from support.faults.settling import settle
from support.faults.sticks import Sticks
from support.faults.tally import Fault, Tally
from support.faults.verdict import Verdict, judge

COPIES_SHARE = 0.15
"""Histories with cloned disks and restored backups. A fork in any other is a mistake of ours."""

MOST_STATIONS = 6
MOST_STEPS = 70


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
    rng, salts = Random(seed), Random(seed + 1)
    outcome = Outcome(seed, 0.0, Tally(), Verdict())
    start = time.monotonic()
    seeded = patch.object(secrets, "token_bytes", lambda size=32: salts.randbytes(size))
    with TemporaryDirectory(prefix="station-faults-") as folder, seeded:
        scene = Scene.new(Path(folder), rng, outcome.tally, postgres_url)
        try:
            _History(scene, rng.random() < copies_share).play(most_steps)
            outcome.verdict = judge(scene, settle(scene))
        except Exception as error:
            outcome.error = _where(error)
        finally:
            scene.close()
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


@dataclass
class _History:
    scene: Scene
    has_copies: bool
    _sticks: Sticks = field(init=False)
    _backups: list[tuple[Node, Path]] = field(init=False, default_factory=list)
    _rng: Random = field(init=False)

    def __post_init__(self) -> None:
        self._rng = self.scene.rng
        self._sticks = Sticks(self._rng, self.scene.tally)

    def play(self, most_steps: int) -> None:
        for _ in range(self._rng.randint(2, 5)):
            self.scene.enrol()
        if not self.scene.stations:
            return
        for _ in range(min(self._rng.randint(15, MOST_STEPS), most_steps)):
            self.scene.time.pass_by(self._rng.randint(1, 60_000))
            self._step()()

    def _step(self) -> Callable[[], None]:
        steps: list[tuple[Callable[[], None], int]] = [
            (self._act, 36),
            (self._exchange_with_city, 18),
            (self._exchange_with_hub, 8),
            (self._act_in_city, 5),
            (self._arm, 8),
            (self._jump_clock, 4),
            (self._fill_disk, 3),
            (self._free_disks, 3),
            (self._deliver_late, 5),
            (self._pack_stick, 3),
            (self._take_stick, 4),
            (self._enrol, 1),
            (self._revoke, 1),
            (self._certify_anew, 1),
        ]
        if self.has_copies:
            steps += [
                (self._clone, 2),
                (self._back_up, 4),
                (self._restore, 3),
                (self._pack_stick, 3),
                (self._take_stick, 6),
            ]
        return self._rng.choices([step for step, _ in steps], [weight for _, weight in steps])[0]

    def _station(self) -> Node:
        return self._rng.choice(self.scene.stations)

    def _act(self) -> None:
        node, acts = self._station(), self.scene.acts
        self.scene.write(node, *(acts.big() if node.is_full else acts.at_a_station()))

    def _act_in_city(self) -> None:
        self.scene.write(self.scene.city, *self.scene.acts.in_the_city())

    def _exchange_with_city(self) -> None:
        self.scene.exchange(self._station(), self.scene.city)

    def _exchange_with_hub(self) -> None:
        """Any station may serve the others of its event."""
        if len(self.scene.stations) > 1:
            asking, hub = self._rng.sample(self.scene.stations, 2)
            self.scene.exchange(asking, hub)

    def _arm(self) -> None:
        end = self._rng.choice(list(End))
        self._rng.choice(self.scene.nodes).arm(end, self._rng.randint(0, 4 if end is End.AFTER_COMMIT else 60))

    def _jump_clock(self) -> None:
        self.scene.tally[Fault.CLOCK] += 1
        hours = self._rng.choice((0, 0, -30, -12, -3, -1, 1, 3, 12, 30))
        self._rng.choice(self.scene.nodes).clock.offset_ms = hours * HOUR_MS + self._rng.randint(-90_000, 90_000)

    def _fill_disk(self) -> None:
        self._rng.choice(self.scene.nodes).set_full(True)

    def _free_disks(self) -> None:
        for node in self.scene.nodes:
            node.set_full(False)

    def _deliver_late(self) -> None:
        if self.scene.weather.late:
            self.scene.weather.deliver_late()

    def _pack_stick(self) -> None:
        self._surviving(lambda: self._sticks.pack(self._rng.choice(self.scene.nodes)))

    def _take_stick(self) -> None:
        if self._sticks.batches:
            self._sticks.take_in(self._rng.choice(self.scene.nodes))

    def _enrol(self) -> None:
        if len(self.scene.stations) < MOST_STATIONS:
            self.scene.enrol()

    def _revoke(self) -> None:
        left = [node for node in self.scene.stations if node.writer not in self.scene.revoked]
        if len(left) > 1:
            self.scene.revoke(self._rng.choice(left))

    def _certify_anew(self) -> None:
        self.scene.certify_anew(self._station())

    def _clone(self) -> None:
        if len(self.scene.stations) < MOST_STATIONS:
            self.scene.clone(self._station())

    def _back_up(self) -> None:
        node = self._station()
        backup = back_up(node)
        if backup:
            self._backups.append((node, backup))

    def _restore(self) -> None:
        if self._backups:
            self.scene.restore(*self._rng.choice(self._backups))

    def _surviving(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Crash as crash:
            crash.node.restart()
