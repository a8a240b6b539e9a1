"""What each machine holds in the end, and whether it all follows from the journals."""

from collections import Counter
from dataclasses import dataclass

from support.faults.ledger import Content, Ledger
from support.faults.node import Node
from support.worlds import memory_engine, tables

from city_server.exchange_store import CityExchangeStore
from db.fold.judge import EntryState
from db.store import Store
from station_core.ids import WriterId
from station_core.journal.entry import Head
from station_core.journal.receipt import Outcome
from station_core.keys import SigningKey
from station_core.records.base import Record, decode_body
from station_core.records.cards import CardIssued
from station_core.records.services import ServiceGiven
from sync.answer import BATCH_BYTES

Tables = dict[str, list[tuple[object, ...]]]


@dataclass
class Held:
    """What one machine holds."""

    node: Node
    heads: dict[WriterId, Head]
    contents: Counter[Content]
    tables: Tables


def look(node: Node, ledger: Ledger) -> Held:
    with node.store.reading() as view:
        heads = view.journals.heads()
    return Held(node, heads, ledger.contents(node.store), tables(node.store))


def unequal(held: list[Held]) -> list[str]:
    """Who holds the same journals has the same tables."""
    problems = []
    for place, one in enumerate(held):
        for other in held[:place]:
            if one.heads == other.heads and one.tables != other.tables:
                names = [name for name in one.tables if one.tables[name] != other.tables[name]]
                problems.append(f"{one.node.name} and {other.node.name} differ in {', '.join(names)}")
    return problems


def broken_journals(one: Held) -> list[str]:
    with one.node.store.reading() as view:
        return [f"{one.node.name}: {fault}" for writer in one.heads for fault in view.journals.faults(writer)]


def other_tables(one: Held) -> list[str]:
    """Tables that do not follow from the journals."""
    with one.node.store.writing() as tx:
        tx.rebuild()
    rebuilt = tables(one.node.store)
    return [f"{one.node.name}: a rebuild changes {table}" for table in rebuilt if rebuilt[table] != one.tables[table]]


def other_order(one: Held) -> list[str]:
    """Another store that gets everything at once, writer by writer, has the same tables."""
    store = CityExchangeStore(one.node.store)
    other = Store(memory_engine(), one.node.store.root_key, SigningKey(bytes(32)), one.node.clock)
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


def not_counted(one: Held) -> list[str]:
    """Services and cards of which the journals say that they count, and the tables do not know, or the other way."""
    problems = []
    kinds: tuple[tuple[type[Record], str, str], ...] = (
        (ServiceGiven, "service_given", "id"),
        (CardIssued, "card", "card"),
    )
    for record, table, key in kinds:
        counted = {
            getattr(decode_body(record, body), key)
            for _writer, _seq, _at, said, _hash, _digest, body, state, *_ in one.tables["entry"]
            if said == record.kind and state == EntryState.FOLDED and isinstance(body, bytes)
        }
        if counted != {row[0] for row in one.tables[table]}:
            problems.append(f"{one.node.name}: {table} does not hold what the journals count")
    return problems
