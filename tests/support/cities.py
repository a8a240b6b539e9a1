"""A city that really runs: its folder, its server on a socket of this machine, and stations that enrolled in it."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from city_server.app import create_app
from city_server.city import City, open_city, wall_ms
from city_server.enrolling import invite
from city_server.exchange_store import CityExchangeStore
from city_server.founding import found_city
from db.engine import url_engine
from db.store import Store, prepare
from station_core.keys import SigningKey
from station_core.records.base import Record
from station_core.records.trust import WriterCertified
from sync.client import Client
from sync.enrol import Enrolled, enrol
from sync.exchange import exchange
from sync.report import Report
from sync.transport import Transport

START_LIMIT_S = 30


@dataclass
class RunningCity:
    city: City
    address: str

    def station(self, label: str = "一号车", district: str = "210106") -> "Station":
        """A station that redeemed a code over HTTP, with a store in memory."""
        code, _ = invite(self.city.store, label, district)
        key = SigningKey.generate()
        with Transport(self.address) as transport:
            enrolled = enrol(transport, code, key, wall_ms)
        return Station(self.address, key, enrolled)


@dataclass
class Station:
    """`wall_ms` is its clock: set it wrong to see what happens."""

    address: str
    key: SigningKey
    enrolled: Enrolled
    wall_ms: Callable[[], int] = wall_ms
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.store = memory_store(self.enrolled.root_key, self.key)
        self.write(WriterCertified(certificate=self.enrolled.certificate_bytes))

    def write(self, *records: Record) -> None:
        with self.store.writing() as tx:
            tx.append(*records)

    @contextmanager
    def client(self) -> Iterator[Client]:
        with Transport(self.address, answer_s=20) as transport:
            yield Client(transport, self.enrolled.city_id, self.key, self.wall_ms)

    def exchange(self) -> Report:
        with self.client() as client:
            return exchange(CityExchangeStore(self.store), client)


def memory_store(root_key: bytes, key: SigningKey) -> Store:
    engine = url_engine("sqlite:///:memory:")
    prepare(engine)
    return Store(engine, root_key, key, wall_ms)


@contextmanager
def running_city(folder: Path, db: str | None = None) -> Iterator[RunningCity]:
    """A new city in `folder` and a server for it, stopped on leaving."""
    found_city(folder, db, region_code="210100")
    with open_city(folder) as city, serving(city) as address:
        yield RunningCity(city, address)


@contextmanager
def serving(city: City) -> Iterator[str]:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    server = uvicorn.Server(uvicorn.Config(create_app(city), log_config=None, access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(START_LIMIT_S)
        listener.close()
        assert not thread.is_alive()
