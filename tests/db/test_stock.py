"""A stock that moves between stores which are mostly apart: it is never given twice, and all agree at last."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.worlds import DAY, STAFF, World, tables

from db.engine import url_engine
from db.lending import answer_wants
from db.store import Store
from station_core.credential.certificate import Role
from station_core.desk.stock import Overdrawn, OverStock, faults, to_want
from station_core.ids import EventId, RecordId, ServiceCode
from station_core.journal.receipt import Outcome
from station_core.records.base import Record
from station_core.records.documents import EventPublished
from station_core.records.services import RecordVoided, ServiceGiven
from station_core.records.stock import StockTransferred, StockWanted

PARK, GIFT, TEA = EventId("park"), ServiceCode("liudong.gift"), ServiceCode("liudong.tea")


def event(total: int, **more: int) -> EventPublished:
    return EventPublished(
        event=PARK,
        name="东园",
        place="物流园",
        district="210106",  # type: ignore[arg-type]
        first_day=DAY,
        last_day=DAY + timedelta(days=1),
        packs=("liudong",),
        stock={GIFT: total} | {ServiceCode(name): number for name, number in more.items()},
    )


def gift(quantity: int = 1, record: bytes | None = None) -> ServiceGiven:
    record_id = RecordId(record or secrets.token_bytes(16))
    return ServiceGiven(id=record_id, service=GIFT, on=DAY, operator=STAFF, event=PARK, quantity=quantity)


def transfer(to: Store, quantity: int) -> StockTransferred:
    record_id = RecordId(secrets.token_bytes(16))
    return StockTransferred(id=record_id, event=PARK, service=GIFT, to=to.own, quantity=quantity)


def write(store: Store, *records: Record) -> None:
    with store.writing() as tx:
        tx.append(*records)


def send(source: Store, target: Store) -> None:
    """Everything that `source` has and `target` lacks."""
    with source.reading() as view, target.writing() as tx:
        held = tx.journals.heads()
        for writer in view.journals.heads():
            seq = held[writer].seq if writer in held else 0
            while batch := view.journals.batch_after(writer, seq, 1 << 20):
                assert tx.receive(batch).outcome is Outcome.HELD
                seq = batch.last_seq


def meet(one: Store, other: Store) -> None:
    send(one, other)
    send(other, one)


def held(store: Store) -> int:
    with store.reading() as view:
        published = view.documents.get(EventPublished, PARK)
        return 0 if published is None else view.stock.held(published, store.own)[GIFT]


@dataclass
class Gathering:
    """A city that published a stock, and three stations; who meets whom is up to a test."""

    city: Store
    stations: list[Store]
    total: int
    given: dict[RecordId, int] = field(default_factory=dict)

    @property
    def stores(self) -> list[Store]:
        return [self.city, *self.stations]

    def give(self, one: Store, _: Store, quantity: int) -> None:
        if held(one) >= quantity:
            record = gift(quantity)
            write(one, record)
            self.given[record.id] = quantity

    def pass_on(self, one: Store, other: Store, quantity: int) -> None:
        if held(one) >= quantity:
            write(one, transfer(other, quantity))

    def want(self, one: Store, _: Store, quantity: int) -> None:
        write(one, StockWanted(event=PARK, service=GIFT, quantity=quantity))

    def void(self, one: Store, _: Store, number: int) -> None:
        """Any device takes back any record, one that it has not heard of included."""
        if self.given:
            record = list(self.given)[number % len(self.given)]
            write(one, RecordVoided(target=record, reason="twice", operator=STAFF))
            del self.given[record]

    def visit(self, one: Store, other: Store, _: int) -> None:
        """`one` reaches `other`, which lends what it can."""
        send(one, other)
        answer_wants(other, one.own)
        send(other, one)

    def raise_total(self, _: Store, __: Store, quantity: int) -> None:
        self.total += quantity
        write(self.city, event(self.total))


STEPS: list[Callable[[Gathering, Store, Store, int], None]] = [
    Gathering.give,
    Gathering.give,
    Gathering.pass_on,
    Gathering.want,
    Gathering.void,
    Gathering.visit,
    Gathering.visit,
    Gathering.raise_total,
]
steps = st.lists(
    st.tuples(st.sampled_from(STEPS), st.integers(0, 3), st.integers(0, 3), st.integers(1, 9)), max_size=40
)


def play(gathering: Gathering, played: list[tuple[Callable[..., None], int, int, int]]) -> None:
    write(gathering.city, event(gathering.total))
    for step, one, other, quantity in played:
        if one != other:
            step(gathering, gathering.stores[one], gathering.stores[other], quantity)
        assert sum(gathering.given.values()) <= gathering.total
    for _ in range(2):
        for station in gathering.stations:
            meet(station, gathering.city)
    found = []
    for store in gathering.stores:
        with store.reading() as view:
            (account,) = view.stock.accounts(event(gathering.total))
            assert {writer: view.stock.held(event(gathering.total), writer)[GIFT] for writer in account.balances} == (
                account.balances
            )
        assert not list(faults(account))
        assert account.given == sum(gathering.given.values())
        assert sum(account.balances.values()) == account.left
        found.append(account)
    assert all(account == found[0] for account in found)
    assert all(tables(store) == tables(gathering.city) for store in gathering.stations)


def gathering(world: World, city: Store) -> Gathering:
    stations = [world.station() for _ in range(3)]
    for station in stations:
        meet(station, city)
    return Gathering(city, stations, total=20)


@given(played=steps)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_never_more_is_given_than_there_is_on_sqlite(played: list[tuple[Callable[..., None], int, int, int]]) -> None:
    world = World()
    play(gathering(world, world.station(role=Role.CITY)), played)


@pytest.mark.postgres
def test_never_more_is_given_than_there_is_on_postgresql(postgres_url: str) -> None:
    engine = url_engine(postgres_url)

    @given(played=steps)
    @settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
    def never_more(played: list[tuple[Callable[..., None], int, int, int]]) -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        world = World()
        play(gathering(world, world.station(engine, Role.CITY)), played)

    never_more()
    engine.dispose()


@pytest.fixture
def apart() -> Iterator[Gathering]:
    world = World()
    there = gathering(world, world.station(role=Role.CITY))
    write(there.city, event(20))
    for station in there.stations:
        meet(station, there.city)
    yield there
    for store in there.stores:
        store.close()


def test_a_station_holds_what_it_was_lent_less_what_it_gave(apart: Gathering) -> None:
    east, west, _ = apart.stations
    assert [held(store) for store in apart.stores] == [20, 0, 0, 0]
    write(apart.city, transfer(east, 8))
    send(apart.city, east)
    write(east, gift(3), transfer(west, 1))
    assert (held(apart.city), held(east)) == (12, 4)
    send(east, west)
    assert held(west) == 1


def test_what_another_device_voids_comes_back_to_who_gave_it(apart: Gathering) -> None:
    east, west, _ = apart.stations
    write(apart.city, transfer(east, 8))
    send(apart.city, east)
    write(east, gift(3, b"g" * 16))
    write(west, RecordVoided(target=RecordId(b"g" * 16), reason="twice", operator=STAFF))
    assert held(east) == 5
    send(west, east)
    assert (held(east), held(west)) == (8, 0)


def test_the_stock_stays_with_who_published_it_first(apart: Gathering) -> None:
    east = apart.stations[0]
    write(apart.city, transfer(east, 8))
    meet(apart.city, east)
    write(east, event(30, **{TEA: 4}))
    meet(apart.city, east)
    assert (held(apart.city), held(east)) == (22, 8)
    with apart.city.reading() as view:
        tea = view.stock.accounts(event(30, **{TEA: 4}))[1]
    assert (tea.origin, tea.balances) == (east.own, {east.own: 4})


def test_a_request_is_open_until_it_is_met(apart: Gathering) -> None:
    east = apart.stations[0]
    write(east, StockWanted(event=PARK, service=GIFT, quantity=15))
    for expected in (10, 15):  # half of what there is, and then the rest of what was asked for
        apart.visit(east, apart.city, 0)
        assert held(east) == expected
    with apart.city.reading() as view:
        assert view.stock.open_wants(east.own) == []
    assert answer_wants(apart.city, east.own) == ()
    write(east, StockWanted(event=PARK, service=GIFT, quantity=9), StockWanted(event=PARK, service=GIFT, quantity=0))
    apart.visit(east, apart.city, 0)
    assert held(east) == 15


def test_a_station_that_runs_low_asks_by_its_own_records(apart: Gathering) -> None:
    east = apart.stations[0]
    with east.reading() as view:
        (before,) = view.stock.holdings(event(20), east.own)
    write(east, StockWanted(event=PARK, service=GIFT, quantity=to_want(before)))
    with east.reading() as view:
        (after,) = view.stock.holdings(event(20), east.own)
        assert view.stock.events_of(east.own) == {PARK}
    assert (before.held, before.waiting, after.waiting) == (0, 0, 10)


def test_a_device_that_gives_what_it_does_not_hold_is_named_everywhere(apart: Gathering) -> None:
    east, west, _ = apart.stations
    write(east, gift(25), transfer(west, 2))
    for station in apart.stations * 2:
        meet(station, apart.city)
    expected = [OverStock(GIFT, 20, 25), Overdrawn(GIFT, east.own, 0, 27)]
    for store in apart.stores:
        with store.reading() as view:
            (account,) = view.stock.accounts(event(20))
            assert list(faults(account)) == expected
    write(west, StockWanted(event=PARK, service=GIFT, quantity=5))
    apart.visit(west, apart.city, 0)
    assert held(west) == 2  # what is gone is not lent again
