"""On PostgreSQL the journals lie in partitions by writer, and what is asked of one journal is read from one of them."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from support.worlds import NOON_MS, Device, World, given

from db.engine import url_engine
from db.schema import ENTRY_PARTITION
from db.store import Store
from db.view import View
from station_core.journal.receipt import Outcome

pytestmark = pytest.mark.postgres
DEVICES, RECORDS = 24, 40


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def devices(world: World) -> list[Device]:
    made = [world.device() for _ in range(DEVICES)]
    for device in made:
        for _ in range(RECORDS):
            device.write(given(None), NOON_MS)
    return made


@pytest.fixture
def store(world: World, devices: list[Device], postgres_url: str) -> Iterator[Store]:
    opened = world.store(url_engine(postgres_url))
    for device in devices:
        with opened.writing() as tx:
            assert tx.receive(device.batch(last=RECORDS)).outcome is Outcome.HELD
    with opened._engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    yield opened
    opened.close()


def test_each_journal_lies_whole_in_one_of_several_partitions(store: Store) -> None:
    with store.reading() as view:
        rows = view._connection.exec_driver_sql(
            "SELECT writer_no, tableoid::regclass::text, count(*) FROM entry GROUP BY 1, 2"
        )
        where = [(number, partition, count) for number, partition, count in rows]
    assert [count for _, _, count in where] == [RECORDS] * DEVICES
    assert len({number for number, _, _ in where}) == DEVICES
    assert len({partition for _, partition, _ in where}) > DEVICES / 4


QUESTIONS: dict[str, Callable[[View, Device], object]] = {
    "hash_at": lambda view, device: view.journals.hash_at(device.id, 7),
    "batch_after": lambda view, device: view.journals.batch_after(device.id, 3, 1_000_000),
    "count_after": lambda view, device: view.journals.count_after(device.id, 3),
    "faults": lambda view, device: view.journals.faults(device.id),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_is_asked_of_one_journal_reads_one_partition(store: Store, devices: list[Device], question: str) -> None:
    with store.reading() as view:
        asked = statements_of(view._connection, lambda: QUESTIONS[question](view, devices[5]))
        assert asked
        for statement, parameters in asked:
            assert len(partitions_read(view._connection, statement, parameters)) == 1, statement


def test_taking_a_batch_in_reads_one_partition(store: Store, devices: list[Device]) -> None:
    with store.writing() as tx:
        connection = tx._connection
        asked = statements_of(connection, lambda: tx.receive(devices[5].batch(first=RECORDS - 3)))
        assert asked
        for statement, parameters in asked:
            assert len(partitions_read(connection, statement, parameters)) == 1, statement


Asked = tuple[str, Any]


def statements_of(connection: sa.Connection, work: Callable[[], object]) -> list[Asked]:
    """What `work` asks of the journals' entries."""
    asked: list[Asked] = []

    def note(_: object, __: object, statement: str, parameters: Any, ___: object, ____: object) -> None:
        if "entry" in statement and statement.startswith("SELECT"):
            asked.append((statement, parameters))

    sa.event.listen(connection, "before_cursor_execute", note)
    work()
    sa.event.remove(connection, "before_cursor_execute", note)
    return asked


def partitions_read(connection: sa.Connection, statement: str, parameters: Any) -> set[str]:
    plan = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters).scalar_one()
    return set(_read(plan if isinstance(plan, list) else json.loads(plan)))


def _read(part: Any) -> Iterator[str]:
    """The partitions that the plan's nodes went to at all."""
    match part:
        case list():
            for one in part:
                yield from _read(one)
        case dict():
            if part.get("Relation Name", "").startswith(ENTRY_PARTITION) and part["Actual Loops"]:
                yield part["Relation Name"]
            for value in part.values():
                yield from _read(value)
