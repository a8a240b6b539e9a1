"""Files on sticks, as ``station bundle`` and ``city bundle`` write and read them: twice, in any order, to anybody."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from support.faults.link import damaged
from support.faults.machines import CityNode, StationNode
from support.faults.node import Node
from support.faults.scene import Scene
from support.faults.tally import Fault

from city_server import bundles
from city_server.errors import CityError
from station_app.station.bundle import export_to_city, import_bundle
from sync.errors import SyncError, Trouble

_DAMAGE = frozenset({Trouble.FILE_DAMAGED, Trouble.FILE_NOT_OURS, Trouble.FILE_NOT_FOR_US, Trouble.FILE_STRANGER})
MOST_ROUNDS = 8
Write = Callable[[Path], object]


@dataclass
class Sticks:
    """Every file that was ever written stays on a stick somewhere."""

    scene: Scene
    files: list[Path] = field(default_factory=list)
    _number: int = 0

    def from_station(self, node: StationNode, *, everything: bool = False) -> Path | None:
        return self._kept(node, lambda to: export_to_city(node.on_store, to, everything=everything))

    def to_station(self, node: StationNode, *, everything: bool = False) -> Path | None:
        city, number = self.scene.city, node.station.facts.writer_number
        return self._kept(city, lambda to: bundles.export_to_station(city.city, number, to, everything=everything))

    def take(self, node: Node) -> None:
        """Any of the files, as it is or damaged, whoever it was for."""
        rng, tally = self.scene.rng, self.scene.tally
        file = rng.choice(self.files)
        if rng.random() < 0.3:
            tally[Fault.STICK_DAMAGED] += 1
            self.take_in(node, self._spoilt(file), must_fail=True)
        else:
            tally[Fault.STICK] += 1
            self.take_in(node, file)

    def take_in(self, node: Node, file: Path, *, must_fail: bool = False) -> int:
        """How many entries of it were new. Raises AssertionError where something was taken of a damaged file."""

        def taking() -> int:
            try:
                if isinstance(node, StationNode):
                    return import_bundle(node.on_store, file).taken.half.entries
                assert isinstance(node, CityNode)
                return bundles.import_bundle(node.city, file).taken.half.entries
            except SyncError as error:
                if error.code not in _DAMAGE:
                    raise
                if error.code is Trouble.FILE_NOT_FOR_US and not must_fail:
                    self.scene.tally[Fault.STICK_MISLAID] += 1
                return -1

        entries = self.scene.run(node, taking)
        assert not must_fail or entries in (None, -1), f"{node.name} took in a damaged file"
        return entries or 0

    def settle(self) -> list[str]:
        """Everything by sticks alone, both ways, until nobody gets anything new; what does not end."""
        for _ in range(MOST_ROUNDS):
            moved = 0
            for node in self.scene.stations:
                there = self.from_station(node)
                moved += self.take_in(self.scene.city, there) if there else 0
            for node in self.scene.stations:
                back = self.to_station(node)
                moved += self.take_in(node, back) if back else 0
            if not moved:
                return []
        return [f"after {MOST_ROUNDS} rounds by sticks there is still something new"]

    def _kept(self, node: Node, write: Write) -> Path | None:
        """None where there is no file: the process ended, or whoever it is for is not known."""
        self._number += 1
        to = self.scene.folder / f"stick-{self._number}.bundle"

        def writing() -> None:
            with contextlib.suppress(CityError):
                try:
                    write(to)
                except SyncError as error:
                    if error.code is not Trouble.NO_CITY_KEY:  # nothing has ever arrived from the city
                        raise

        self.scene.run(node, writing)
        if not to.exists():
            return None
        self.files.append(to)
        return to

    def _spoilt(self, file: Path) -> Path:
        rng, content = self.scene.rng, file.read_bytes()
        self._number += 1
        spoilt = self.scene.folder / f"stick-{self._number}.bundle"
        is_cut = rng.random() < 0.5
        spoilt.write_bytes(content[: rng.randrange(len(content))] if is_cut else damaged(content, rng))
        return spoilt
