"""A station as a process of its own, which works and exchanges until it is killed.

Whatever was acknowledged is written to standard output, a line each: writer, number, content, digest, kind. `full`
stands where the disk had no room.
"""

import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from support.faults.acts import Acts
from support.faults.clocks import ThisComputersTime, WallClock
from support.faults.disks import OpenedDisk
from support.faults.leases import Leases
from support.faults.ledger import Acknowledged, Ledger
from support.faults.machines import Announced, StationNode
from support.faults.tally import Tally

from db.errors import DiskFull
from station_app.station.healing import sync_station
from station_app.station.neighbour import meet_hub
from station_core.ids import WriterId
from sync.errors import SyncError
from sync.lan.address import parse_address

FULL = "full"


@dataclass(frozen=True, slots=True)
class Orders:
    """What a station process is told. `hubs` are the addresses to try; `offset_ms`: how far its clock is wrong."""

    home: str
    hubs: list[str]
    seed: int
    offset_ms: int
    acts: int

    def as_argument(self) -> str:
        return json.dumps(asdict(self))


def acknowledged_in(lines: Iterable[str]) -> Iterator[tuple[Acknowledged, bytes]]:
    """What a process has said, each with the digest of its body."""
    for line in lines:
        if line != FULL:
            writer, seq, content, digest, kind = line.split()
            named = WriterId(bytes.fromhex(writer))
            yield Acknowledged(named, int(seq), bytes.fromhex(content), kind), bytes.fromhex(digest)


class _Told(Ledger):
    """Says at once what it is to note."""

    def note_one(self, record: Acknowledged, digest: bytes) -> None:
        _tell(f"{record.writer.hex()} {record.seq} {record.content.hex()} {digest.hex()} {record.kind}")


def work(orders: Orders) -> None:
    clock = WallClock(ThisComputersTime(), orders.offset_ms)
    node = StationNode("this", clock, OpenedDisk(Path(orders.home)), Random(), Tally(), _Told(), Announced())
    with node.store.reading() as view:
        life = f"{orders.seed}-{view.journals.heads()[node.store.own].seq}"
    rng = Random(life)
    acts = Acts(rng, mark=life)
    leases = Leases(rng, acts.services)
    for _ in range(orders.acts):
        try:
            _act(node, acts, leases)
            if rng.random() < 0.15:
                sync_station(node.on_station, clock)
            if rng.random() < 0.2:
                _meet_a_hub(node, orders.hubs)
        except DiskFull:
            _tell(FULL)


def _act(node: StationNode, acts: Acts, leases: Leases) -> None:
    if acts.rng.random() < 0.2:
        leases.give_gift(node)
        return
    with node.store.writing() as tx:
        tx.append(*acts.at_a_station())


def _meet_a_hub(node: StationNode, addresses: list[str]) -> None:
    """The first that answers and is another station than this one."""
    for address in addresses:
        with contextlib.suppress(SyncError):
            facts, key = node.station.facts, node.store.key
            neighbour = meet_hub(parse_address(address), facts, key, node.clock, node.on_store)
            with contextlib.closing(neighbour):
                if neighbour.link.certificate.public_key != key.public:
                    neighbour.exchange_if_changed()
                    return


def _tell(line: str) -> None:
    """One system call, so that a line is there whole or not at all."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


if __name__ == "__main__":
    try:
        work(Orders(**json.loads(sys.argv[1])))
    except DiskFull:  # so full that the store does not even open
        _tell(FULL)
