"""What watches over a server learns: whether it is well, and what it has done."""

import os
import socket
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from prometheus_client.parser import text_string_to_metric_families
from support.cities import RunningCity, running_city
from support.postgres import Cluster, find_programs
from support.replication import wait_until
from support.served import served
from support.worlds import given, member_no, person_id, registered

from city_server.counting import FOLDER
from city_server.exchange_store import CityExchangeStore
from city_server.founding import found_city
from station_core.clock import HybridTime
from station_core.journal.batch import batch_of, encode_batch
from station_core.journal.entry import seal
from station_core.records.base import encode_body


def asked(city: RunningCity, path: str) -> httpx.Response:
    with httpx.Client(trust_env=False, timeout=30) as client:
        return client.get(city.address + path)


def metrics(text: str) -> dict[str, dict[tuple[str, ...], float]]:
    """Values by name and labels."""
    found: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return found


def test_a_city_that_is_well(city: RunningCity) -> None:
    answer = asked(city, "/health")
    assert (answer.status_code, answer.json()) == (200, {"healthy": True, "database": "ok", "schema": "0001"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_tables_of_another_version_are_not_ours(city: RunningCity) -> None:
    with city.city.store._engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    answer = asked(city, "/health")
    assert (answer.status_code, answer.json()["database"], answer.json()["schema"]) == (503, "other_schema", "9999")


@pytest.mark.postgres
def test_a_database_that_is_gone(tmp_path: Path) -> None:
    with Cluster(find_programs()) as cluster, running_city(tmp_path, cluster.url(cluster.create_database())) as city:
        assert metrics(asked(city, "/metrics").text)["city_database_up"] == {(): 1}
        cluster._stop()
        answer = asked(city, "/health")
        assert answer.status_code == 503
        assert answer.json() == {"healthy": False, "database": "unreachable", "schema": None}
        assert metrics(asked(city, "/metrics").text)["city_database_up"] == {(): 0}


def test_a_city_counts_what_it_takes_in(city: RunningCity) -> None:
    station = city.station()
    station.write(registered(person_id(), name="欧阳静", member_no=member_no(7), phone="13800000001"), given(None))
    station.exchange()
    batch = CityExchangeStore(station.store).batch_after(station.store.own, 0, 1 << 20)
    assert batch is not None
    with station.client() as client:
        client.push([encode_batch(batch), b"no batch"])
    asked(city, "/nowhere/13800000001")
    text = asked(city, "/metrics").text
    found = metrics(text)
    assert found["city_entries_total"] == {("taken",): 3, ("set_aside",): 0, ("already_had",): 3}
    assert found["city_batches_total"] == {("held",): 1, ("already_had",): 1}
    requests = found["city_requests_total"]
    assert requests[("POST", "/exchange/v1/push", "200")] == 2
    assert requests[("GET", "none", "404")] == 1
    assert found["city_request_duration_seconds_count"][("/exchange/v1/push",)] == 2
    assert found["city_stations"] == {("active",): 1, ("revoked",): 0}
    assert found["city_stations_heard_last_hour"] == {(): 1}
    with city.city.store.reading() as view:
        assert found["city_entries_held"] == {(): view.overview.counts().entries}
    assert not [word for word in ("欧阳静", "13800000001", "一号车") if word in text]


def test_a_fork_is_counted(city: RunningCity) -> None:
    """A copy of the station's disk wrote something else under a number that the city holds."""
    station = city.station()
    with station.store.reading() as view:
        first = view.journals.heads()[station.store.own]
    station.write(registered(person_id()))
    station.exchange()
    record = registered(person_id())
    other = seal(station.key, first, HybridTime(first.at + 1), record.kind, encode_body(record, bytes(16)))
    with station.client() as client:
        client.push([encode_batch(batch_of([other], first.hash))])
    found = metrics(asked(city, "/metrics").text)
    assert found["city_batches_total"][("fork",)] == 1
    assert found["city_entries_total"][("refused",)] == 1


def test_processes_count_together(tmp_path: Path) -> None:
    """Two programs that serve one city: each answers for both, and one that was killed holds no connections."""
    folder = tmp_path / "figures"
    folder.mkdir()
    found_city(tmp_path / "city", None, region_code="210100")
    environment = {**os.environ, FOLDER: str(folder)}
    with (
        served(tmp_path / "city", environment=environment) as (first, one),
        served(tmp_path / "city", environment=environment) as (_, two),
        httpx.Client(trust_env=False, timeout=30) as client,
    ):
        for address in (one, one, two):
            assert client.get(f"{address}/health").status_code == 200
        for address in (one, two):
            wait_until(lambda address=address: health_requests(client, f"{address}/metrics") == 3)
        assert len(list(folder.glob("gauge_livesum_*.db"))) == 2
        first.kill()
        first.wait()
        assert health_requests(client, f"{two}/metrics") == 3
        assert len(list(folder.glob("gauge_livesum_*.db"))) == 1


def health_requests(client: httpx.Client, url: str) -> float | None:
    """How many are counted; a request is counted a moment after its answer has gone out."""
    return metrics(client.get(url).text).get("city_requests_total", {}).get(("GET", "/health", "200"))


def test_metrics_on_a_port_of_their_own(tmp_path: Path) -> None:
    found_city(tmp_path / "city", None, region_code="210100")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (
        served(tmp_path / "city", "--metrics-port", str(port)) as (server, address),
        httpx.Client(trust_env=False, timeout=30) as client,
    ):
        assert client.get(f"{address}/metrics").status_code == 404
        assert client.get(f"{address}/health").status_code == 200
        wait_until(lambda: health_requests(client, f"http://127.0.0.1:{port}/metrics") == 1)
        server.terminate()
        assert server.wait(30) == 0


def test_what_a_killed_server_left_behind_goes_with_the_next_one(tmp_path: Path) -> None:
    found_city(tmp_path / "city", None, region_code="210100")
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    left: set[Path] = set()
    for _ in range(2):
        with served(tmp_path / "city", environment=environment) as (server, _address):
            (folder,) = tmp_path.glob("city-metrics-*")
            left.add(folder)
            server.kill()
    assert len(left) == 2
