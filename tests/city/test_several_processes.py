"""Several server processes of one city: what they take in at once is neither lost nor doubled."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from support.served import served
from support.worlds import NOON_MS, STAFF, Device, given, member_no, memory_engine, registered, tables

from city_server.certifying import station_certificate
from city_server.city import City, open_city, wall_ms
from city_server.founding import found_city
from db.store import Store
from station_core.ids import PersonId, RecordId
from station_core.journal.batch import encode_batch
from station_core.journal.receipt import Outcome
from station_core.keys import SigningKey
from station_core.records.people import PersonChanged, PersonFields
from station_core.records.services import RecordVoided
from station_core.records.trust import WriterCertified
from sync.client import Client
from sync.transport import Transport

STATIONS, ROUNDS = 6, 10
ID_NUMBERS = ("11010119900101001X", "110101199001010029")


@dataclass(frozen=True)
class Town:
    """A city on PostgreSQL, and stations whose journals it has not seen yet."""

    city: City
    devices: list[Device]

    def client(self, device: Device, transport: Transport) -> Client:
        return Client(transport, self.city.home.about.id, device.key, wall_ms)


@pytest.fixture
def town(tmp_path: Path, postgres_url: str) -> Iterator[Town]:
    found_city(tmp_path / "city", postgres_url, region_code="210100")
    with open_city(tmp_path / "city") as city:
        yield Town(city, [certified_device(city, number) for number in range(STATIONS)])


def certified_device(city: City, number: int) -> Device:
    """A station known to the city, with a day of work that meets that of the others: same people, same ID numbers."""
    key = SigningKey((number + 1).to_bytes(32))
    certificate = station_certificate(city.home, key.public, f"{number}号台", "210106", 10_001 + number, wall_ms())
    with city.store.writing() as tx:
        tx.append(WriterCertified(certificate=certificate))
    device = Device(key)
    for turn in range(ROUNDS):
        own, shared = PersonId(bytes([number, turn]) * 8), PersonId(bytes([turn + 100]) * 16)
        device.write(registered(own, name="王小明", id_number=ID_NUMBERS[turn % 2], member_no=member_no(turn)), NOON_MS)
        device.write(
            PersonChanged(person=shared, fields=PersonFields(phone=f"1380000000{number}"), operator=STAFF), NOON_MS
        )
        device.write(given(own, record=bytes([number, turn]) * 8), NOON_MS)
        device.write(given(shared, record=bytes([turn + 200]) * 16), NOON_MS)
        device.write(RecordVoided(target=RecordId(bytes([turn + 200]) * 16), reason="重复", operator=STAFF), NOON_MS)
    return device


@pytest.mark.postgres
def test_pushes_at_once_to_two_processes_count_once_each(town: Town) -> None:
    """Each station's journal goes to both processes at the same time, as other stations' do."""
    with served(town.city.home.folder) as (_, one), served(town.city.home.folder) as (_, other):
        start = threading.Barrier(2 * STATIONS)
        with ThreadPoolExecutor(2 * STATIONS) as pool:
            jobs = [
                pool.submit(push_all, town, device, address, start)
                for device in town.devices
                for address in (one, other)
            ]
            taken = sum(job.result() for job in jobs)
    assert taken == sum(len(device.entries) for device in town.devices)
    with town.city.store.reading() as view:
        heads = view.journals.heads()
        assert {device.id: heads[device.id] for device in town.devices} == {d.id: d.head for d in town.devices}
        assert not any(view.journals.faults(device.id) for device in town.devices)
    check_tables(town)


def push_all(town: Town, device: Device, address: str, start: threading.Barrier) -> int:
    """Push the whole journal in small pieces; how many entries were new to the city by this."""
    new = 0
    with Transport(address) as transport:
        client = town.client(device, transport)
        client.heads({})
        start.wait()
        for first in range(1, len(device.entries) + 1, 3):
            batch = device.batch(first, min(first + 2, len(device.entries)))
            (result,) = client.push([encode_batch(batch)])
            assert result.outcome in (Outcome.HELD, Outcome.ALREADY_HAD)
            assert not result.aside
            new += result.new_entries
    return new


def check_tables(town: Town) -> None:
    """They are what one process alone makes of the same journals, and what folding anew makes of them."""
    live = tables(town.city.store)
    with town.city.store.writing() as tx:
        tx.rebuild()
    assert tables(town.city.store) == live
    alone = Store(memory_engine(), town.city.store.root_key, SigningKey.generate(), wall_ms)
    with town.city.store.reading() as view:
        city_journal = view.journals.batch_after(town.city.store.own, 0, 100_000_000)
    assert city_journal is not None
    for batch in (city_journal, *(device.batch() for device in town.devices)):
        with alone.writing() as tx:
            tx.receive(batch)
    assert tables(alone) == live


@pytest.mark.postgres
def test_workers_share_a_socket_and_are_replaced(town: Town) -> None:
    device, folder = town.devices[0], town.city.home.folder
    with served(folder, "--workers", "2") as (server, address):
        wait_until(lambda: len(workers_of(server)) == 2)
        push_all(town, device, address, threading.Barrier(1))
        first = workers_of(server)[0]
        os.kill(first, signal.SIGKILL)
        wait_until(lambda: len(workers_of(server)) == 2 and first not in workers_of(server))
        push_all(town, town.devices[1], address, threading.Barrier(1))
        server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0
    with town.city.store.reading() as view:
        heads = view.journals.heads()
    assert [heads[device.id] for device in town.devices[:2]] == [device.head for device in town.devices[:2]]


@pytest.mark.postgres
def test_workers_end_when_the_first_process_is_killed(town: Town) -> None:
    with served(town.city.home.folder, "--workers", "2") as (server, address):
        wait_until(lambda: len(workers_of(server)) == 2)
        assert httpx.get(address, trust_env=False, timeout=60).status_code == 200
        workers = workers_of(server)
        server.kill()
        server.wait(30)
        wait_until(lambda: not any(map(is_alive, workers)))


@pytest.mark.postgres
def test_what_another_process_took_in_is_earlier_than_what_is_written_next(town: Town) -> None:
    """Two openings of one city know each other only by the database."""
    ahead = certified_device(town.city, STATIONS + 1)
    with open_city(town.city.home.folder) as other:
        ahead.write(given(None), wall_ms() + 3_600_000)
        with town.city.store.writing() as tx:
            tx.receive(ahead.batch())
        with other.store.writing() as tx:
            (entry,) = tx.append(WriterCertified(certificate=b"no certificate"))
    assert entry.at > ahead.head.at


def workers_of(server: "subprocess.Popen[str]") -> list[int]:
    """The processes that serve: children of the first one, without the one that tidies up after them."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(holds: Callable[[], bool]) -> None:
    limit_s = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < limit_s
        time.sleep(0.05)
