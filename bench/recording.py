"""One durable recording through the whole station, against one bare SQLite commit on the same disk.

The station records a service as a touch does: rules asked, signed, chained, folded, encrypted, on disk. Beside it, in
turn, all with synchronous=FULL: one INSERT by the system's SQLite as it comes (rollback journal) and with a write-ahead
log, the same by SQLCipher with a write-ahead log, and the very rows that a recording leaves, with their indexes, by
SQLCipher: what would be left if the product's own code took no time.
"""

import argparse
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench._bare import Row, committer, encrypted, encrypted_of, insert_like, plain, rows_of
from bench._people import ROWS_A_RECORD, imports
from bench._station import STAFF, new_station, take
from bench._timing import interleaved, middle, percentile
from station_app.station.counter import AtCounter, Counter
from station_core.records.services import ServiceGiven

AIM = 2.0
BARE = {
    "default": "SQLite as it comes",
    "wal": "SQLite with a write-ahead log",
    "encrypted": "SQLCipher with a write-ahead log",
    "rows": "SQLCipher, the rows of a recording",
}


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench recording", description=__doc__)
    parser.add_argument("--rounds", type=int, default=400, help="how many of each (default: 400)")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to measure (default: the temporary one)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    options = parser.parse_args(arguments)
    if not 1 <= options.rounds < ROWS_A_RECORD // 2:
        parser.error(f"--rounds must be 1 to {ROWS_A_RECORD // 2 - 1}")
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="station-bench-") as folder:
        times = _measure(Path(folder), options.rounds)
    result = _result(times)
    print(json.dumps(result) if options.json else _in_words(result))
    return 0


def _result(times: dict[str, list[float]]) -> dict[str, Any]:
    recording_ms = middle(times["member"])
    bare_ms = {name: middle(times[name]) for name in BARE}
    return {
        "recording_ms": recording_ms,
        "recording_p95_ms": round(percentile(times["member"], 95), 3),
        "passer_by_ms": middle(times["passer_by"]),
        "bare_ms": bare_ms,
        "ratios": {name: round(recording_ms / one_ms, 2) for name, one_ms in bare_ms.items()},
        "aim": AIM,
    }


def _in_words(result: dict[str, Any]) -> str:
    recording = (
        f"one durable recording {result['recording_ms']:.2f} ms (p95 {result['recording_p95_ms']:.2f}, for a passer-by "
        f"{result['passer_by_ms']:.2f}); one bare commit, and the ratio to it (aim: at most {AIM:.0f}):"
    )
    lines = [recording]
    for name, words in BARE.items():
        lines.append(f"  {words:<36} {result['bare_ms'][name]:6.2f} ms  {result['ratios'][name]:6.2f}")
    return "\n".join(lines)


def _measure(folder: Path, rounds: int) -> dict[str, list[float]]:
    (members,) = imports(2 * (rounds + 1))
    station, city = new_station(folder / "station")
    take(station, city.write(members))
    counter = Counter(station)
    at_counter = [served for person in members.people if (served := counter.show(person))]
    record = _recorder(counter, at_counter)
    for _ in range(rounds + 1):
        record()
    works = {
        "member": record,
        "default": committer(plain(folder / "default.db", "DELETE")),
        "wal": committer(plain(folder / "wal.db", "WAL")),
        "encrypted": committer(encrypted(folder / "encrypted.db")),
        "rows": _row_writer(encrypted_of(folder / "station"), encrypted(folder / "rows.db")),
        "passer_by": _recorder(counter, [counter.passer_by()] * (rounds + 1)),
    }
    try:
        return interleaved(works, rounds)
    finally:
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


def _row_writer(station: Any, bare: Any) -> Callable[[], None]:
    """Each call writes to `bare` what one of the services recorded so far has left in the store of `station`."""
    entries = rows_of(station, "entry", "WHERE kind = 'service.given' ORDER BY seq")
    given = rows_of(station, "service_given", "ORDER BY at")
    for writer in rows_of(station, "writer"):
        bare.execute(insert_like(writer, "writer"), writer)
    station.close()
    recorded = zip(entries, given, strict=True)
    insert_entry, insert_given = insert_like(entries[0], "entry"), insert_like(given[0], "service_given")

    def write() -> None:
        entry, service = next(recorded)
        bare.execute("BEGIN IMMEDIATE")
        bare.execute(insert_entry, entry)
        bare.execute(insert_given, service)
        bare.execute("UPDATE writer SET last_seq = ?, last_hash = ?, last_at = ? WHERE no = ?", _head_of(entry))
        bare.execute("COMMIT")

    return write


def _head_of(entry: Row) -> Row:
    """Of a row of `entry` what the writer's row repeats: number, hash, time; and the writer's row number."""
    writer_no, seq, at, _kind, hash_, *_ = entry
    return seq, hash_, at, writer_no
