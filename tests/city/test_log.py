"""The log says who asked for what and how it went, and nothing about the people whom records are about."""

import json
import logging
import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import cbor2
import httpx
import pytest
import zstandard
from support.cities import Station
from support.served import log_of, served
from support.worlds import given, member_no, person_id, registered

from city_server.city import open_city, wall_ms
from city_server.enrolling import invite
from city_server.founding import found_city
from city_server.log import JsonLines
from station_core.clock import HybridTime
from station_core.journal.batch import batch_of, encode_batch
from station_core.journal.entry import seal
from station_core.keys import SigningKey
from sync.enrol import enrol
from sync.token import make_token
from sync.transport import PATH, Transport
from sync.wire import MEDIA_TYPE

NAME, ID_NUMBER, PHONE = "欧阳静", "110101199003078832", "13900000417"
SECRETS = (NAME, ID_NUMBER, PHONE)


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_the_log_tells_how_requests_went_and_names_nobody(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str
) -> None:
    """A station hands in a registration, and then everything goes wrong, with a person in each of it."""
    url = None if kind == "sqlite" else request.getfixturevalue("postgres_url")
    home = found_city(tmp_path / "city", url, region_code="210100").folder
    with served(home) as (server, address):
        station = enrolled(home, address)
        register(station)
        with httpx.Client(trust_env=False, timeout=30) as client:
            hand_in_nonsense(client, station)
            ask_for_nonsense(client, address)
        send_no_http(address)
        server.terminate()
        assert server.wait(30) == 0
    log = log_of(home).read_text(encoding="utf-8")
    assert_nobody_is_named(log)
    assert_each_line_is_of_use(log)


def enrolled(home: Path, address: str) -> Station:
    with open_city(home) as city:
        code, _ = invite(city.store, "一号车", "210106")
    key = SigningKey.generate()
    with Transport(address) as transport:
        return Station(address, key, enrol(transport, code, key, wall_ms))


def register(station: Station) -> None:
    for number in (7, 8):  # the same person twice
        person = person_id()
        fields = {"name": NAME, "id_number": ID_NUMBER, "phone": PHONE, "member_no": member_no(number)}
        station.write(registered(person, **fields), given(person))
    assert station.exchange().error is None


def hand_in_nonsense(client: httpx.Client, station: Station) -> None:
    """Bodies that cannot be read, and entries that cannot be folded, with a person in each of them."""
    with station.store.reading() as view:
        head = view.journals.heads()[station.store.own]
    strange = cbor2.dumps({"name": [NAME], "id_number": {ID_NUMBER: PHONE}, "person": PHONE})
    kinds = ("person.registered", NAME, PHONE)
    entries = []
    for kind in kinds:
        entries.append(seal(station.key, head, HybridTime(head.at + 1), kind, strange))
        head = entries[-1].head
    batch = encode_batch(batch_of(entries, entry_before(station)))
    statuses = [
        post(client, station, zstandard.compress(cbor2.dumps({"v": 1, "batches": [batch]}))),
        post(client, station, zstandard.compress(cbor2.dumps({"v": 1, "batches": NAME, PHONE: ID_NUMBER}))),
        post(client, station, f"{NAME} {ID_NUMBER} {PHONE}".encode()),
    ]
    assert statuses == [200, 400, 400]


def entry_before(station: Station) -> bytes:
    with station.store.reading() as view:
        return view.journals.heads()[station.store.own].hash


def post(client: httpx.Client, station: Station, body: bytes) -> int:
    token = make_token(station.key, station.enrolled.city_id, "push", body, wall_ms())
    headers = {"Content-Type": MEDIA_TYPE, "Authorization": f"Bearer {token}"}
    return client.post(f"{station.address}{PATH}/push", content=body, headers=headers).status_code


def ask_for_nonsense(client: httpx.Client, address: str) -> None:
    """Paths, queries, methods and headers with a person in them."""
    told = "/".join(quote(one) for one in SECRETS)
    for path in (f"/{told}", f"{PATH}/push/{told}", f"/?lang={quote(NAME)}&q={PHONE}", f"/style.css?{ID_NUMBER}"):
        client.get(address + path, headers={"X-Request-Id": PHONE, "User-Agent": PHONE, "Referer": quote(NAME)})
    client.request(f"GET{PHONE}", address)
    client.post(f"{address}{PATH}/push", json={"name": NAME}, headers={"Authorization": f"Bearer {ID_NUMBER}"})


def send_no_http(address: str) -> None:
    """What no client would send."""
    place = urlsplit(address)
    for start in (f"GET /{NAME} HTTP/1.1".encode(), f"{PHONE}\0 /".encode(), b"POST /\xff\xfe%00 HTTP/1.1"):
        with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
            connection.sendall(start + f"\r\nHost: {PHONE}\r\nConnection: close\r\n\r\n".encode())
            assert connection.recv(1_000).startswith(b"HTTP/1.1 4")


def assert_nobody_is_named(log: str) -> None:
    for secret in SECRETS:
        for written in (secret, quote(secret), json.dumps(secret).strip('"'), repr(secret.encode())[2:-1]):
            assert written not in log
        assert secret.encode().hex() not in log


def assert_each_line_is_of_use(log: str) -> None:
    said: list[dict[str, Any]] = [json.loads(line) for line in log.splitlines()]
    requests = [one for one in said if one["what"] == "request"]
    assert {one["what"] for one in said} == {"request", "library", "stopping", "stopped"}
    assert len({one["request_id"] for one in requests}) == len(requests)
    for one in requests:
        assert {"at", "level", "method", "route", "status", "duration_ms", "writer"} <= set(one)
        assert one["method"] in ("GET", "POST", "other")
    pushes = [one for one in requests if one["route"] == f"{PATH}/push"]
    assert {(one["status"], one["trouble"]) for one in pushes} == {
        (200, None),
        (400, "garbled"),
        (401, "refused"),
    }
    writers = {one["writer"] for one in pushes if one["status"] != 401}
    assert len(writers) == 1
    assert all(len(writer) == 32 for writer in writers)
    assert [one["writer"] for one in requests if one["route"] == f"{PATH}/enrol"] == list(writers)


def test_what_libraries_say_is_not_quoted() -> None:
    """Their words, and those of errors, may hold what was being written."""
    try:
        raise ValueError(NAME)
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord("asyncio", logging.ERROR, __file__, 7, "Task of %s failed", (ID_NUMBER,), told)
    line = JsonLines().format(record)
    assert_nobody_is_named(line)
    said = json.loads(line)
    assert (said["logger"], said["error"], said["place"]) == ("asyncio", "ValueError", f"{__file__}:7")
