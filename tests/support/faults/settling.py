"""The dust settles: every line is good, every disk has room, and all exchange until nothing changes any more."""

from dataclasses import dataclass, field

from support.faults.node import Node
from support.faults.scene import Scene
from support.faults.sticks import Sticks

from station_core.ids import WriterId
from sync.errors import Trouble

MOST_ROUNDS = 12


@dataclass
class Settled:
    """`forks`: the journals that each machine named as forked in the last round. `troubles`: what did not end."""

    rounds: int = 0
    forks: dict[Node, frozenset[WriterId]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


def settle(scene: Scene, sticks: Sticks | None = None) -> Settled:
    """`sticks`: what brings everything about before anybody uses a line again."""
    for node in scene.nodes:
        node.disarm()
        node.set_full(False)
    settled = Settled()
    with scene.weather.calm():
        while scene.lines.late:
            scene.lines.deliver_late()
        by_sticks = [*sticks.settle(), *_unlike_the_city(scene)] if sticks else []
        while settled.rounds < MOST_ROUNDS and _round(scene, settled):
            settled.rounds += 1
    if settled.rounds == MOST_ROUNDS:
        settled.troubles.append(f"after {MOST_ROUNDS} rounds there is still something to exchange")
    settled.troubles += by_sticks
    return settled


def _round(scene: Scene, settled: Settled) -> int:
    """How many entries moved."""
    moved = 0
    settled.troubles.clear()
    for node in scene.stations:
        synced = scene.exchange(node)
        scene.note_revoked()
        if synced is None:
            settled.troubles.append(f"{node.name} ended in the middle of an exchange")
            continue
        report = synced.report
        moved += report.pushed_entries + report.pulled_entries + (synced.healed is not None)
        settled.forks[node] = frozenset(fork.writer for fork in report.forks)
        told = {half.error.code for half in (report.pushed, report.pulled) if half.error}
        expected = {Trouble.REVOKED} if node.writer in scene.revoked else set()
        settled.troubles += [f"{node.name} was told {code}" for code in told - expected]
    return moved


def _unlike_the_city(scene: Scene) -> list[str]:
    """Whoever does not hold what the city does, though every file arrived."""
    with scene.city.store.reading() as view:
        city = view.journals.heads()
    problems = []
    for node in scene.stations:
        with node.store.reading() as view:
            heads = view.journals.heads()
        if node.writer not in scene.revoked and heads != city:
            problems.append(f"{node.name} does not hold what the city holds, by sticks alone")
        knows_the_city = scene.city.writer in heads  # else nothing can be written to it, and if revoked never will
        if knows_the_city and heads.get(node.writer) != city.get(node.writer):
            problems.append(f"the city lacks something of {node.name}, by sticks alone")
    return problems
