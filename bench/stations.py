"""1,000 stations that come online within one minute, each with 100 records, against a real `city serve` on PostgreSQL.

The stations are real to the city: keys that it certified, signed journals, the exchange of the product over HTTP on
loopback. They run in processes of their own on the same machine, and take their share of it. Each starts at a moment of
its own within the minute, goes on until everything is acknowledged and fetched, and comes again after failures as a
kiosk does.
"""

import argparse
import json
import pickle
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter as Tally
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.postgres import AS_IN_EARNEST, Cluster, NoPostgres, find_programs
from support.served import served

from bench._crowd import Crowd, Plan
from bench._devices import now_ms
from bench._journals import Counter, Device, work_a_day
from bench._timing import percentile
from city_server.certifying import CITY_NUMBER, station_certificate
from city_server.city import City, open_city
from city_server.founding import found_city
from station_core.ids import WriterId
from station_core.journal.entry import Head
from station_core.keys import SigningKey
from station_core.people.regions import divisions_of
from station_core.records.trust import WriterCertified

PROJECT = Path(__file__).resolve().parents[1]
PROVINCE = "210000"
QUESTIONS = ("heads", "push", "pull")


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench stations", description=__doc__)
    parser.add_argument("--stations", type=int, default=1_000, help="how many come (default: 1,000)")
    parser.add_argument("--records", type=int, default=100, help="what each brings (default: 100)")
    parser.add_argument(
        "--within", type=float, default=60.0, metavar="S", help="seconds in which they come (default: 60)"
    )
    parser.add_argument("--cities", type=int, default=14, help="cities they are spread over, 1 to 14 (default: 14)")
    parser.add_argument("--workers", type=int, default=2, help="processes that serve (default: 2)")
    parser.add_argument("--crowds", type=int, default=2, help="processes that the stations run in (default: 2)")
    parser.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    options = parser.parse_args(arguments)
    try:
        programs = find_programs()
    except NoPostgres as missing:
        print(missing, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="station-bench-") as folder, Cluster(programs, AS_IN_EARNEST) as cluster:
        result = _measure(Path(folder) / "city", cluster.url(cluster.create_database()), options)
    print(json.dumps(result) if options.json else _in_words(result))
    return 0 if result["lost"] == 0 else 1


def _measure(home: Path, url: str, options: argparse.Namespace) -> dict[str, Any]:
    found_city(home, url, region_code="210100")
    with open_city(home) as city:
        devices = _devices(city, options)
        with served(home, "--workers", str(options.workers)) as (server, address):
            memory = Memory(server.pid)
            _wait_for_workers(memory, options.workers)
            with memory.watched():
                lines = _let_in(_crowds(city, address, devices, options), options)
        return _result(city, devices, lines, memory, options)


def _devices(city: City, options: argparse.Namespace) -> list[Device]:
    """Certified by the city, each with a journal that begins with its certificate."""
    towns = divisions_of(PROVINCE)[: options.cities]
    begin_ms = now_ms() - 24 * 3_600_000
    devices, certified = [], []
    for number in range(options.stations):
        town = divisions_of(towns[number % len(towns)].code)[0].code
        device = Device(SigningKey((number + 1_000).to_bytes(32)))
        certificate = station_certificate(
            city.home, device.key.public, f"bench {number}", town, CITY_NUMBER + 1 + number, now_ms()
        )
        certified.append(WriterCertified(certificate=certificate))
        device.write(certified[-1], begin_ms, bytes(16))
        work_a_day(device, Counter(random.Random(number), district=town), options.records, begin_ms)
        devices.append(device)
    with city.store.writing() as tx:
        tx.append(*certified)
    return devices


def _crowds(city: City, address: str, devices: list[Device], options: argparse.Namespace) -> list[Crowd]:
    chance = random.Random(options.stations)
    plans = [Plan(bytes(one.key), one.entries, chance.random() * options.within) for one in devices]
    keys = {one.id: one.key.public for one in devices} | {city.store.own: city.home.key.public}
    return [Crowd(address, city.home.about.id, keys, plans[place :: options.crowds]) for place in range(options.crowds)]


def _let_in(crowds: list[Crowd], options: argparse.Namespace) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "bench._crowd"]
    runs = [subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in crowds]
    for process, crowd in zip(runs, crowds, strict=True):
        assert process.stdin is not None
        assert process.stdout is not None
        pickle.dump(crowd, process.stdin)
        process.stdin.flush()
        process.stdout.readline()
    go = f"{time.monotonic() + 1}\n".encode()
    for process in runs:
        assert process.stdin is not None
        process.stdin.write(go)
        process.stdin.flush()
    found: list[dict[str, Any]] = []

    def collect(process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        found.extend(json.loads(line) for line in process.stdout)

    readers = [threading.Thread(target=collect, args=(process,)) for process in runs]
    for reader in readers:
        reader.start()
    for reader, process in zip(readers, runs, strict=True):
        reader.join()
        if process.wait():
            raise RuntimeError("the stations' process did not end well")
    if len(found) != options.stations:
        raise RuntimeError(f"{len(found)} of {options.stations} stations came through")
    return found


@dataclass
class Memory:
    """The server's processes, and the most that each has had in memory (Linux's VmHWM)."""

    first: int
    peaks: dict[int, int] = field(default_factory=dict)
    most_at_once: int = 0

    def processes(self) -> list[int]:
        children = Path(f"/proc/{self.first}/task/{self.first}/children").read_text().split()
        return [self.first, *map(int, children)]

    def look(self) -> None:
        now = 0
        for process in self.processes():
            status = Path(f"/proc/{process}/status").read_text().splitlines()
            sizes = {
                name: int(size.split()[0])
                for name, _, size in (line.partition(":") for line in status)
                if "VmHWM" in name or "VmRSS" in name
            }
            self.peaks[process] = sizes["VmHWM"]
            now += sizes["VmRSS"]
        self.most_at_once = max(self.most_at_once, now)

    @contextmanager
    def watched(self) -> Iterator[None]:
        done = threading.Event()

        def keep_looking() -> None:
            while not done.wait(0.5):
                self.look()

        watcher = threading.Thread(target=keep_looking)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
            self.look()


def _wait_for_workers(memory: Memory, workers: int) -> None:
    """Until each has loaded what it needs: a server is not judged while it starts."""
    time.sleep(3 + 2 * workers)
    memory.look()


def _result(
    city: City, devices: list[Device], lines: list[dict[str, Any]], memory: Memory, options: argparse.Namespace
) -> dict[str, Any]:
    with city.store.reading() as view:
        held = view.journals.heads()
        aside = view.overview.counts().set_aside
    lost = sum(max(0, one.head.seq - held.get(WriterId(one.id), Head(0, b"")).seq) for one in devices)
    different = sum(held.get(WriterId(one.id)) != one.head for one in devices)
    exchanges_ms = [float(line["took_ms"]) for line in lines]
    questions = {name: [took for line in lines for took in line["questions_ms"][name]] for name in QUESTIONS}
    troubles: Tally[str] = Tally()
    for line in lines:
        troubles.update(line["troubles"])
    return {
        "stations": len(lines),
        "records": options.records,
        "within_s": options.within,
        "workers": options.workers,
        "pushed_entries": sum(line["pushed"] for line in lines),
        "pulled_entries": sum(line["pulled"] for line in lines),
        "lost": lost,
        "different": different,
        "set_aside": aside,
        "exchange_p50_ms": percentile(exchanges_ms, 50),
        "exchange_p99_ms": percentile(exchanges_ms, 99),
        "exchange_max_ms": max(exchanges_ms),
        **{
            f"{name}_{of}_ms": percentile(took, of_hundred)
            for name, took in questions.items()
            for of, of_hundred in (("p50", 50), ("p99", 99))
        },
        "requests": sum(map(len, questions.values())),
        "busy": troubles.pop("busy", 0),
        "troubles": dict(troubles),
        "failed_exchanges": sum(line["failures"] for line in lines),
        "all_in_s": max(line["ended_s"] for line in lines),
        "server_memory_mib": round(memory.most_at_once / 1024),
        "largest_process_mib": round(max(memory.peaks.values()) / 1024),
    }


def _in_words(result: dict[str, Any]) -> str:
    requests = ", ".join(f"{name} {result[f'{name}_p50_ms']:.0f}/{result[f'{name}_p99_ms']:.0f}" for name in QUESTIONS)
    came = (
        f"{result['stations']:,} stations with {result['records']} records each, online within "
        f"{result['within_s']:.0f} s, {result['workers']} processes: all in after {result['all_in_s']:.1f} s, "
        f"{result['lost']} entries lost, {result['set_aside']} set aside"
    )
    took = (
        f"an exchange: p50 {result['exchange_p50_ms']:.0f} ms, p99 {result['exchange_p99_ms']:.0f} ms, "
        f"longest {result['exchange_max_ms']:.0f} ms; its requests, p50/p99 ms: {requests}"
    )
    answered = (
        f"{result['requests']:,} requests answered, {result['busy']} told to come again, other troubles: "
        f"{result['troubles'] or 'none'}, exchanges begun anew: {result['failed_exchanges']}"
    )
    carried = (
        f"entries pushed {result['pushed_entries']:,}, fetched {result['pulled_entries']:,}; the server's memory: "
        f"{result['server_memory_mib']} MiB at most, its largest process {result['largest_process_mib']} MiB"
    )
    return "\n".join((came, took, answered, carried))
