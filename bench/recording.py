"""One durable recording through the whole station, against one bare SQLite commit on the same disk.

The station records a service as a touch does: rules asked, signed, chained, folded, encrypted, on disk. The bare side
is one INSERT into a plain file with the system's sqlite3, write-ahead log and synchronous=FULL.
"""

import argparse
import json
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench._people import ROWS_A_RECORD, imports
from bench._station import STAFF, new_station, take
from bench._timing import interleaved, middle, percentile
from station_app.station.counter import AtCounter, Counter
from station_core.records.services import ServiceGiven

AIM = 2.0
_BODY = bytes(300)
"""About as much as an entry of a recorded service."""


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench recording", description=__doc__)
    parser.add_argument("--rounds", type=int, default=400, help="how many of each (default: 400)")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to measure (default: the temporary one)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a sentence")
    options = parser.parse_args(arguments)
    if not 1 <= options.rounds < ROWS_A_RECORD:
        parser.error(f"--rounds must be 1 to {ROWS_A_RECORD - 1}")
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="station-bench-") as folder:
        times = _measure(Path(folder), options.rounds)
    member_ms, passer_by_ms, bare_ms = (middle(times[name]) for name in ("member", "passer_by", "bare"))
    result = {
        "member_ms": member_ms,
        "member_p95_ms": round(percentile(times["member"], 95), 3),
        "passer_by_ms": passer_by_ms,
        "bare_commit_ms": bare_ms,
        "ratio": round(member_ms / bare_ms, 2),
        "more_than_bare_ms": round(member_ms - bare_ms, 3),
        "aim": AIM,
    }
    if options.json:
        print(json.dumps(result))
    else:
        print(
            f"one durable recording {member_ms:.2f} ms (p95 {result['member_p95_ms']:.2f}, for a passer-by "
            f"{passer_by_ms:.2f}), one bare commit {bare_ms:.2f} ms: ratio {result['ratio']:.2f} (aim: at most {AIM})"
        )
    return 0


def _measure(folder: Path, rounds: int) -> dict[str, list[float]]:
    station, city = new_station(folder / "station")
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    (members,) = imports(rounds + 1)
    take(station, city.write(members))
    counter = Counter(station)
    at_counter = [served for person in members.people if (served := counter.show(person))]
    try:
        works = {
            "member": _recorder(counter, at_counter),
            "bare": _bare_committer(bare),
            "passer_by": _recorder(counter, [counter.passer_by()] * (rounds + 1)),
        }
        return interleaved(works, rounds)
    finally:
        bare.close()
        station.close()


def _recorder(counter: Counter, served: list[AtCounter]) -> Callable[[], None]:
    """Each call records one service for the next of `served`: the first that they may have."""
    service = next(choice.service.code for choice in served[0].choices if choice.entitlement.allowed)
    queue = iter(served)

    def record() -> None:
        given = counter.give(next(queue), service, STAFF)
        if not isinstance(given, ServiceGiven):
            raise TypeError(f"not recorded: {given}")

    return record


def _bare_committer(bare: sqlite3.Connection) -> Callable[[], None]:
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE record (id INTEGER PRIMARY KEY, body BLOB)")

    def commit() -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO record (body) VALUES (?)", (_BODY,))
        bare.execute("COMMIT")

    return commit
