"""What must hold when the dust has settled, and what does not."""

from collections import Counter
from dataclasses import dataclass, field

from support.faults.ledger import Acknowledged, Content, contents
from support.faults.node import Node
from support.faults.scene import Scene
from support.faults.settling import Settled
from support.worlds import memory_engine, tables

from db.fold.judge import EntryState
from db.store import Store
from station_core import cbor
from station_core.ids import WriterId
from station_core.journal.entry import Head
from station_core.journal.receipt import Outcome
from station_core.keys import SigningKey
from station_core.records.cards import CardIssued
from station_core.records.services import ServiceGiven
from sync.answer import BATCH_BYTES

Tables = dict[str, list[tuple[object, ...]]]


@dataclass
class Verdict:
    """`lost` and `doubled` are numbers of (record, store); `in_forks` and `gone` of records. `problems` are sentences.

    A record in a fork is refused by all but those that hold that side of it, who have named it. `gone` are those that
    nobody held but a disk that died.
    """

    acknowledged: int = 0
    lost: int = 0
    doubled: int = 0
    forks: int = 0
    in_forks: int = 0
    gone: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass
class _Held:
    """What one machine holds."""

    node: Node
    heads: dict[WriterId, Head]
    contents: Counter[Content]
    tables: Tables


def judge(scene: Scene, settled: Settled) -> Verdict:
    verdict = Verdict(len(scene.ledger.acknowledged), problems=list(settled.troubles))
    held = [_look(node) for node in scene.nodes]
    forked = frozenset[WriterId]().union(*settled.forks.values())
    verdict.forks = len(forked)
    verdict.problems += [
        f"a fork of {scene_name(scene, one)} was named, but none made" for one in forked - scene.copied
    ]
    _check_records(scene, held, forked, verdict)
    verdict.problems += _unnamed_forks(scene, held, settled)
    verdict.problems += _unequal(held)
    for one in held:
        verdict.problems += _broken_journals(one)
    for one in (held[0], scene.rng.choice(held)):
        verdict.problems += _other_tables(one)
    verdict.problems += _other_order(held[0]) + _not_counted(held[0])
    return verdict


def scene_name(scene: Scene, writer: WriterId) -> str:
    return next((node.name for node in scene.nodes if node.writer == writer), "a stranger")


def _look(node: Node) -> _Held:
    with node.store.reading() as view:
        heads = view.journals.heads()
    return _Held(node, heads, contents(node.store), tables(node.store))


def _check_records(scene: Scene, held: list[_Held], forked: frozenset[WriterId], verdict: Verdict) -> None:
    """Every acknowledged record lies once wherever it should."""
    for record in scene.ledger.acknowledged:
        holders = [one for one in held if one.contents[record.content]]
        if record.content in scene.ledger.at_risk and not holders:
            verdict.gone += 1
            continue
        if record.writer in forked:
            verdict.in_forks += len(holders) < len(held)
            wanted = holders or held[:1]
        else:
            wanted = [one for one in held if _should_hold(scene, one.node, record)]
        for one in wanted:
            _check_record(scene, one, record, verdict)


def _should_hold(scene: Scene, node: Node, record: Acknowledged) -> bool:
    """A revoked station gets nothing any more, but keeps what it wrote; of two with one disk nobody knows which did."""
    if node.writer not in scene.revoked:
        return True
    return node.writer == record.writer and node.writer not in scene.copied


def _check_record(scene: Scene, one: _Held, record: Acknowledged, verdict: Verdict) -> None:
    times = one.contents[record.content]
    if times != 1:
        verdict.lost += times == 0
        verdict.doubled += times > 1
        where = f"{record.kind} {record.seq} of {scene_name(scene, record.writer)}"
        verdict.problems.append(f"{where} lies {times} times at {one.node.name}")


def _unnamed_forks(scene: Scene, held: list[_Held], settled: Settled) -> list[str]:
    """Where a station and the city hold different journals of one writer, the station has said so."""
    problems = []
    city = held[0].heads
    for one in held[1:]:
        for writer in one.heads.keys() | city.keys():
            if one.node.writer in scene.revoked and (writer != one.node.writer or _is_behind(one, held[0])):
                continue
            same = one.heads.get(writer) == city.get(writer)
            if not same and writer not in settled.forks.get(one.node, frozenset()):
                problems.append(
                    f"{one.node.name} and the city differ in {scene_name(scene, writer)}, and nobody said so"
                )
    return problems


def _is_behind(one: _Held, city: _Held) -> bool:
    """Whether the journal of `one` is the beginning of what the city holds of it."""
    own = one.heads.get(one.node.writer)
    return own is None or city.node.exchange_store.hash_at(one.node.writer, own.seq) == own.hash


def _unequal(held: list[_Held]) -> list[str]:
    """Who holds the same journals has the same tables."""
    problems = []
    for place, one in enumerate(held):
        for other in held[:place]:
            if one.heads == other.heads and one.tables != other.tables:
                names = [name for name in one.tables if one.tables[name] != other.tables[name]]
                problems.append(f"{one.node.name} and {other.node.name} differ in {', '.join(names)}")
    return problems


def _broken_journals(one: _Held) -> list[str]:
    with one.node.store.reading() as view:
        return [f"{one.node.name}: {fault}" for writer in one.heads for fault in view.journals.faults(writer)]


def _other_tables(one: _Held) -> list[str]:
    """Tables that do not follow from the journals."""
    with one.node.store.writing() as tx:
        tx.rebuild()
    rebuilt = tables(one.node.store)
    return [f"{one.node.name}: a rebuild changes {table}" for table in rebuilt if rebuilt[table] != one.tables[table]]


def _other_order(one: _Held) -> list[str]:
    """Another store that gets everything at once, writer by writer, has the same tables."""
    store = one.node.exchange_store
    other = Store(memory_engine(), one.node.root_key, SigningKey(bytes(32)), one.node.clock)
    left, problems = dict.fromkeys(sorted(one.heads), 0), []
    while left:
        before = len(left)
        for writer, seq in list(left.items()):
            while seq < one.heads[writer].seq and (batch := store.batch_after(writer, seq, BATCH_BYTES)):
                with other.writing() as tx:
                    received = tx.receive(batch)
                if received.outcome is not Outcome.HELD:
                    break
                seq = received.head.seq
            if seq == one.heads[writer].seq:
                del left[writer]
        if len(left) == before:
            problems.append(f"{one.node.name}: journals that no other store takes")
            break
    folded = tables(other)
    other.close()
    return problems + [
        f"{one.node.name}: another order gives another {table}"
        for table in folded
        if folded[table] != one.tables[table]
    ]


def _not_counted(one: _Held) -> list[str]:
    """Services and cards of which the journals say that they count, and the tables do not know, or the other way."""
    problems = []
    for kind, table, key in ((ServiceGiven.kind, "service_given", "id"), (CardIssued.kind, "card", "card")):
        counted = {
            cbor.decode(body)[key]
            for _writer, _seq, _at, said, _hash, body, state, _reason in one.tables["entry"]
            if said == kind and state == EntryState.FOLDED and isinstance(body, bytes)
        }
        if counted != {row[0] for row in one.tables[table]}:
            problems.append(f"{one.node.name}: {table} does not hold what the journals count")
    return problems
