"""The machines of one history: a city, its stations, and what can be done with them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TypeVar

import msgspec
from support.faults.acts import Acts
from support.faults.clocks import TrueTime, WallClock
from support.faults.disks import STORE_KEY, Disk, FileDisk, OpenedDisk
from support.faults.leases import PACK
from support.faults.ledger import Ledger
from support.faults.link import Lines, Serving, Weather
from support.faults.machines import CITY_HOST, CITY_URL, Announced, CityNode, StationNode
from support.faults.node import Crash, Node
from support.faults.surroundings import on_lines
from support.faults.tally import Fault, Tally

from city_server.certifying import city_certificate, station_certificate
from city_server.enrolling import redeem
from city_server.home import Description, Home
from city_server.revoking import revoke_station
from db.errors import DiskFull, StoreError, WriterIsRevoked
from station_app.home.facts import StationFacts
from station_app.home.files import write_private
from station_app.home.home import IDENTITY_FILE
from station_app.home.sealing import derive, seal
from station_app.station.healing import Synced, sync_station
from station_core.credential.certificate import read_certificate
from station_core.ids import DistrictCode, WriterId
from station_core.keys import SigningKey
from station_core.records.base import Record
from station_core.records.trust import WriterCertified

DISTRICT = DistrictCode("210106")
CITY_ID = "test-city"
_IDENTITY = "device identity"
T = TypeVar("T")


@dataclass
class Scene:
    """`copied`: writers of whom there was a clone, or an older disk; only they can fork."""

    folder: Path
    rng: Random
    city: CityNode
    weather: Weather
    time: TrueTime
    acts: Acts
    ledger: Ledger
    announced: Announced = field(default_factory=Announced)
    stations: list[StationNode] = field(default_factory=list)
    revoked: set[WriterId] = field(default_factory=set)
    copied: set[WriterId] = field(default_factory=set)
    restored: set[WriterId] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.lines = Lines(self.weather, self._serving)

    @property
    def tally(self) -> Tally:
        return self.weather.tally

    @property
    def nodes(self) -> list[Node]:
        return [self.city, *self.stations]

    def run(self, node: Node, job: Callable[[], T]) -> T | None:
        """What `job` answers; None where the process of `node` ended on the way, its disk had no room, or it knows
        itself revoked and refuses.

        What calls back through a library written in another language may lose the word that the process ended.
        """
        try:
            return job()
        except Crash as crash:
            crash.node.restart()
        except DiskFull:
            self.tally[Fault.DISK_FULL] += 1
        except WriterIsRevoked:
            return None
        except Exception:
            if not node.is_dead:
                raise
        finally:
            if node.is_dead:
                node.restart()
        return None

    def write(self, node: Node, *records: Record) -> bool:
        """Whether the records were acknowledged."""

        def append() -> bool:
            with node.store.writing() as tx:
                tx.append(*records)
            return True

        return self.run(node, append) or False

    def enrol(self) -> StationNode | None:
        """One more station, certified by the city; None where the city's process ended, or its disk is full."""
        key, digest, name = SigningKey(self.rng.randbytes(32)), self.rng.randbytes(32), f"station-{len(self.stations)}"
        certificate = self.run(self.city, lambda: self._certified(key, digest, name))
        if certificate is None:
            return None
        disk = FileDisk(self.folder, name, self.rng)
        about = read_certificate(certificate, self.city.store.root_key)
        facts = StationFacts(
            label=name,
            district=about.district,
            writer_number=about.writer_number,
            city_id=CITY_ID,
            city_name="试验市",
            city_title="试验市总工会",
            city_url=CITY_URL,
            root_key=self.city.store.root_key.hex(),
        )
        facts.write(disk.home)
        write_private(disk.home / IDENTITY_FILE, seal(derive(STORE_KEY, _IDENTITY), _IDENTITY, bytes(key)))
        node = self._station(name, WallClock(self.time), disk)
        self.write(node, WriterCertified(certificate=certificate))
        return node

    def exchange(self, node: StationNode, *, stopped: Callable[[], bool] = lambda: False) -> Synced | None:
        """With the city, as the product does it: asks for stock, hands it back, heals a fork."""
        synced = self.run(node, lambda: sync_station(node.on_station, node.clock, None, stopped))
        self.run(node, node.note_who)
        return synced

    def meet_hub(self, node: StationNode) -> None:
        """One step of the worker that looks for hubs and exchanges with one."""
        self.run(node, node.guest._step)

    def revoke(self, node: StationNode) -> None:
        self.tally[Fault.REVOKED] += 1
        number = node.station.facts.writer_number
        self.run(self.city, lambda: revoke_station(self.city.store, number, "遗失"))
        self.note_revoked()

    def note_revoked(self) -> None:
        """Who is by now: also whoever follows a revoked device after a fork."""
        self.revoked = self._revoked_in_the_city()

    def certify_anew(self, node: StationNode) -> None:
        facts, now_ms = node.station.facts, self.city.clock()
        arguments = (node.store.key.public, facts.label, facts.district, facts.writer_number, now_ms)
        self.write(self.city, WriterCertified(certificate=station_certificate(self.city.city.home, *arguments)))

    def clone(self, node: StationNode) -> None:
        """The same disk in two machines from now on."""
        assert isinstance(node.disk, FileDisk)
        self.tally[Fault.CLONED] += 1
        self.copied |= {node.writer}
        name = f"{node.name}-clone-{len(self.stations)}"
        self._station(name, WallClock(self.time, node.clock.offset_ms), node.disk.clone(name))

    def restore(self, node: StationNode, backup: Path) -> None:
        """The disk is dead: an earlier copy takes its place, and what only the dead one held is gone."""
        assert isinstance(node.disk, FileDisk)
        self.tally[Fault.RESTORED] += 1
        before, writer = self.ledger.contents(node.store), node.writer
        node.stop_serving()
        node.close()
        node.disk.restore(backup)
        node.open()
        self.copied |= {writer, node.writer}
        self.restored |= {writer, node.writer}
        self.ledger.at_risk |= before.keys() - self.ledger.contents(node.store).keys()

    def close(self) -> None:
        for node in self.nodes:
            node.close()

    def _certified(self, key: SigningKey, digest: bytes, name: str) -> bytes:
        """As for a code whose digest that is; asked once more, the same certificate comes."""
        store = self.city.store
        with store.writing() as tx:
            tx.enrolments.invite(digest, name, DISTRICT, store.now_ms())
        return redeem(self.city.city.home, store, digest, key.public)

    def _station(self, name: str, clock: WallClock, disk: Disk) -> StationNode:
        node = StationNode(name, clock, disk, self.rng, self.tally, self.ledger, self.announced)
        self.stations.append(node)
        return node

    def _serving(self, host: str) -> Serving | None:
        if host == CITY_HOST:
            return Serving(self.city, self.city.app)
        found = (node for node in self.stations if node.host == host and node.app is not None)
        return next((Serving(node, node.app) for node in found if node.app is not None), None)

    def _revoked_in_the_city(self) -> set[WriterId]:
        """A revocation may stand though the city's process ended before it said so. Looking may end it, too."""
        try:
            with self.city.store.reading() as view:
                return {writer.id for writer in view.writers.all() if writer.revoked_since is not None}
        except Crash as crash:
            crash.node.restart()
            return self._revoked_in_the_city()


@contextmanager
def new_scene(folder: Path, rng: Random, tally: Tally, postgres_url: str | None = None) -> Iterator[Scene]:
    """A city that has just been founded, on lines of its own."""
    root, key, ledger, time = SigningKey(rng.randbytes(32)), SigningKey(rng.randbytes(32)), Ledger(), TrueTime()
    disk = OpenedDisk(folder) if postgres_url else FileDisk(folder, "city", rng, encrypted=False)
    about = Description(id=CITY_ID, name="试验市", title="试验市总工会", region="210100", db="")

    def home() -> Home:
        url = postgres_url if not isinstance(disk, FileDisk) else f"sqlite:///{disk.file}"
        return Home(folder, msgspec.structs.replace(about, db=url), root, key)

    city = CityNode(home, WallClock(time), disk, rng, tally, ledger)
    weather = Weather(rng, tally, roughness=rng.choice((0.1, 0.3, 0.6)))
    scene = Scene(folder, rng, city, weather, time, Acts(rng), ledger)
    with on_lines(scene.lines):
        try:
            scene.write(city, WriterCertified(certificate=city_certificate(home(), city.clock())), PACK)
            yield scene
        finally:
            scene.close()


def back_up(node: StationNode) -> Path | None:
    """None where the disk has no room."""
    assert isinstance(node.disk, FileDisk)
    try:
        return node.disk.back_up()
    except StoreError:
        return None
