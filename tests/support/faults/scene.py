"""The machines of one history: a city, its stations, and what can be done with them."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from support.faults.acts import Acts
from support.faults.answering import CITY_ID
from support.faults.clocks import TrueTime, WallClock
from support.faults.disks import Disk, FileDisk, OpenedDisk
from support.faults.ledger import Ledger, contents
from support.faults.link import Link, Weather
from support.faults.node import Crash, Node
from support.faults.tally import Fault, Tally
from support.worlds import World

from db.engine import url_engine
from db.errors import DiskFull, StoreError, WriterIsRevoked
from db.store import Store
from station_core.clock import hybrid
from station_core.credential.certificate import Role
from station_core.ids import WriterId
from station_core.journal.entry import Entry
from station_core.keys import SigningKey
from station_core.records.base import Record
from station_core.records.trust import WriterCertified, WriterRevoked
from sync.client import Client
from sync.exchange import exchange
from sync.report import Report


@dataclass
class Scene:
    """`copied`: writers of whom there was a clone, or an older disk; only they can fork."""

    folder: Path
    rng: Random
    city: Node
    weather: Weather
    time: TrueTime
    world: World
    acts: Acts
    ledger: Ledger = field(default_factory=Ledger)
    stations: list[Node] = field(default_factory=list)
    revoked: set[WriterId] = field(default_factory=set)
    copied: set[WriterId] = field(default_factory=set)

    @classmethod
    def new(cls, folder: Path, rng: Random, tally: Tally, postgres_url: str | None = None) -> "Scene":
        world, time = World(), TrueTime()
        disk: Disk = FileDisk(folder, "city", rng, encrypted=False)
        if postgres_url:
            disk = OpenedDisk(lambda: url_engine(postgres_url))
        city = Node("city", SigningKey(rng.randbytes(32)), world.root.public, WallClock(time), disk, rng, tally)
        weather = Weather(rng, tally, roughness=rng.choice((0.1, 0.3, 0.6)))
        scene = cls(folder, rng, city, weather, time, world, Acts(rng))
        scene.write(city, WriterCertified(certificate=world.certificate(city.key, Role.CITY)))
        return scene

    @property
    def tally(self) -> Tally:
        return self.weather.tally

    @property
    def nodes(self) -> list[Node]:
        return [self.city, *self.stations]

    def enrol(self) -> None:
        """One more station, certified by the city; it brings its certificate in its own journal too."""
        key = SigningKey(self.rng.randbytes(32))
        certified = WriterCertified(certificate=self.world.certificate(key))
        if not self.write(self.city, certified):
            return
        name = f"station-{len(self.stations) + 1}"
        disk = FileDisk(self.folder, name, self.rng)
        node = Node(name, key, self.world.root.public, WallClock(self.time), disk, self.rng, self.tally)
        self.stations.append(node)
        self.write(node, WriterCertified(certificate=self.world.certificate(key)))

    def write(self, node: Node, *records: Record) -> bool:
        """Whether the records were acknowledged. A process that ends on the way starts again; a station that knows
        itself revoked refuses.
        """
        try:
            entries = node.run(lambda store: _append(store, records))
        except Crash as crash:
            crash.node.restart()
            return False
        except DiskFull:
            self.tally[Fault.DISK_FULL] += 1
            return False
        except WriterIsRevoked:
            return False
        self.ledger.note(entries)
        return True

    def exchange(self, asking: Node, answering: Node, *, smooth: bool = False) -> Report | None:
        """What came of it; None where the asking process ended, or its disk had no room."""
        weather = Weather(self.rng, Tally(), 0.0) if smooth else self.weather
        client = Client(Link(answering, weather), CITY_ID, asking.key, asking.clock)
        requests_left = self.rng.randint(0, 4) if not smooth and self.rng.random() < 0.1 else None

        def stopped() -> bool:
            nonlocal requests_left
            if requests_left is None:
                return False
            requests_left -= 1
            if requests_left < 0:
                self.tally[Fault.BROKEN_OFF] += 1
            return requests_left < 0

        try:
            return exchange(asking.exchange_store, client, stopped=stopped)
        except Crash as crash:
            crash.node.restart()
        except DiskFull:
            self.tally[Fault.DISK_FULL] += 1
        return None

    def revoke(self, node: Node) -> None:
        self.tally[Fault.REVOKED] += 1
        since = hybrid(self.city.clock())
        self.write(self.city, WriterRevoked(writer=node.writer, since=since, reason="遗失"))
        self.revoked = self._revoked_in_the_city()

    def _revoked_in_the_city(self) -> set[WriterId]:
        """A revocation may stand though the city's process ended before it said so. Looking may end it, too."""
        try:
            with self.city.store.reading() as view:
                return {writer.id for writer in view.writers.all() if writer.revoked_since is not None}
        except Crash as crash:
            crash.node.restart()
            return self._revoked_in_the_city()

    def certify_anew(self, node: Node) -> None:
        certificate = self.world.certificate(node.key, from_ms=self.time.now_ms)
        self.write(self.city, WriterCertified(certificate=certificate))

    def clone(self, node: Node) -> None:
        """The same disk in two machines from now on."""
        assert isinstance(node.disk, FileDisk)
        self.tally[Fault.CLONED] += 1
        self.copied.add(node.writer)
        name = f"{node.name}-clone-{len(self.stations)}"
        clock = WallClock(self.time, node.clock.offset_ms)
        disk = node.disk.clone(name)
        self.stations.append(Node(name, node.key, node.root_key, clock, disk, self.rng, self.tally))

    def restore(self, node: Node, backup: Path) -> None:
        """The disk is dead: an earlier copy takes its place, and what only the dead one held is gone."""
        assert isinstance(node.disk, FileDisk)
        self.tally[Fault.RESTORED] += 1
        self.copied.add(node.writer)
        before = contents(node.store)
        node.close()
        node.disk.restore(backup)
        node.restart()
        self.ledger.at_risk |= before.keys() - contents(node.store).keys()

    def close(self) -> None:
        for node in self.nodes:
            node.close()


def back_up(node: Node) -> Path | None:
    """None where the disk has no room."""
    assert isinstance(node.disk, FileDisk)
    try:
        return node.disk.back_up()
    except StoreError:
        return None


def _append(store: Store, records: tuple[Record, ...]) -> tuple[Entry, ...]:
    with store.writing() as tx:
        return tx.append(*records)
