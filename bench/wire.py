"""Bytes on the wire for each recorded service: handed in to the city, and fetched from there by a neighbour.

Counted at a socket, by a process that stands between the stations and a city's process: TCP's payload, which is HTTP's
heads, tokens and bodies. TLS is not in it: it adds a handshake to each exchange, and 22 bytes to each 16 KB (TLS 1.3).
"""

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from bench._city import enrolled_station, exchange, new_city, serving
from bench._counting import CountingProxy, Traffic, counting
from bench._served import Counter, RunningClock
from station_app.station.clock import now_ms
from station_app.station.station import Station
from station_core.ids import PersonId

DAYS = (1, 10, 100, 1_000, 20_000)


@dataclass(frozen=True, slots=True)
class Day:
    """One exchange of the station that recorded `services`, and then one of its neighbour; bytes of each way."""

    services: int
    handed_in_up: int
    handed_in_down: int
    fetched_up: int
    fetched_down: int

    @property
    def bytes_a_service(self) -> tuple[float, float]:
        """Both ways together: to hand one in, and to fetch one."""
        of = max(1, self.services)
        return (
            round((self.handed_in_up + self.handed_in_down) / of, 1),
            round((self.fetched_up + self.fetched_down) / of, 1),
        )


def run(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench wire", description=__doc__)
    parser.add_argument("--services", type=int, nargs="+", default=DAYS, help="how many between two exchanges")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="station-bench-") as folder:
        days = list(_measure(Path(folder), (0, *options.services)))
    if options.json:
        print(json.dumps([asdict(day) for day in days]))
    else:
        print("\n".join(_lines(days)))
    return 0


def _measure(folder: Path, services: Sequence[int]) -> Iterator[Day]:
    city = folder / "city"
    members = new_city(city)
    with serving(city) as port, counting(port, folder / "counting.log") as proxy:
        for name in ("station", "neighbour"):
            enrolled_station(folder / name, city, port, name)
        station = Station.open(folder / "station", wall_ms=RunningClock(now_ms()))
        neighbour = Station.open(folder / "neighbour")
        try:
            for one in (station, neighbour, station):
                exchange(one, port)
            yield from _days(station, neighbour, proxy, members, services)
        finally:
            station.close()
            neighbour.close()


def _days(
    station: Station, neighbour: Station, proxy: CountingProxy, members: Sequence[PersonId], services: Sequence[int]
) -> Iterator[Day]:
    counter = Counter(station.store, members)
    for number in services:
        counter.record(number)
        handed_in = _exchanged(station, proxy, number)
        fetched = _exchanged(neighbour, proxy, number)
        yield Day(number, handed_in.up, handed_in.down, fetched.up, fetched.down)


def _exchanged(station: Station, proxy: CountingProxy, services: int) -> Traffic:
    report = exchange(station, proxy.port)
    if report.pushed_entries + report.pulled_entries != services or report.pushed.aside or report.pulled.aside:
        raise RuntimeError(f"{services} services were to travel, and not {report}")
    return proxy.take()


def _lines(days: Sequence[Day]) -> Iterator[str]:
    yield (
        f"{'services':>8}  {'handed in: up':>13} {'down':>9}  {'fetched: up':>13} {'down':>9}"
        "   bytes a service, in / out"
    )
    for day in days:
        each_in, each_out = day.bytes_a_service
        each = f"{each_in:>11,} / {each_out:,}" if day.services else "  (an exchange with nothing to tell)"
        yield (
            f"{day.services:>8,}  {day.handed_in_up:>13,} {day.handed_in_down:>9,}  {day.fetched_up:>13,} "
            f"{day.fetched_down:>9,}   {each}"
        )
