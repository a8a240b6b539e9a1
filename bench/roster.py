"""Loading a city's roster of 1,790,000 members onto a kiosk, against a bare executemany; then searching, and verdicts.

The station takes the roster in as an exchange brings it: batches decoded, verified, judged, folded, indexed, on disk.
The bare side writes the same rows of every table, search index included, into a fresh store with the same indexes,
pragmas, encryption and transactions, batch by batch in turn. Then people are searched for in each of the ways there
are, and a card is scanned.
"""

import argparse
import json
import resource
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

from bench._bare_roster import BareStore
from bench._roster import batches, roster
from bench._sampling import Sampler
from bench._searches import search_times
from bench._station import STAFF, CityJournal, new_station
from bench._timing import middle, percentile, time_ms
from bench._verdicts import verdict_times
from station_app.home.home import STORE_FILE
from station_app.home.keyslots import KeySlots
from station_app.station.cards import Cards, NewCard
from station_app.station.station import Station
from station_core.ids import MemberNo
from station_core.journal.batch import decode_batch, encode_batch

MEMBERS = 1_790_000
AIM_RATIO = 3.0
AIM_SEARCH_MS, AIM_VERDICT_MS, AIM_HELD_MS = 50.0, 100.0, 500.0


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench roster", description=__doc__)
    parser.add_argument("--members", type=int, default=MEMBERS, help=f"on the roster (default: {MEMBERS:,})")
    parser.add_argument("--rounds", type=int, default=60, help="searches and scans of each kind (default: 60)")
    parser.add_argument("--folder", type=Path, help="a folder on the disk to measure (default: the temporary one)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="station-bench-") as folder:
        result = _measure(Path(folder), options.members, options.rounds)
    print(json.dumps(result, ensure_ascii=False) if options.json else _in_words(result))
    return 0


def _measure(folder: Path, members: int, rounds: int) -> dict[str, Any]:
    home = folder / "station"
    station, city = new_station(home)
    bare = BareStore(home / STORE_FILE, folder / "bare.db", KeySlots.read(home).open_with_device(home))
    try:
        loaded = _load(station, city, bare, members)
    finally:
        bare.close()
        station.close()
    sizes = {"file_mb": _megabytes(home / STORE_FILE), "bare_file_mb": _megabytes(folder / "bare.db")}
    station = Station.open(home)
    try:
        return {"members": members, **loaded.report(), **sizes, **_answers(station, members, rounds)}
    finally:
        station.close()


@dataclass
class _Loaded:
    """`held_s`: how long each batch kept the store's thread, and `busy_s`: for how long of it that thread had a
    processor; `bare_s`: what the same rows took the bare side.
    """

    members: int
    read_s: float = 0.0
    held_s: list[float] = field(default_factory=list)
    busy_s: list[float] = field(default_factory=list)
    bare_s: float = 0.0
    memory_mb: list[int] = field(default_factory=lambda: [_memory_mb()])
    where: dict[str, float] = field(default_factory=dict)

    def report(self) -> dict[str, Any]:
        took_s = self.read_s + sum(self.held_s)
        held_ms = [1_000 * one for one in self.held_s]
        return {
            "load_s": round(took_s, 1),
            "bare_s": round(self.bare_s, 1),
            "ratio": round(took_s / self.bare_s, 2),
            "aim_ratio": AIM_RATIO,
            "members_per_s": round(self.members / took_s),
            "batches": len(held_ms),
            "store_held": _spread(held_ms) | {"aim_max_ms": AIM_HELD_MS},
            "store_busy": _spread([1_000 * one for one in self.busy_s]),
            "peak_memory_mb": {"before": self.memory_mb[0], "tenth": self.memory_mb[1], "whole": self.memory_mb[-1]},
            "where_percent": {name: share for name, share in self.where.items() if share >= 0.5},
        }


def _load(station: Station, city: CityJournal, bare: BareStore, members: int) -> _Loaded:
    loaded, sampler = _Loaded(members), Sampler()
    arrived = 0
    for batch, people in batches(city, roster(members)):
        data = encode_batch(batch)
        with sampler.watching():
            _take(station, data, loaded)
        loaded.bare_s += bare.follow()
        arrived += people
        if len(loaded.memory_mb) == 1 and arrived * 10 >= members:
            loaded.memory_mb.append(_memory_mb())
    loaded.memory_mb.append(_memory_mb())
    loaded.where = sampler.stop()
    return loaded


def _take(station: Station, data: bytes, loaded: _Loaded) -> None:
    started_s = perf_counter()
    batch = decode_batch(data)
    decoded_s, busy_s = perf_counter(), thread_time()
    with station.store.writing() as tx:
        received = tx.receive(batch)
    loaded.read_s += decoded_s - started_s
    loaded.held_s.append(perf_counter() - decoded_s)
    loaded.busy_s.append(thread_time() - busy_s)
    if received.aside or received.new_entries != len(batch.items):
        raise RuntimeError(f"the roster was not taken: {received.outcome} {received.aside}")


def _answers(station: Station, members: int, rounds: int) -> dict[str, Any]:
    def first() -> None:
        with station.store.reading() as view:
            view.people.search("王")

    first_ms = round(time_ms(first), 2)
    searches = search_times(station, members, rounds)
    verdict = verdict_times(station, _card(station, members), rounds)["verdict"]
    return {
        "first_search_ms": first_ms,
        "search": {kind: _spread(times) | {"aim_p95_ms": AIM_SEARCH_MS} for kind, times in searches.items()},
        "verdict": _spread(verdict) | {"aim_p95_ms": AIM_VERDICT_MS},
    }


def _card(station: Station, members: int) -> str:
    """What the code of a new card says, for a member from the middle of the roster."""
    with station.store.reading() as view:
        (holder, *_) = view.people.with_member_no(MemberNo(f"4419{members // 2:08}"))
    card = Cards(station).issue(holder.id, STAFF)
    if not isinstance(card, NewCard):
        raise TypeError("no card was issued")
    return card.face.qr_text


def _spread(times_ms: list[float]) -> dict[str, float]:
    return {
        "p50_ms": middle(times_ms),
        "p95_ms": round(percentile(times_ms, 95), 2),
        "max_ms": round(max(times_ms), 2),
    }


def _megabytes(file: Path) -> int:
    return round(file.stat().st_size / 1_000_000)


def _memory_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _in_words(result: dict[str, Any]) -> str:
    held, busy, memory = result["store_held"], result["store_busy"], result["peak_memory_mb"]
    where = ", ".join(f"{name} {share:.0f}%" for name, share in result["where_percent"].items())
    lines = [
        f"{result['members']:,} members loaded in {result['load_s']:.1f} s ({result['members_per_s']:,} a second)",
        f"bare executemany {result['bare_s']:.1f} s: ratio {result['ratio']:.2f} (aim: at most {AIM_RATIO:.0f})",
        f"{result['batches']} batches held the store for {_spread_in_words(held)} each (aim: below {AIM_HELD_MS:.0f})",
        f"of that on a processor {_spread_in_words(busy)}",
        f"the store has {result['file_mb']:,} MB, the bare one {result['bare_file_mb']:,}",
        f"memory at most {memory['whole']} MB, after a tenth {memory['tenth']}, before {memory['before']}",
        f"where the time went: {where}",
        f"scan to verdict {_spread_in_words(result['verdict'])} (aim: p95 {AIM_VERDICT_MS:.0f})",
        f"searching (aim: p95 {AIM_SEARCH_MS:.0f}; the first after opening took {result['first_search_ms']:.1f} ms):",
    ]
    lines += [f"  {kind:<42} {_spread_in_words(times)}" for kind, times in result["search"].items()]
    return "\n".join(lines)


def _spread_in_words(spread: dict[str, float]) -> str:
    return f"p50 {spread['p50_ms']:7.2f} ms  p95 {spread['p95_ms']:7.2f}  longest {spread['max_ms']:7.2f}"
