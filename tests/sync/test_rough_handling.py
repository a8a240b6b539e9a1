"""What strangers, broken lines and ill will may send: answered with what is wrong, never with a failure of ours."""

import os
import random

import cbor2
import httpx
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.cities import RunningCity, Station
from support.worlds import given as service_given
from support.worlds import member_no, person_id, registered

from city_server.city import wall_ms
from city_server.exchange_store import CityExchangeStore
from station_core.journal.batch import encode_batch
from station_core.keys import SigningKey
from sync.errors import SyncError, Trouble
from sync.token import make_token
from sync.transport import PATH, Transport
from sync.wire import MAX_BODY_BYTES, MEDIA_TYPE, pack

PURPOSES = ("heads", "push", "pull")


def post(city: RunningCity, purpose: str, body: bytes, token: str | None = None) -> httpx.Response:
    headers = {"Content-Type": MEDIA_TYPE}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    with httpx.Client(trust_env=False, timeout=30) as client:
        return client.post(f"{city.address}{PATH}/{purpose}", content=body, headers=headers)


def signed(city: RunningCity, station: Station, purpose: str, body: bytes) -> httpx.Response:
    token = make_token(station.key, station.enrolled.city_id, purpose, body, wall_ms())
    return post(city, purpose, body, token)


def code_of(response: httpx.Response) -> tuple[int, str]:
    assert response.headers["Content-Type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


def bomb(size: int) -> bytes:
    """A few bytes that unfold to `size`."""
    return zstandard.ZstdCompressor(level=19).compress(bytes(size))


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_bomb_is_known_by_its_first_bytes(sqlite_city: RunningCity, purpose: str) -> None:
    body = bomb(256 * 1024 * 1024)
    assert len(body) < 64 * 1024
    assert code_of(signed(sqlite_city, sqlite_city.station(), purpose, body)) == (413, "too_large")


def test_too_many_bytes_are_refused_with_and_without_notice(sqlite_city: RunningCity) -> None:
    station = sqlite_city.station()
    body = os.urandom(MAX_BODY_BYTES + 1)
    assert code_of(signed(sqlite_city, station, "push", body)) == (413, "too_large")
    token = make_token(station.key, station.enrolled.city_id, "push", body, wall_ms())
    with httpx.Client(trust_env=False, timeout=30) as client:
        parts = (body[start : start + 65_536] for start in range(0, len(body), 65_536))
        headers = {"Authorization": f"Bearer {token}", "Content-Type": MEDIA_TYPE}
        answer = client.post(f"{sqlite_city.address}{PATH}/push", content=parts, headers=headers)
    assert code_of(answer) == (413, "too_large")


def test_garbage_never_fails_the_server(sqlite_city: RunningCity) -> None:
    station = sqlite_city.station()
    rng = random.Random(7)

    @given(
        purpose=st.sampled_from([*PURPOSES, "enrol"]),
        body=st.one_of(
            st.binary(max_size=200),
            st.recursive(
                st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.binary(max_size=32),
                lambda inner: (
                    st.lists(inner, max_size=4)
                    | st.dictionaries(st.sampled_from(["v", "heads", "batches", "skip", "max_bytes"]), inner)
                    | st.dictionaries(st.binary(min_size=16, max_size=16), inner, max_size=3)
                ),
                max_leaves=12,
            ).map(lambda value: zstandard.compress(cbor2.dumps(value))),
        ),
        with_token=st.booleans(),
    )
    @settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
    def answers(purpose: str, body: bytes, with_token: bool) -> None:
        if with_token:
            response = signed(sqlite_city, station, purpose, body)
        else:
            response = post(sqlite_city, purpose, body, rng.choice([None, "x", "AAAA", "é".encode().hex()]))
        assert response.status_code < 500
        assert response.status_code != 200 or response.headers["Content-Type"] == MEDIA_TYPE

    answers()


def test_a_message_of_another_version_is_told_apart(sqlite_city: RunningCity) -> None:
    answer = signed(sqlite_city, sqlite_city.station(), "heads", pack({"v": 2, "heads": {}}))
    assert code_of(answer) == (400, "too_old")


def test_fields_of_a_later_version_are_passed_over(sqlite_city: RunningCity) -> None:
    body = pack({"v": 1, "heads": {}, "colour": "red"})
    assert signed(sqlite_city, sqlite_city.station(), "heads", body).status_code == 200


def test_who_asks_must_have_signed_this_body_for_this_purpose(sqlite_city: RunningCity) -> None:
    station = sqlite_city.station()
    body, other = pack({"v": 1, "heads": {}}), pack({"v": 1, "heads": {bytes(16): [0, bytes(32)]}})
    token = make_token(station.key, station.enrolled.city_id, "heads", body, wall_ms())
    assert post(sqlite_city, "heads", body, token).status_code == 200
    assert code_of(post(sqlite_city, "heads", other, token)) == (401, "refused")
    assert code_of(post(sqlite_city, "push", body, token)) == (401, "refused")
    assert code_of(post(sqlite_city, "heads", body)) == (401, "refused")
    elsewhere = make_token(station.key, "another-city", "heads", body, wall_ms())
    assert code_of(post(sqlite_city, "heads", body, elsewhere)) == (401, "other_city")


def test_a_strangers_key_under_a_known_name_is_refused(sqlite_city: RunningCity) -> None:
    """The token names a station and is signed by somebody else."""
    station, thief = sqlite_city.station(), SigningKey.generate()
    body = pack({"v": 1, "heads": {}})
    thief.public = station.key.public
    token = make_token(thief, station.enrolled.city_id, "heads", body, wall_ms())
    assert code_of(post(sqlite_city, "heads", body, token)) == (401, "refused")


def test_a_busy_store_is_a_busy_city(sqlite_city: RunningCity, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else holds the database for writing longer than a request waits."""
    monkeypatch.setattr("db.engine.BUSY_TIMEOUT_MS", 50)
    sqlite_city.city.store._engine.dispose()
    station = sqlite_city.station()
    batch = CityExchangeStore(station.store).batch_after(station.store.own, 0, 1 << 20)
    assert batch is not None
    with sqlite_city.city.store.writing(), station.client() as client, pytest.raises(SyncError) as told:
        client.push([encode_batch(batch)])
    assert told.value.code is Trouble.BUSY
    with station.client() as client:
        assert client.push([encode_batch(batch)])[0].new_entries == 1


def test_an_unforeseen_error_is_a_plain_answer_and_no_secret(
    sqlite_city: RunningCity, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> object:
        raise RuntimeError("王小明 11010119900101001X")

    monkeypatch.setattr("sync.serving.routes.answer_heads", fails)
    caplog.set_level("INFO", logger="city")
    with sqlite_city.station().client() as client, pytest.raises(SyncError) as told:
        client.heads({})
    assert told.value.code is Trouble.CITY_FAILED
    unexpected = [record for record in caplog.records if record.getMessage() == "unexpected"]
    assert unexpected[0].__dict__["fields"]["error"] == "RuntimeError"
    assert "王小明" not in str([record.__dict__ for record in caplog.records])


def test_answers_are_bounded_too(sqlite_city: RunningCity, monkeypatch: pytest.MonkeyPatch) -> None:
    station = sqlite_city.station()
    monkeypatch.setattr("sync.transport.MAX_BODY_BYTES", 100)
    with station.client() as client, pytest.raises(SyncError) as told:
        client.pull({}, ())
    assert told.value.code is Trouble.TOO_LARGE


def test_something_else_at_the_address_is_no_city(sqlite_city: RunningCity) -> None:
    with Transport(f"{sqlite_city.address}/somewhere") as transport, pytest.raises(SyncError) as told:
        transport.post("heads", b"", "token")
    assert told.value.code is Trouble.NOT_A_CITY


def test_the_page_holds_numbers_and_nobodys_name(sqlite_city: RunningCity) -> None:
    station = sqlite_city.station("<b>一号车</b>")
    person = person_id()
    station.write(registered(person, name="欧阳静", member_no=member_no(7), phone="13800000001"), service_given(person))
    station.exchange()
    with httpx.Client(trust_env=False) as client:
        chinese, english = client.get(sqlite_city.address), client.get(f"{sqlite_city.address}/?lang=en")
        assert client.get(f"{sqlite_city.address}/style.css").headers["Content-Type"].startswith("text/css")
    for page in (chinese.text, english.text):
        assert "&lt;b&gt;一号车&lt;/b&gt;" in page
        assert "欧阳静" not in page
        assert "13800000001" not in page
    assert "会员" in chinese.text
    assert "Members" in english.text
    assert "default-src 'none'" in chinese.headers["Content-Security-Policy"]
