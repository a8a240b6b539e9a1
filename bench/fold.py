"""Folding entries that arrive on a kiosk, against a bare executemany of the rows that result.

Entries of several stations arrive in batches, as an exchange brings them, each in a transaction of its own: the batch
decoded, chain and signature verified, the records read and judged, folded into tables, on disk. The bare side writes
the rows that came of it, a transaction a batch, into the same tables with the same indexes of another SQLCipher file.
"""

import argparse
import json
import random
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from bench import _rows
from bench._bare import encrypted, encrypted_of, insert_like, rows_of
from bench._day import batches, journal
from bench._station import certificate_of, new_station
from bench._timing import middle, time_ms
from station_app.station.station import Station
from station_core.credential.certificate import Role
from station_core.journal.batch import decode_batch, encode_batch, verify_batch
from station_core.journal.receipt import Outcome
from station_core.keys import SigningKey
from station_core.records.base import decode_body
from station_core.records.registry import KINDS
from sync.answer import BATCH_BYTES

AIM = 3.0
STATIONS = 10
_FIRST_NUMBER = 10_100
Wire = list[tuple[SigningKey, bytes]]
"""Encoded batches, each with its writer's key."""


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench fold", description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000, help="how many arrive (default: 100,000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often (default: 3)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    options = parser.parse_args(arguments)
    wire = _arriving(options.entries)
    times: dict[str, list[float]] = {"product": [], "commit": [], "bare": []}
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory(prefix="station-bench-") as folder:
            _round(Path(folder), wire, times)
    result = _result(times, wire, options.entries)
    print(json.dumps(result) if options.json else _in_words(result))
    return 0


def _arriving(entries: int) -> Wire:
    """The journals of some stations, in turn a batch of each."""
    chance = random.Random(20_261_124)
    journals = []
    for number in range(STATIONS):
        key = SigningKey(chance.randbytes(32))
        certificate = certificate_of(key, Role.STATION, _FIRST_NUMBER + number)
        written = journal(key, certificate, entries // STATIONS, chance)
        journals.append([(key, encode_batch(batch)) for batch in batches(written, BATCH_BYTES)])
    return [one for turn in zip(*journals, strict=True) for one in turn]


def _round(folder: Path, wire: Wire, times: dict[str, list[float]]) -> None:
    station, _ = new_station(folder / "station")
    try:
        commits_ms: list[float] = []
        times["product"].append(time_ms(lambda: _receive_all(station, wire, commits_ms)))
        times["commit"].append(sum(commits_ms))
    finally:
        station.close()
    folded = encrypted_of(folder / "station")
    written = _rows.written_by([decode_batch(data) for _, data in wire], folded)
    bare = encrypted(folder / "bare.db")
    for writer in rows_of(folded, "writer"):
        bare.execute(insert_like(writer, "writer"), writer)
    times["bare"].append(time_ms(lambda: _rows.write_all(written, bare)))
    folded.close()
    bare.close()


def _receive_all(station: Station, wire: Wire, commits_ms: list[float]) -> None:
    for _, data in wire:
        batch = decode_batch(data)
        with station.store.writing() as tx:
            received = tx.receive(batch)
            taken_in_s = perf_counter()
        commits_ms.append((perf_counter() - taken_in_s) * 1000)
        if received.outcome is not Outcome.HELD or received.aside:
            raise RuntimeError(f"the bench's own entries were not taken: {received.outcome} {received.aside}")


def _result(times: dict[str, list[float]], wire: Wire, entries: int) -> dict[str, Any]:
    product_ms, commit_ms, bare_ms = (middle(times[name]) for name in ("product", "commit", "bare"))
    decoded = [(key, decode_batch(data)) for key, data in wire]
    bodies = [(item.kind, item.body) for _, batch in decoded for item in batch.items if item.body is not None]
    apart_ms = {
        "decode": time_ms(lambda: [decode_batch(data) for _, data in wire]),
        "verify": time_ms(lambda: [verify_batch(batch, key.public) for key, batch in decoded]),
        "read": time_ms(lambda: [decode_body(KINDS[kind], body) for kind, body in bodies]),
        "commit": commit_ms,
    }
    return {
        "entries": entries,
        "batches": len(wire),
        "product_ms": round(product_ms),
        "bare_ms": round(bare_ms),
        "ratio": round(product_ms / bare_ms, 2),
        "aim": AIM,
        "entries_a_second": round(entries / product_ms * 1000),
        "parts_ms": {name: round(took_ms) for name, took_ms in apart_ms.items()}
        | {"fold": round(product_ms - sum(apart_ms.values()))},
    }


def _in_words(result: dict[str, Any]) -> str:
    parts = ", ".join(f"{name} {took_ms / 1000:.2f}" for name, took_ms in result["parts_ms"].items())
    return (
        f"{result['entries']:,} entries in {result['batches']} batches taken in {result['product_ms'] / 1000:.2f} s "
        f"({result['entries_a_second']:,} a second), their rows bare {result['bare_ms'] / 1000:.2f} s: "
        f"ratio {result['ratio']:.2f} (aim: at most {AIM:.0f})\n  of which in seconds: {parts}"
    )
