"""A station as a process of its own, which works and exchanges until it is killed.

Whatever was acknowledged is written to standard output, a line each: content, number, kind. `full` stands where the
disk had no room.
"""

import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from support.faults.acts import Acts
from support.faults.disks import STORE_KEY
from support.faults.ledger import content_of

from city_server.exchange_store import CityExchangeStore
from db.engine import sqlcipher_engine
from db.errors import DiskFull
from db.store import Store
from station_core.keys import SigningKey
from sync.client import Client
from sync.exchange import exchange
from sync.transport import Transport

FULL = "full"


@dataclass(frozen=True, slots=True)
class Orders:
    """What a station process is told. `offset_ms`: how far its clock is wrong."""

    file: str
    key: str
    root_key: str
    city_id: str
    address: str
    seed: int
    offset_ms: int
    acts: int

    def as_argument(self) -> str:
        return json.dumps(asdict(self))


def work(orders: Orders) -> None:
    key = SigningKey(bytes.fromhex(orders.key))

    def wall_ms() -> int:
        return time.time_ns() // 1_000_000 + orders.offset_ms

    engine = sqlcipher_engine(Path(orders.file), STORE_KEY)
    store = Store(engine, bytes.fromhex(orders.root_key), key, wall_ms)
    with store.reading() as view:
        life = f"{orders.seed}-{view.journals.heads()[store.own].seq}"
    rng = Random(life)
    acts = Acts(rng, mark=life)
    for _ in range(orders.acts):
        try:
            _act(store, acts)
            if rng.random() < 0.2:
                with Transport(orders.address, answer_s=20) as transport:
                    exchange(CityExchangeStore(store), Client(transport, orders.city_id, key, wall_ms))
        except DiskFull:
            _tell(FULL)


def _act(store: Store, acts: Acts) -> None:
    with store.writing() as tx:
        entries = tx.append(*acts.at_a_station())
    for entry in entries:
        _tell(f"{content_of(entry.kind, entry.body).hex()} {entry.seq} {entry.kind}")


def _tell(line: str) -> None:
    """One system call, so that a line is there whole or not at all."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


if __name__ == "__main__":
    try:
        work(Orders(**json.loads(sys.argv[1])))
    except DiskFull:  # so full that the store does not even open
        _tell(FULL)
