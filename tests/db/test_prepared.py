"""Statements that are compiled once: both databases answer alike, and who watches statements sees them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa
from support.worlds import DAY, STAFF, World, given, member_no, memory_engine, person_id, registered

from db.engine import url_engine
from station_core.ids import DistrictCode, EventId, RecordId, ServiceCode
from station_core.records.documents import EventPublished
from station_core.records.services import RecordVoided
from station_core.records.stock import StockTransferred

CUT = ServiceCode("liudong.haircut")
PARK = EventPublished(
    event=EventId("park"),
    name="东园",
    place="物流园",
    district=DistrictCode("210106"),
    first_day=DAY,
    last_day=DAY + timedelta(days=1),
    packs=("liudong",),
    stock={CUT: 10},
)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[sa.Engine]:
    is_sqlite = request.param == "sqlite"
    engine = memory_engine() if is_sqlite else url_engine(request.getfixturevalue("postgres_url"))
    yield engine
    engine.dispose()


def test_what_is_asked_at_every_touch_is_answered_alike(engine: sa.Engine) -> None:
    world, person = World(), person_id()
    store, neighbour = world.station(engine), world.device()
    here = [msgspec.structs.replace(given(person, record=bytes([number]) * 16), event=PARK.event) for number in (1, 2)]
    unknown = msgspec.structs.replace(given(None, record=bytes([3]) * 16), member_no=member_no(7))
    lent = StockTransferred(id=RecordId(bytes(16)), event=PARK.event, service=CUT, to=neighbour.id, quantity=3)
    with store.writing() as tx:
        tx.local.set_setting("event", "park")
        tx.append(PARK, registered(person, name="王小明", member_no=member_no(7)), *here, unknown, lent)
        tx.append(RecordVoided(target=here[0].id, reason="undone", operator=STAFF))
    with store.reading() as view:
        found = view.people.get(person)
        assert found is not None
        assert (found.name, found.member_no, found.id) == ("王小明", member_no(7), person)
        services = view.services.of(found.all_ids, found.member_no)
        assert [one.id for one in services] == [unknown.id, here[1].id, here[0].id]
        assert [one.voided is None for one in services] == [True, True, False]
        assert view.services.of((), member_no(7)) == services[:1]
        assert view.stock.held(PARK, store.own) == {CUT: 10 - 3 - 1}
        assert (view.local.setting("event"), view.local.setting("other", "none")) == ("park", "none")
        (((key, _at, writer),),) = view.documents.version(EventPublished)
        assert (key, writer) == ("park", store.own)


def test_who_watches_statements_sees_each_of_them(engine: sa.Engine) -> None:
    store = World().station(engine)
    seen: list[str] = []

    def note(_connection: sa.Connection, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement.partition(" (")[0])

    sa.event.listen(engine, "before_cursor_execute", note)
    with store.writing() as tx:
        tx.append(given(person_id()))
    assert {"INSERT INTO entry", "INSERT INTO service_given"} <= set(seen)
    assert seen[0].startswith(("BEGIN IMMEDIATE", "SELECT pg_advisory_xact_lock"))
