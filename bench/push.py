"""100,000 entries pushed into a city on PostgreSQL, against a bare COPY of the rows that result.

The push is what a city's server does with the requests of stations: read, verify, judge, fold, commit each batch; in
one process, and in as many as `city serve --workers` would have. The bare side is COPY, in one transaction, of all rows
that the push left, from memory into the same empty tables with their indexes. Both are on disk when they return. They
take turns, each time in a fresh database of one and the same server.
"""

import argparse
import contextlib
import json
import multiprocessing
import random
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from time import perf_counter
from typing import Any, LiteralString, NamedTuple

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


class Journal(NamedTuple):
    """What one station sends: what introduces it, and the requests that are measured."""

    opening: bytes
    requests: list[bytes]


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench push", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000, help="how many in all (default: 100,000)")
    parser.add_argument("--stations", type=int, default=50, help="how many devices wrote them (default: 50)")
    parser.add_argument("--workers", type=int, default=2, help="processes, beside one alone (default: 2)")
    parser.add_argument("--rounds", type=int, default=3, help="of each (default: 3)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a sentence")
    options = parser.parse_args(arguments)
    try:
        programs = find_programs()
    except NoPostgres as missing:
        print(missing, file=sys.stderr)
        return 2
    journals, entries = _journals(options.stations, options.entries)
    with Cluster(programs, AS_IN_EARNEST) as cluster:
        pushes_ms, copies_ms, rows = _measure(cluster, journals, sorted({1, options.workers}), options.rounds)
    result = _result(entries, rows, {workers: middle(took) for workers, took in pushes_ms.items()}, middle(copies_ms))
    if options.json:
        print(json.dumps(result))
    else:
        print(_in_words(result))
    return 0


def _result(entries: int, rows: int, pushes_ms: dict[int, float], copy_ms: float) -> dict[str, Any]:
    return {
        "entries": entries,
        "rows": rows,
        "copy_ms": round(copy_ms),
        "copy_entries_a_second": round(entries / copy_ms * 1000),
        "aim": AIM,
        "pushes": [
            {
                "workers": workers,
                "push_ms": round(push_ms),
                "push_entries_a_second": round(entries / push_ms * 1000),
                "speed_of_copy": round(copy_ms / push_ms, 3),
            }
            for workers, push_ms in pushes_ms.items()
        ],
    }


def _in_words(result: dict[str, Any]) -> str:
    copied = f"bare COPY of the {result['rows']:,} rows of {result['entries']:,} entries: {result['copy_ms']:,} ms"
    pushed = (
        f"pushed to {one['workers']} processes: {one['push_ms']:,} ms, {one['push_entries_a_second']:,} entries a "
        f"second, {one['speed_of_copy']:.2f} of COPY's speed (aim: at least {AIM})"
        for one in result["pushes"]
    )
    return "\n".join((copied, *pushed))


def _journals(stations: int, entries: int) -> tuple[list[Journal], int]:
    """Messages as stations send them, and how many entries are measured."""
    journals, made = [], 0
    begin_ms = now_ms() - 24 * 3_600_000
    for number in range(stations):
        device = Device(SigningKey((number + 100).to_bytes(32)))
        device.write(certified(device.key, number), begin_ms, bytes(16))
        opening = _message([encode_batch(next(batches(device.entries, bytes(32), 1)))])
        previous, first = device.head.hash, len(device.entries)
        work_a_day(device, Counter(random.Random(number)), entries // stations, begin_ms)
        new = device.entries[first:]
        made += len(new)
        packed = [encode_batch(batch) for batch in batches(new, previous, BATCH_BYTES)]
        some = (packed[at : at + BATCHES_A_REQUEST] for at in range(0, len(packed), BATCHES_A_REQUEST))
        journals.append(Journal(opening, [_message(part) for part in some]))
    return journals, made


def _message(packed: Sequence[bytes]) -> bytes:
    return encode(PushRequest(batches=tuple(packed)))


def _measure(
    cluster: Cluster, journals: list[Journal], workers: list[int], rounds: int
) -> tuple[dict[int, list[float]], list[float], int]:
    pushes_ms: dict[int, list[float]] = {number: [] for number in workers}
    copies_ms, counted = [], 0
    empty = cluster.create_database()
    _make_tables(cluster.url(empty))
    for _ in range(rounds):
        for number in workers:
            with _database(cluster, empty) as url:
                pushes_ms[number].append(_push(url, journals, number))
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


def _push(url: str, journals: list[Journal], workers: int) -> float:
    """Milliseconds that so many processes took, which have the devices' introductions behind them."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _open, (url,)) as pool:
        list(pool.map(_take, ([journal.opening] for journal in journals)))
        return time_ms(lambda: list(pool.map(_take, (journal.requests for journal in journals))))


_opened: list[CityExchangeStore] = []
"""In a process that takes pushes: the store, as `city serve` has it."""


def _open(url: str) -> None:
    _opened.append(CityExchangeStore(Store(url_engine(url), ROOT.public, SigningKey(bytes([2]) * 32), now_ms)))
    look_for_cycles_rarely()


def _take(requests: list[bytes]) -> None:
    for body in requests:
        for result in answer_push(_opened[0], decode(PushRequest, body)).results:
            if result.outcome is not Outcome.HELD or result.aside:
                raise RuntimeError(f"the bench's own entries were not taken: {result.outcome} {result.aside}")


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
