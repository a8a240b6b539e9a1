"""A station's 20,000 records brought to a city, against PouchDB bringing the same to an express-pouchdb server.

Ours: `station sync` from a SQLCipher store to `city serve`, on SQLite and on PostgreSQL. Each entry is chained, each
batch signed and verified, judged, and folded into tables, and it is on the city's disk (fsync) when it is acknowledged.
PouchDB: `db.replicate.to`, LevelDB on both sides, the same fields as JSON documents, nothing signed or encrypted, and
by default no fsync; as it comes, and with batches of 1,000 documents, which is faster. Every server is a process of its
own on loopback, without TLS. Times are taken without the process that counts the bytes.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import dataclass
from pathlib import Path

from support.postgres import AS_IN_EARNEST, Cluster, NoPostgres, find_programs

from bench import _pouchdb
from bench._counting import Traffic, counting
from bench._loaded import Loaded, loaded
from bench._timing import middle, time_ms

AIM_TIMES_AS_FAST = 5.0
AIM_PART_OF_BYTES = 0.2
PLAIN = "PouchDB as it comes"
LARGER_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Side:
    """`fresh` serves somebody who has nothing yet, under a name; `bring` brings all to it and answers milliseconds."""

    fresh: Callable[[str], AbstractContextManager[int]]
    bring: Callable[[int, str], float]

    def count(self, log: Path) -> Traffic:
        """The bytes of bringing all once."""
        with self.fresh("counted") as port, counting(port, log) as proxy:
            self.bring(proxy.port, "counted")
            return proxy.take()

    def time_ms(self, number: int) -> float:
        name = f"round-{number}"
        with self.fresh(name) as port:
            return self.bring(port, name)


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench pouchdb", description=__doc__)
    parser.add_argument("--services", type=int, default=20_000, help="how many records (default: 20,000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is timed (default: 3)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    try:
        _pouchdb.install()
    except _pouchdb.NoPouchDB as missing:
        print(missing, file=sys.stderr)
        return 2
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="station-bench-")))
        sides = _sides(stack, folder, options.services)
        traffic = {name: side.count(folder / "counting.log") for name, side in sides.items()}
        times_ms: dict[str, list[float]] = {name: [] for name in sides}
        for number in range(options.rounds):
            for name, side in sides.items():
                times_ms[name].append(side.time_ms(number))
    results = {name: _result(times_ms, traffic, name) for name in sides}
    print(json.dumps({"services": options.services, **results}) if options.json else "\n".join(_lines(results)))
    return 0


def _sides(stack: ExitStack, folder: Path, services: int) -> dict[str, Side]:
    station = stack.enter_context(loaded(folder / "sqlite", services))
    sides = _pouchdb_sides(stack, folder, station) | {"ours on SQLite": _our_side(station)}
    try:
        cluster = stack.enter_context(Cluster(find_programs(), AS_IN_EARNEST))
    except NoPostgres as missing:
        print(missing, file=sys.stderr)
        return sides
    other = stack.enter_context(loaded(folder / "postgresql", services, cluster))
    return sides | {"ours on PostgreSQL": _our_side(other)}


def _pouchdb_sides(stack: ExitStack, folder: Path, station: Loaded) -> dict[str, Side]:
    documents, source = folder / "documents.jsonl", folder / "pouchdb"
    _pouchdb.write_documents(documents, station.served)
    _pouchdb.fill(source, documents)
    port = stack.enter_context(_pouchdb.pouchdb_server(folder / "pouchdb-server"))

    def side(batch: int) -> Side:
        return Side(
            lambda _: nullcontext(port),
            lambda to, name: _pouchdb.replicate(source, to, f"{name}-{batch}", batch),
        )

    return {PLAIN: side(_pouchdb.USUAL_BATCH), f"PouchDB, {LARGER_BATCH:,} at a time": side(LARGER_BATCH)}


def _our_side(station: Loaded) -> Side:
    return Side(
        lambda name: station.fresh_city(station.city.with_name(name)),
        lambda port, _: time_ms(lambda: station.hand_in(port)),
    )


def _result(times_ms: Mapping[str, list[float]], traffic: Mapping[str, Traffic], name: str) -> dict[str, float]:
    """`times_as_fast` and `part_of_bytes` are against PouchDB as it comes."""
    return {
        "ms": round(middle(times_ms[name])),
        "up_bytes": traffic[name].up,
        "down_bytes": traffic[name].down,
        "times_as_fast": round(middle(times_ms[PLAIN]) / middle(times_ms[name]), 2),
        "part_of_bytes": round(traffic[name].both / traffic[PLAIN].both, 3),
    }


def _lines(results: Mapping[str, dict[str, float]]) -> Iterator[str]:
    width = max(map(len, results))
    for name, one in results.items():
        yield (
            f"{name:<{width}}  {one['ms']:>7,} ms  up {one['up_bytes']:>11,}  down {one['down_bytes']:>10,} bytes  "
            f"{one['times_as_fast']:>5.2f} times as fast, {one['part_of_bytes']:.3f} of the bytes"
        )
    yield f"aims: ours at least {AIM_TIMES_AS_FAST} times as fast, at most {AIM_PART_OF_BYTES} of the bytes"
