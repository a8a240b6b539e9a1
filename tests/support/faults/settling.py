"""The dust settles: every line is good, every disk has room, and all exchange until nothing changes any more."""

from dataclasses import dataclass, field

from support.faults.node import Node
from support.faults.scene import Scene

from station_core.ids import WriterId
from sync.errors import Trouble

MOST_ROUNDS = 12


@dataclass
class Settled:
    """`forks`: the journals that each machine named as forked in the last round. `troubles`: what did not end."""

    rounds: int = 0
    forks: dict[Node, frozenset[WriterId]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


def settle(scene: Scene) -> Settled:
    for node in scene.nodes:
        node.disarm()
        node.set_full(False)
    while scene.weather.late:
        scene.weather.deliver_late()
    settled = Settled()
    while settled.rounds < MOST_ROUNDS:
        settled.rounds += 1
        if not _round(scene, settled):
            return settled
    settled.troubles.append(f"after {MOST_ROUNDS} rounds there is still something to exchange")
    return settled


def _round(scene: Scene, settled: Settled) -> int:
    """How many entries moved."""
    moved = 0
    settled.troubles.clear()
    for node in scene.stations:
        report = scene.exchange(node, scene.city, smooth=True)
        if report is None:
            settled.troubles.append(f"{node.name} ended in the middle of an exchange")
            continue
        moved += report.pushed_entries + report.pulled_entries
        settled.forks[node] = frozenset(fork.writer for fork in report.forks)
        told = {half.error.code for half in (report.pushed, report.pulled) if half.error}
        expected = {Trouble.REVOKED} if node.writer in scene.revoked else set()
        settled.troubles += [f"{node.name} was told {code}" for code in told - expected]
    return moved
