"""100,000 entries pushed into a city on PostgreSQL, against a bare COPY of the rows that result.

The push is what the city's server does with the requests of stations: read, verify, judge, fold, commit each batch. The
bare side is COPY, in one transaction, of all rows that the push left, from memory into the same empty tables with their
indexes. Both are on disk when they return. They take turns, each time in a fresh database of one and the same server.
"""

import argparse
import contextlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from time import perf_counter
from typing import LiteralString

import psycopg
from psycopg import sql
from support.postgres import AS_IN_EARNEST, Cluster, NoPostgres, find_programs

from bench._devices import ROOT, certified, now_ms
from bench._journals import Counter, Device, batches, work_a_day
from bench._timing import middle, time_ms
from city_server.exchange_store import CityExchangeStore
from city_server.garbage import look_for_cycles_rarely
from db.engine import url_engine
from db.store import Store, prepare
from station_core.journal.batch import encode_batch
from station_core.journal.receipt import Outcome
from station_core.keys import SigningKey
from sync.answer import BATCH_BYTES, answer_push
from sync.messages import PushRequest, decode, encode

AIM = 0.25
BATCHES_A_REQUEST = 2
Rows = dict[str, list[bytes]]


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench push", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000, help="how many in all (default: 100,000)")
    parser.add_argument("--stations", type=int, default=50, help="how many devices wrote them (default: 50)")
    parser.add_argument("--rounds", type=int, default=3, help="of each (default: 3)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a sentence")
    options = parser.parse_args(arguments)
    try:
        programs = find_programs()
    except NoPostgres as missing:
        print(missing, file=sys.stderr)
        return 2
    opening, requests, entries = _requests(options.stations, options.entries)
    look_for_cycles_rarely()
    with Cluster(programs, AS_IN_EARNEST) as cluster:
        pushes_ms, copies_ms, rows = _measure(cluster, opening, requests, options.rounds)
    push_ms, copy_ms = middle(pushes_ms), middle(copies_ms)
    result = {
        "entries": entries,
        "rows": rows,
        "push_ms": round(push_ms),
        "copy_ms": round(copy_ms),
        "push_entries_a_second": round(entries / push_ms * 1000),
        "copy_entries_a_second": round(entries / copy_ms * 1000),
        "speed_of_copy": round(copy_ms / push_ms, 3),
        "aim": AIM,
    }
    if options.json:
        print(json.dumps(result))
    else:
        print(
            f"{entries:,} entries pushed in {push_ms / 1000:.2f} s ({result['push_entries_a_second']:,} a second), "
            f"bare COPY of the {rows:,} rows in {copy_ms / 1000:.2f} s: {result['speed_of_copy']:.2f} of its speed "
            f"(aim: at least {AIM})"
        )
    return 0


def _requests(stations: int, entries: int) -> tuple[list[bytes], list[bytes], int]:
    """Messages as stations send them: those that introduce the devices, those that are measured, and their entries."""
    opening, requests, made = [], [], 0
    begin_ms = now_ms() - 24 * 3_600_000
    for number in range(stations):
        device = Device(SigningKey((number + 100).to_bytes(32)))
        device.write(certified(device.key, number), begin_ms, bytes(16))
        opening.append(_message([encode_batch(next(batches(device.entries, bytes(32), 1)))]))
        previous, first = device.head.hash, len(device.entries)
        work_a_day(device, Counter(random.Random(number)), entries // stations, begin_ms)
        new = device.entries[first:]
        made += len(new)
        packed = [encode_batch(batch) for batch in batches(new, previous, BATCH_BYTES)]
        requests += [_message(packed[at : at + BATCHES_A_REQUEST]) for at in range(0, len(packed), BATCHES_A_REQUEST)]
    return opening, requests, made


def _message(packed: Sequence[bytes]) -> bytes:
    return encode(PushRequest(batches=tuple(packed)))


def _measure(
    cluster: Cluster, opening: list[bytes], requests: list[bytes], rounds: int
) -> tuple[list[float], list[float], int]:
    pushes_ms, copies_ms, counted = [], [], 0
    empty = cluster.create_database()
    _make_tables(cluster.url(empty))
    for _ in range(rounds):
        with _database(cluster, empty) as url:
            pushes_ms.append(_push(url, opening, requests))
            rows = _dump(url)
        with _database(cluster, empty) as url:
            took_ms, counted = _copy(url, rows)
            copies_ms.append(took_ms)
    return pushes_ms, copies_ms, counted


@contextlib.contextmanager
def _database(cluster: Cluster, template: str) -> Iterator[str]:
    name = cluster.create_database(template)
    try:
        yield cluster.url(name)
    finally:
        cluster.drop_database(name)


def _make_tables(url: str) -> None:
    engine = url_engine(url)
    prepare(engine)
    engine.dispose()


def _push(url: str, opening: list[bytes], requests: list[bytes]) -> float:
    engine = url_engine(url)
    store = CityExchangeStore(Store(engine, ROOT.public, SigningKey(bytes([2]) * 32), now_ms))

    def take(some: list[bytes]) -> None:
        for body in some:
            for result in answer_push(store, decode(PushRequest, body)).results:
                if result.outcome is not Outcome.HELD or result.aside:
                    raise RuntimeError(f"the bench's own entries were not taken: {result.outcome} {result.aside}")

    try:
        take(opening)
        return time_ms(lambda: take(requests))
    finally:
        engine.dispose()


def _connect(url: str) -> "psycopg.Connection[tuple[str]]":
    return psycopg.connect(url.replace("+psycopg", ""))


_TABLES: LiteralString = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
AND NOT relispartition AND relname <> 'alembic_version' ORDER BY relname
"""


def _dump(url: str) -> Rows:
    """All rows of all tables, as COPY gives and takes them."""
    with _connect(url) as connection:
        names = [name for (name,) in connection.execute(_TABLES)]
        return {name: _dumped(connection, name) for name in names}


def _dumped(connection: "psycopg.Connection[tuple[str]]", table: str) -> list[bytes]:
    query = sql.SQL("COPY (SELECT * FROM {}) TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
    with connection.cursor().copy(query) as copy:
        return [bytes(block) for block in copy]


def _copy(url: str, rows: Rows) -> tuple[float, int]:
    """Milliseconds, and how many rows that were."""
    counted = 0
    with _connect(url) as connection:
        started_s = perf_counter()
        for table, blocks in rows.items():
            cursor = connection.cursor()
            with cursor.copy(sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))) as copy:
                for block in blocks:
                    copy.write(block)
            counted += cursor.rowcount
        connection.commit()
        return (perf_counter() - started_s) * 1000, counted
