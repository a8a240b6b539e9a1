"""Histories of real processes: stations and a city's server, killed by SIGKILL at any moment, one disk really full."""

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
from support.faults.disks import STORE_KEY, FileDisk, OpenedDisk
from support.faults.history import Outcome
from support.faults.ledger import Acknowledged
from support.faults.link import Weather
from support.faults.node import Node
from support.faults.programs import Program, free_port, small_disk, takes_connections, wait_until
from support.faults.scene import Scene
from support.faults.settling import settle
from support.faults.station_process import FULL, Orders
from support.faults.tally import Fault, Tally
from support.faults.verdict import Verdict, judge
from support.worlds import World

from city_server.city import City, open_city
from city_server.enrolling import invite, redeem
from city_server.founding import found_city
from db.engine import sqlcipher_engine, url_engine
from station_core.keys import SigningKey
from station_core.records.trust import WriterCertified
from sync.client import Client
from sync.exchange import exchange
from sync.report import Report
from sync.transport import Transport

ACTS = 300
SMALL = "400k"


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
    node: Node
    program: Program


@dataclass
class _ServedScene(Scene):
    """A scene whose city is a program that answers over HTTP."""

    address: str = ""
    city_id: str = ""

    def exchange(self, asking: Node, answering: Node, *, smooth: bool = False) -> Report | None:
        with Transport(self.address) as transport:
            return exchange(asking.exchange_store, Client(transport, self.city_id, asking.key, asking.clock))


@dataclass
class _Town:
    scene: _ServedScene
    server: Program
    port: int
    stations: list[_Station]
    is_first_disk_small: bool = False

    def live(self, most_kills: int) -> None:
        """Everybody works, and now and then somebody's process is no more."""
        rng, programs = self.scene.rng, [station.program for station in self.stations]
        for program in (self.server, *programs):
            program.start()
        for _ in range(rng.randint(2, most_kills)):
            victim = rng.choice([*programs, self.server])
            self._wait_for_work(victim)
            time.sleep(rng.uniform(0.0, 0.4))
            self._kill(victim)
            victim.start()
        if self.is_first_disk_small:
            wait_until(lambda: programs[0].has_ended() or FULL in programs[0].lines())
        for program in programs:
            self._wait_for_work(program)
            self._kill(program)
        self._kill(self.server)

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
        if program is self.server:
            wait_until(lambda: program.has_ended() or takes_connections(self.port))
            return
        before = len(program.lines())
        wait_until(lambda: program.has_ended() or len(program.lines()) > before)

    def _kill(self, program: Program) -> None:
        if program.kill():
            self.scene.tally[Fault.SIGKILL_CITY if program is self.server else Fault.SIGKILL_STATION] += 1

    def _note_acknowledged(self, station: _Station) -> None:
        lines = station.program.lines()
        self.scene.tally[Fault.DISK_FULL] += FULL in lines
        for line in lines:
            if line == FULL:
                continue
            content, seq, kind = line.split()
            self.scene.ledger.acknowledged.append(
                Acknowledged(station.node.writer, int(seq), bytes.fromhex(content), kind)
            )


@contextmanager
def _town(folder: Path, rng: Random, tally: Tally, database: str | None) -> Iterator[_Town]:
    """A city that was founded as any other, and stations that enrolled in it."""
    home = found_city(folder / "city", database, region_code="210100")
    port = free_port()
    serve = [sys.executable, "-m", "city_server.cli", "serve", "--home", str(home.folder), "--port", str(port)]
    server = Program(serve, folder / "server.out")
    root_key, time_ms = home.root.public, TrueTime(time.time_ns() // 1_000_000)
    address = f"http://127.0.0.1:{port}"
    with open_city(home.folder) as city:
        stations = [
            _station(city, f"station-{number}", folder / "small" if number == 1 else folder, rng, address)
            for number in range(1, rng.randint(3, 5))
        ]
    disk = OpenedDisk(lambda: url_engine(home.about.db))
    node = Node("city", home.key, root_key, WallClock(time_ms), disk, rng, tally)
    scene = _ServedScene(
        folder=folder,
        rng=rng,
        city=node,
        weather=Weather(rng, tally, roughness=0.0),
        time=time_ms,
        world=World(home.root),
        acts=Acts(rng),
        stations=[station.node for station in stations],
        address=address,
        city_id=home.about.id,
    )
    try:
        yield _Town(scene, server, port, stations)
    finally:
        for program in (server, *(station.program for station in stations)):
            if program.running:
                program.running.kill()
                program.running.wait()
        scene.close()


def _station(city: City, name: str, folder: Path, rng: Random, address: str) -> _Station:
    """A store whose journal begins with its certificate, and the program that will work on it."""
    key, root_key = SigningKey(rng.randbytes(32)), city.home.root.public
    file = FileDisk(folder, name, rng).file
    clock = WallClock(TrueTime(city.store.now_ms()), rng.choice((0, 0, -3, 5)) * HOUR_MS)
    code, _ = invite(city.store, name, "210106")
    certificate = redeem(city.home, city.store, code.secret.encode(), key.public)
    disk = OpenedDisk(lambda: sqlcipher_engine(file, STORE_KEY))
    node = Node(name, key, root_key, clock, disk, rng, Tally())
    with node.store.writing() as tx:
        tx.append(WriterCertified(certificate=certificate))
    node.store.close()
    orders = Orders(
        file=str(file),
        key=bytes(key).hex(),
        root_key=root_key.hex(),
        city_id=city.home.about.id,
        address=address,
        seed=rng.getrandbits(32),
        offset_ms=clock.offset_ms,
        acts=ACTS,
    )
    command = [sys.executable, "-m", "support.faults.station_process", orders.as_argument()]
    return _Station(node, Program(command, city.home.folder.parent / f"{name}.out"))
