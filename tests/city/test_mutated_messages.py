"""A device with a good key and a bad program: whatever it signs and sends, the city answers and goes on."""

import secrets
from collections.abc import Callable
from typing import Any

import cbor2
import httpx
import msgspec
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.cities import RunningCity, Station
from support.mutations import ODD_VALUES, mutated, scarred
from support.worlds import given as service_given
from support.worlds import member_no, person_id, registered

from city_server.city import wall_ms
from city_server.exchange_store import CityExchangeStore
from city_server.http.described import QUESTIONS
from station_core.clock import HybridTime
from station_core.journal.batch import batch_of, encode_batch
from station_core.journal.body import split_body
from station_core.journal.entry import Head, seal
from station_core.records.registry import KINDS
from sync.code import fingerprint
from sync.enrol import audience_of
from sync.token import make_token
from sync.transport import PATH
from sync.wire import MEDIA_TYPE

Sent = Callable[[str, bytes], int]
SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def sender(client: httpx.Client, city: RunningCity, station: Station) -> Sent:
    """Sends a body, signed by `station` for that purpose; answers the status."""

    def send(purpose: str, body: bytes) -> int:
        city_id = station.enrolled.city_id
        audience = audience_of(fingerprint(station.enrolled.root_key)) if purpose == "enrol" else city_id
        token = make_token(station.key, audience, purpose, body, wall_ms())
        headers = {"Content-Type": MEDIA_TYPE, "Authorization": f"Bearer {token}"}
        return client.post(f"{city.address}{PATH}/{purpose}", content=body, headers=headers).status_code

    return send


def whole(station: Station) -> dict[str, Any]:
    """A right request of each purpose, as it is before it is packed."""
    own = station.store.own
    batch = CityExchangeStore(station.store).batch_after(own, 0, 1 << 20)
    assert batch is not None
    heads = {bytes(own): [1, bytes(32)]}
    return {
        "heads": {"v": 1, "heads": heads},
        "push": {"v": 1, "batches": [encode_batch(batch)]},
        "pull": {"v": 1, "heads": heads, "skip": [bytes(16)], "max_bytes": 1000},
        "state": {"v": 1},
        "enrol": {"v": 1, "secret": b"0123456789AB", "public_key": station.key.public},
        "renew": {"v": 1, "public_key": bytes(range(32)), "proof": bytes(64), "seq": 1, "hash": bytes(32)},
    }


def packed(value: Any) -> bytes:
    return zstandard.compress(cbor2.dumps(value))


def test_each_purpose_bears_any_message(city: RunningCity) -> None:
    station = city.station()
    station.write(registered(person_id(), name="欧阳静", member_no=member_no(7)))
    right = whole(station)
    assert set(right) == {question.purpose for question in QUESTIONS}

    @given(data=st.data(), purpose=st.sampled_from(sorted(right)))
    @SLOW
    def answers(data: st.DataObject, purpose: str) -> None:
        body = packed(data.draw(mutated(right[purpose])))
        assert send(purpose, data.draw(st.just(body) | scarred(body))) in (200, 400, 401, 403, 409, 410, 413)

    with httpx.Client(trust_env=False, timeout=60) as client:
        send = sender(client, city, station)
        assert {purpose: send(purpose, packed(message)) for purpose, message in right.items()} == {
            **dict.fromkeys(right, 200),
            "enrol": 403,
            "renew": 401,
        }
        answers()


def test_a_mutated_batch_spoils_nothing(city: RunningCity) -> None:
    station = city.station()
    batch = CityExchangeStore(station.store).batch_after(station.store.own, 0, 1 << 20)
    assert batch is not None
    plain = cbor2.loads(encode_batch(batch))

    @given(data=st.data())
    @SLOW
    def answers(data: st.DataObject) -> None:
        encoded = cbor2.dumps(data.draw(mutated(plain)))
        batches = [data.draw(st.just(encoded) | scarred(encoded)), encode_batch(batch)]
        assert send("push", packed({"v": 1, "batches": batches})) == 200

    with httpx.Client(trust_env=False, timeout=60) as client:
        send = sender(client, city, station)
        answers()
    assert entries_held(city, station) == 1


def test_whatever_a_device_seals_is_held(city: RunningCity) -> None:
    """Entries that are rightly chained and signed, and say anything: they are kept, set aside, and hold up nothing."""
    station = city.station()
    station.exchange()
    with station.store.reading() as view:
        head = view.journals.heads()[station.store.own]
    bodies = [
        msgspec.to_builtins(record, builtin_types=(bytes,)) for record in (registered(person_id()), service_given(None))
    ]

    @given(data=st.data(), kind=st.sampled_from(sorted(KINDS)) | st.sampled_from(["", "牛", "x" * 64]))
    @SLOW
    def is_held(data: st.DataObject, kind: str) -> None:
        nonlocal head
        body = data.draw(body_of(kind, bodies))
        entry = seal(station.key, head, HybridTime(head.at + data.draw(st.integers(1, 1 << 40))), kind, body)
        status = send("push", packed({"v": 1, "batches": [encode_batch(batch_of([entry], head.hash))]}))
        assert status == 200
        head = entry.head
        assert entries_held(city, station) == head.seq

    with httpx.Client(trust_env=False, timeout=60) as client:
        send = sender(client, city, station)
        is_held()
    with city.city.store.writing() as tx:
        before = tx.digests.all()
        tx.rebuild()
        assert tx.digests.all() == before
    assert city.station("二号车").exchange().error is None


@st.composite
def body_of(draw: st.DrawFn, kind: str, bodies: list[Any]) -> bytes:
    fields = KINDS[kind].__struct_fields__ if kind in KINDS else ("a",)
    invented = draw(st.dictionaries(st.sampled_from(fields), ODD_VALUES, max_size=8))
    content = draw(st.sampled_from([*bodies, invented]))
    content = draw(st.just(content) | mutated(content))
    whole_body = cbor2.dumps(content)
    if not isinstance(content, dict) or not draw(st.booleans()):
        return draw(st.just(whole_body) | scarred(whole_body))
    opened = KINDS[kind].open_fields if kind in KINDS else frozenset()
    open_part = {name: value for name, value in content.items() if name in opened}
    sealed = {name: value for name, value in content.items() if name not in opened} | {"s": secrets.token_bytes(16)}
    return split_body(cbor2.dumps(open_part, canonical=True), cbor2.dumps(sealed))


def entries_held(city: RunningCity, station: Station) -> int:
    with city.city.store.reading() as view:
        held: Head | None = view.journals.heads().get(station.store.own)
    return held.seq if held else 0
