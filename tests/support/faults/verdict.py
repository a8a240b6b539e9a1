"""What must hold when the dust has settled, and what does not."""

from dataclasses import dataclass, field

from support.faults.erasing import erased_people, left_of
from support.faults.holding import Held, broken_journals, look, not_counted, other_order, other_tables, unequal
from support.faults.leases import given_out, lines_at, meals_too_many, of_stock, total_of
from support.faults.ledger import Acknowledged
from support.faults.machines import StationNode
from support.faults.node import Node
from support.faults.scene import Scene
from support.faults.settling import Settled

from station_core.ids import WriterId
from station_core.records.trust import WriterSucceeded


@dataclass
class Verdict:
    """`lost` and `doubled` are numbers of (record, store); `stranded` and `gone` of records. `problems` are sentences.

    `healed` forks went on as new writers. A `stranded` record lies with a neighbour and not in the city: the copy whose
    fork it is part of died before it met the city, and nobody can go on as it. `gone` are records that nobody held but
    a disk that died. `over_given` are pieces of a stock beyond what there was; copies of one disk hold its part twice.
    """

    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    healed: int = 0
    stranded: int = 0
    gone: int = 0
    erased: int = 0
    given: int = 0
    over_given: int = 0
    over_given_by_copies: int = 0
    over_use: int = 0
    problems: list[str] = field(default_factory=list)


def judge(scene: Scene, settled: Settled) -> Verdict:
    verdict = Verdict(len(scene.ledger.acknowledged), problems=list(settled.troubles))
    held = [look(node, scene.ledger) for node in scene.nodes]
    city = held[0]
    with scene.city.store.reading() as view:
        verdict.healed = len(view.documents.all(WriterSucceeded))
    for record in scene.ledger.acknowledged:
        _check_record(scene, held, record, settled, verdict)
    for one in held[1:]:
        verdict.problems += _unlike_the_city(scene, one, city, settled)
    verdict.problems += unequal(held)
    _check_erased(scene, verdict)
    _check_leases(scene, held, verdict)
    for one in held:
        verdict.problems += broken_journals(one)
    for one in (city, scene.rng.choice(held)):
        verdict.problems += other_tables(one)
    verdict.problems += other_order(city) + not_counted(city)
    return verdict


def name_of(scene: Scene, writer: WriterId) -> str:
    was = (node.name for node in scene.stations if writer in node.was)
    return "the city" if writer == scene.city.writer else next(was, "a stranger")


def _check_record(scene: Scene, held: list[Held], record: Acknowledged, settled: Settled, verdict: Verdict) -> None:
    """It lies once wherever it should."""
    holders = [one for one in held if one.contents[record.content]]
    if not holders and record.content in scene.ledger.at_risk:
        verdict.gone += 1
        return
    is_stranded = held[0] not in holders and _may_be_stranded(scene, record)
    verdict.stranded += is_stranded
    for one in held:
        if one not in holders and (is_stranded or not _should_hold(scene, one.node, record, settled)):
            continue
        times = one.contents[record.content]
        if times > 1 and record.writer in scene.copied:
            times = 2 if record.content in scene.ledger.twice_in_a_journal(one.node.store) else 1
        verdict.lost += times == 0
        verdict.doubled += times > 1
        if times != 1:
            where = f"{record.kind} {record.seq} of {name_of(scene, record.writer)}"
            verdict.problems.append(f"{where} lies {times} times at {one.node.name}")


def _may_be_stranded(scene: Scene, record: Acknowledged) -> bool:
    return record.writer in scene.copied and record.content in scene.ledger.at_risk


def _should_hold(scene: Scene, node: Node, record: Acknowledged, settled: Settled) -> bool:
    """A revoked station gets nothing any more, but keeps what it wrote; of two with one disk nobody knows which did.

    Where a fork stands, the other side of it cannot be taken.
    """
    if record.writer in settled.forks.get(node, frozenset()):
        return False
    if node.writer not in scene.revoked:
        return True
    return isinstance(node, StationNode) and record.writer in node.was and not node.was & scene.copied


def _unlike_the_city(scene: Scene, one: Held, city: Held, settled: Settled) -> list[str]:
    """A station holds what the city holds, unless it is revoked. A fork that stands is one that nobody can heal."""
    problems = []
    for writer in one.heads.keys() | city.heads.keys():
        if one.heads.get(writer) == city.heads.get(writer):
            continue
        is_revoked, name = one.node.writer in scene.revoked, name_of(scene, writer)
        if is_revoked and (writer != one.node.writer or _is_behind(one, city)):
            continue
        if writer not in settled.forks.get(one.node, frozenset()):
            problems.append(f"{one.node.name} and the city differ in {name}, and nobody said so")
        elif writer not in scene.copied:
            problems.append(f"{one.node.name} names a fork of {name}, of whom there was no copy")
        elif writer not in scene.restored:
            problems.append(f"the fork of {name} at {one.node.name} did not heal")
    return problems


def _is_behind(one: Held, city: Held) -> bool:
    """Whether the journal of `one` is the beginning of what the city holds of it."""
    own = one.heads.get(one.node.writer)
    if own is None:
        return True
    with city.node.store.reading() as view:
        return view.journals.hash_at(one.node.writer, own.seq) == own.hash


def _check_erased(scene: Scene, verdict: Verdict) -> None:
    """Whoever was erased has left nothing at any store that may exchange."""
    people = erased_people(scene.city)
    verdict.erased = len(people)
    marks = [scene.acts.mark_of(person) for person in people]
    for node in scene.nodes:
        if node.writer not in scene.revoked:
            verdict.problems += [f"{node.name} still has somebody erased in {where}" for where in left_of(node, marks)]


def _check_leases(scene: Scene, held: list[Held], verdict: Verdict) -> None:
    """What is wrong with stock and quotas is listed alike everywhere; and nobody gives out what they do not hold."""
    lines = lines_at(scene.city)
    for one in held[1:]:
        if one.heads == held[0].heads and lines_at(one.node) != lines:
            verdict.problems.append(f"{one.node.name} lists other conflicts than the city")
    wrong = of_stock(lines)
    verdict.over_use = len(lines) - len(wrong)
    if verdict.over_use != (too_many := meals_too_many(scene.city)):
        verdict.problems.append(f"{verdict.over_use} meals are listed as too many, and {too_many} were")
    total = total_of(scene.nodes)
    verdict.given = given_out(scene.nodes)
    beyond = max(0, verdict.given - total)
    if scene.copied:
        verdict.over_given_by_copies = beyond
        return
    verdict.over_given = beyond
    if verdict.over_given:
        verdict.problems.append(f"{verdict.given} of {total} were given out")
    if wrong and not scene.revoked:
        verdict.problems += [f"{line.kind}: {line.where} gave {line.given} of {line.allowed}" for line in wrong]
