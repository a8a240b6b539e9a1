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

from bench._station import STAFF, new_station
from bench._timing import interleaved, middle, percentile
from station_app.station.counter import Counter
from station_app.station.station import Station
from station_core.ids import ServiceCode
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
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="station-bench-") as folder:
        times = _measure(Path(folder), options.rounds)
    station_ms, bare_ms = middle(times["station"]), middle(times["bare"])
    result = {
        "recording_ms": station_ms,
        "recording_p95_ms": round(percentile(times["station"], 95), 3),
        "bare_commit_ms": bare_ms,
        "ratio": round(station_ms / bare_ms, 2),
        "aim": AIM,
    }
    if options.json:
        print(json.dumps(result))
    else:
        print(
            f"one durable recording {station_ms:.2f} ms (p95 {result['recording_p95_ms']:.2f}), one bare commit "
            f"{bare_ms:.2f} ms: ratio {result['ratio']:.2f} (aim: at most {AIM})"
        )
    return 0


def _measure(folder: Path, rounds: int) -> dict[str, list[float]]:
    station, _ = new_station(folder / "station")
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    try:
        return interleaved({"station": recorder(station), "bare": _bare_committer(bare)}, rounds)
    finally:
        bare.close()
        station.close()


def recorder(station: Station) -> Callable[[], None]:
    """Each call records one service for a passer-by, the kind that has no limit."""
    counter = Counter(station)
    served = counter.passer_by()
    service = next(ServiceCode(choice.service.code) for choice in served.choices if choice.entitlement.allowed)

    def record() -> None:
        given = counter.give(served, service, STAFF)
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
