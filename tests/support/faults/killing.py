"""Histories of real processes: stations, two hubs and a city's server, killed by SIGKILL at any moment; a full disk."""

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from support.faults.acts import Acts
from support.faults.clocks import HOUR_MS, TrueTime, WallClock
from support.faults.disks import OpenedDisk
from support.faults.history import Outcome
from support.faults.leases import PACK, Leases
from support.faults.ledger import Ledger
from support.faults.link import Weather
from support.faults.machines import Announced, CityNode, StationNode
from support.faults.programs import Program, free_port, small_disk, takes_connections, wait_until
from support.faults.scene import Scene
from support.faults.settling import settle
from support.faults.station_process import FULL, Orders, acknowledged_in
from support.faults.tally import Fault, Tally
from support.faults.verdict import Verdict, judge

from city_server.city import City, open_city
from city_server.enrolling import invite, redeem
from city_server.founding import found_city
from station_app.home.facts import StationFacts
from station_app.home.home import furnish, new_home
from station_core.credential.certificate import read_certificate
from station_core.keys import SigningKey

LOOPBACK = "127.0.0.1"
ACTS = 300
SMALL = "1200k"


def run_killing(seed: int, database: str | None = None, *, most_kills: int = 6) -> Outcome:
    """`database`: an empty one for the city; a file of its own where none is given."""
    rng, outcome = Random(seed), Outcome(seed, 0.0, Tally(), Verdict())
    start = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="station-faults-")))
        disk = stack.enter_context(small_disk(folder / "small", SMALL))
        try:
            with _town(folder, rng, outcome.tally, database) as town:
                town.is_first_disk_small = disk is not None
                town.live(most_kills)
                if disk:
                    disk.make_room()
                outcome.verdict = town.settle_and_judge()
        except AssertionError as error:
            outcome.error = str(error)
    outcome.seconds = time.monotonic() - start
    return outcome


@dataclass
class _Station:
    """`hub`: the same station as a hub, in a process beside the one that works."""

    node: StationNode
    program: Program
    hub: Program | None = None


@dataclass
class _Town:
    scene: Scene
    server: Program
    stations: list[_Station]
    is_first_disk_small: bool = False

    def live(self, most_kills: int) -> None:
        """Everybody works, and now and then somebody's process is no more."""
        rng, programs = self.scene.rng, [station.program for station in self.stations]
        for program in (self.server, *self._hubs, *programs):
            program.start()
        for _ in range(rng.randint(2, most_kills)):
            victim = rng.choice([*programs, *self._hubs, self.server])
            self._wait_for_work(victim)
            time.sleep(rng.uniform(0.0, 0.4))
            self._kill(victim)
            victim.start()
        if self.is_first_disk_small:
            wait_until(lambda: programs[0].has_ended() or FULL in programs[0].lines())
        for program in programs:
            self._wait_for_work(program)
            self._kill(program)
        for program in (*self._hubs, self.server):
            self._kill(program)

    @property
    def _hubs(self) -> list[Program]:
        return [station.hub for station in self.stations if station.hub is not None]

    def settle_and_judge(self) -> Verdict:
        for station in self.stations:
            self._note_acknowledged(station)
            station.node.restart()
        self.server.start()
        self._wait_for_work(self.server)
        settled = settle(self.scene)
        self.server.kill()
        return judge(self.scene, settled)

    def _wait_for_work(self, program: Program) -> None:
        """Until it has done something in this life; what it is at when it is killed is left to chance."""
        if program.port is not None:
            port = program.port
            wait_until(lambda: program.has_ended() or takes_connections(port))
            return
        before = len(program.lines())
        wait_until(lambda: program.has_ended() or len(program.lines()) > before)

    def _kill(self, program: Program) -> None:
        if program.kill():
            is_hub = program in self._hubs
            what = Fault.SIGKILL_HUB if is_hub else Fault.SIGKILL_STATION
            self.scene.tally[Fault.SIGKILL_CITY if program is self.server else what] += 1

    def _note_acknowledged(self, station: _Station) -> None:
        lines = station.program.lines()
        self.scene.tally[Fault.DISK_FULL] += FULL in lines
        for record, digest in acknowledged_in(lines):
            self.scene.ledger.note_one(record, digest)


@contextmanager
def _town(folder: Path, rng: Random, tally: Tally, database: str | None) -> Iterator[_Town]:
    """A city that was founded as any other, an event with a stock, and stations that enrolled; two can be its hub."""
    home = found_city(folder / "city", database, region_code="210100")
    port, time_ms = free_port(), TrueTime(time.time_ns() // 1_000_000)
    serve = [sys.executable, "-m", "city_server.cli", "serve", "--home", str(home.folder), "--port", str(port)]
    server = Program(serve, folder / "server.out", port)
    city = CityNode(lambda: home, WallClock(time_ms), OpenedDisk(folder), rng, tally, Ledger())
    scene = Scene(folder, rng, city, Weather(rng, tally, roughness=0.0), time_ms, Acts(rng), city.ledger)
    stations: list[_Station] = []
    try:
        scene.write(city, PACK)
        Leases(rng, []).publish(city)
        hubs = [f"https://{LOOPBACK}:{free_port()}" for _ in range(2)]
        with open_city(home.folder) as opened:
            for number in range(1, rng.randint(3, 5)):
                place = folder / ("small" if number == 1 else "") / f"station-{number}"
                stations.append(_station(scene, opened, place, f"http://{LOOPBACK}:{port}", hubs))
        for station, address in zip(stations[-2:], hubs, strict=False):
            station.hub = _hub(station.node, address)
        scene.stations = [station.node for station in stations]
        yield _Town(scene, server, stations)
    finally:
        programs = [program for station in stations for program in (station.program, station.hub) if program]
        for program in (server, *programs):
            if program.running:
                program.running.kill()
                program.running.wait()
        scene.close()


def _station(scene: Scene, city: City, home: Path, address: str, hubs: list[str]) -> _Station:
    """A station's folder as the product furnishes it, and the program that will work on it."""
    rng, name = scene.rng, home.name
    key, clock = SigningKey(rng.randbytes(32)), WallClock(TrueTime(city.store.now_ms()))
    clock.offset_ms = rng.choice((0, 0, -3, 5)) * HOUR_MS
    code, _ = invite(city.store, name, "210106")
    certificate = redeem(city.home, city.store, code.secret_digest, key.public)
    about = city.home.about
    facts = StationFacts(
        label=name,
        district=read_certificate(certificate, city.store.root_key).district,
        writer_number=read_certificate(certificate, city.store.root_key).writer_number,
        city_id=about.id,
        city_name=about.name,
        city_title=about.title,
        city_url=address,
        root_key=city.store.root_key.hex(),
    )
    with new_home(home) as folder:
        furnish(folder, facts, key, certificate, clock)
    node = StationNode(name, clock, OpenedDisk(home), rng, Tally(), Ledger(), Announced())
    Leases(rng, []).stand_there(node)
    node.store.close()
    orders = Orders(home=str(home), hubs=hubs, seed=rng.getrandbits(32), offset_ms=clock.offset_ms, acts=ACTS)
    command = [sys.executable, "-m", "support.faults.station_process", orders.as_argument()]
    return _Station(node, Program(command, scene.folder / f"{name}.out"))


def _hub(node: StationNode, address: str) -> Program:
    port = int(address.rpartition(":")[2])
    command = [sys.executable, "-m", "station_app.cli", "hub", "--home", str(node.disk.home), "--json"]
    output = node.disk.home.parent / f"{node.name}-hub.out"
    return Program([*command, "--host", LOOPBACK, "--port", str(port)], output, port)
