"""Any order, repetition and splitting of the same records folds to the same tables, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.worlds import DAY, NOON_MS, STAFF, Device, World, erase, tables

from db.engine import url_engine
from db.store import Store
from station_core.clock import hybrid
from station_core.credential.certificate import Role
from station_core.ids import CardId, EventId, KeyId, MemberNo, PersonId, RecordId, ServiceCode, WriterId
from station_core.journal.receipt import Outcome
from station_core.records.base import Record
from station_core.records.cards import CardIssued, CardRevoked, CardStatusesPublished, RevocationReason
from station_core.records.documents import EventPublished, OperatorNamed
from station_core.records.erasure import PersonErased
from station_core.records.people import Membership, PeopleImported, PersonChanged, PersonFields, PersonRegistered
from station_core.records.roles import Role as StaffRole
from station_core.records.services import RecordVoided, ServiceGiven
from station_core.records.stock import StockTransferred, StockWanted
from station_core.records.trust import WriterCertified, WriterRevoked

few = st.integers(0, 3)
person = few.map(lambda number: PersonId(bytes([number]) * 16))
record = few.map(lambda number: RecordId(bytes([number + 16]) * 16))
card = few.map(lambda number: CardId(bytes([number]) * 8))
day = few.map(lambda days: DAY + timedelta(days=days))
fields = st.builds(
    PersonFields,
    member_no=st.none() | few.map(lambda number: MemberNo(f"{number:012}")),
    name=st.none() | st.sampled_from(["王小明", "欧阳静", "古丽巴哈尔·阿不都热合曼", "李㐆"]),
    id_number=st.none() | st.sampled_from(["", "11010119900101001X", "110101199001010029"]),
    phone=st.none() | st.sampled_from(["13800000001", "13800000002"]),
    groups=st.none() | st.sampled_from([(), ("hardship",), ("hardship", "model_worker")]),
    membership=st.none() | st.sampled_from(Membership),
    photo=st.none() | st.sampled_from([b"picture 1", b"picture 2"]),
)
roster_rows = st.tuples(st.sampled_from(["王小明", None]), st.sampled_from(["11010119900101001X", None]))
station_records = st.one_of(
    st.builds(PersonRegistered, person=person, fields=fields, operator=st.just(STAFF)),
    st.builds(PersonChanged, person=person, fields=fields, operator=st.just(STAFF)),
    st.builds(
        ServiceGiven,
        id=record,
        service=st.sampled_from([ServiceCode("a.cut"), ServiceCode("a.tea")]),
        on=day,
        operator=st.just(STAFF),
        person=st.none() | person,
        member_no=st.none() | few.map(lambda number: MemberNo(f"{number:012}")),
        event=st.none() | st.just(EventId("park")),
        answers=st.sampled_from([{}, {"pulse": 70}]),
    ),
    st.builds(RecordVoided, target=record, reason=st.sampled_from(["twice", "wrong"]), operator=st.just(STAFF)),
    st.builds(CardIssued, card=card, person=person, issued_on=day, expires_on=day, operator=st.just(STAFF)),
    st.builds(CardRevoked, card=card, reason=st.sampled_from(RevocationReason), operator=st.just(STAFF)),
    st.builds(
        EventPublished,
        event=st.just(EventId("park")),
        name=st.sampled_from(["东园", "西园"]),
        place=st.just("物流园"),
        district=st.just("210106"),
        first_day=day,
        last_day=day,
        packs=st.just(("liudong",)),
        stock=st.sampled_from([{}, {ServiceCode("a.tea"): 5}, {ServiceCode("a.tea"): 7, ServiceCode("a.cut"): 2}]),
    ),
    st.builds(
        StockTransferred,
        id=record,
        event=st.just(EventId("park")),
        service=st.sampled_from([ServiceCode("a.cut"), ServiceCode("a.tea")]),
        to=few.map(lambda number: WriterId(bytes([number]) * 16)),
        quantity=st.integers(1, 9),
    ),
    st.builds(
        StockWanted, event=st.just(EventId("park")), service=st.just(ServiceCode("a.tea")), quantity=st.integers(0, 9)
    ),
    st.builds(PersonErased, people=st.tuples(person), member_nos=st.just(()), reason=st.just("asked for")),
    st.builds(
        OperatorNamed, operator=st.just(STAFF), name=st.sampled_from(["甲", "乙"]), role=st.sampled_from(StaffRole)
    ),
)
city_records = st.builds(
    PeopleImported,
    columns=st.just(("name", "id_number")),
    people=st.tuples(person, person),
    rows=st.tuples(roster_rows, roster_rows),
) | st.builds(
    CardStatusesPublished,
    issuer=few.map(lambda number: KeyId(bytes([number]) * 8)),
    token=st.sampled_from([b"one list", b"another"]),
)
moments = st.integers(NOON_MS, NOON_MS + 5)


member_nos = st.just(()) | few.map(lambda number: (MemberNo(f"{number:012}"),))


def erasure_of(whom: PersonId, numbers: tuple[MemberNo, ...]) -> PersonErased:
    return PersonErased(people=(whom,), member_nos=numbers, reason="asked for")


@st.composite
def histories(draw: st.DrawFn) -> tuple[World, list[Device]]:
    """A city and two stations; one of the stations may be revoked at any moment, or certified anew in another role."""
    world = World()
    city, *stations = [world.device(Role.CITY), world.device(), world.device()]
    for station in stations:
        _write(draw, station, station_records)
    _write(draw, city, city_records)
    if draw(st.booleans()):
        since = hybrid(draw(moments))
        city.write(WriterRevoked(writer=stations[0].id, since=since, reason="lost"), NOON_MS)
    if draw(st.booleans()):
        renewed = world.certificate(stations[1].key, draw(st.sampled_from(Role)), from_ms=1_000)
        city.write(WriterCertified(certificate=renewed), NOON_MS)
    for erased in draw(st.lists(st.builds(erasure_of, person, member_nos), max_size=2)):
        erase(city, erased)
        _write(draw, city, city_records)
    return world, [city, *stations]


def _write(draw: st.DrawFn, device: Device, records: st.SearchStrategy[Record]) -> None:
    for record, at_ms in draw(st.lists(st.tuples(records, moments), max_size=6)):
        device.write(record, at_ms)


def deliver(store: Store, devices: list[Device], draw: Callable[..., int]) -> None:
    """Everything to `store`: in pieces of any size, writers mixed, some pieces twice."""
    reached = {device.id: 0 for device in devices}
    while open_ones := [device for device in devices if reached[device.id] < len(device.entries)]:
        device = open_ones[draw(0, len(open_ones) - 1)]
        first = draw(1, reached[device.id] + 1)
        last = draw(reached[device.id] + 1, len(device.entries))
        with store.writing() as tx:
            assert tx.receive(device.batch(first, last)).outcome is Outcome.HELD
            if draw(0, 3) == 0:
                assert tx.receive(device.batch(first, last)).outcome is Outcome.ALREADY_HAD
        reached[device.id] = last


def check(data: st.DataObject, history: tuple[World, list[Device]], other: Store, expect_rebuild: bool) -> None:
    world, devices = history
    one = world.store()
    deliver(one, devices, lambda low, high: low)
    deliver(other, devices, lambda low, high: data.draw(st.integers(low, high)))
    assert tables(one) == tables(other)
    if expect_rebuild:
        before = tables(other)
        with other.writing() as tx:
            tx.rebuild()
        assert tables(other) == before


@given(data=st.data(), history=histories())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_on_sqlite(data: st.DataObject, history: tuple[World, list[Device]]) -> None:
    check(data, history, history[0].store(), expect_rebuild=True)


@pytest.mark.postgres
def test_on_postgresql(postgres_url: str) -> None:
    engine = url_engine(postgres_url)

    @given(data=st.data(), history=histories())
    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    def folds_alike(data: st.DataObject, history: tuple[World, list[Device]]) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        check(data, history, history[0].store(engine), expect_rebuild=True)

    folds_alike()
    engine.dispose()
