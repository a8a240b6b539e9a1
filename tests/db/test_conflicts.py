"""Services had too often at counters that were apart: found the same way in every store, for whoever it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from support.worlds import DAY, NOON_MS, STAFF, Device, World, member_no, registered

from db.conflict_lines import ConflictKind, ConflictLine, conflict_lines
from db.store import Store
from station_core.catalogue import Per, Period, Rule, Service, shipped_pack
from station_core.ids import EventId, MemberNo, PersonId, RecordId, ServiceCode
from station_core.records.base import Record
from station_core.records.documents import EventPublished
from station_core.records.people import PersonChanged, PersonFields
from station_core.records.services import RecordVoided, ServiceGiven

PARK = EventId("park")
HAIRCUT = replace(
    shipped_pack("liudong").service(ServiceCode("liudong.haircut")),
    rules=(Rule(1, Period.MONTH), Rule(2, Period.MONTH, Per.HOUSEHOLD)),
)
WANG, WANG_AGAIN, LI, ZHOU = (PersonId(bytes([number]) * 16) for number in range(4))
EVENT = EventPublished(
    event=PARK,
    name="东园",
    place="物流园",
    district="210106",  # type: ignore[arg-type]
    first_day=DAY,
    last_day=DAY + timedelta(days=1),
    packs=("liudong",),
    stock={HAIRCUT.code: 2},
)


def cut(record: int, person: PersonId | None, number: int | None = None, **facts: object) -> ServiceGiven:
    made = {
        "id": RecordId(bytes([record]) * 16),
        "service": HAIRCUT.code,
        "on": DAY,
        "operator": STAFF,
        "person": person,
        "member_no": None if number is None else member_no(number),
        "event": PARK,
    }
    return ServiceGiven(**(made | facts))  # type: ignore[arg-type]


class Apart:
    """Two stations that write without hearing of each other, and stores that hear of both."""

    def __init__(self) -> None:
        self.world = World()
        self.east, self.west = self.world.device(), self.world.device()
        self.moment_ms = NOON_MS
        self.made: list[Store] = []

    def write(self, station: Device, *records: Record) -> None:
        for record in records:
            self.moment_ms += 1
            station.write(record, self.moment_ms)

    def found(self, *services: Service) -> list[ConflictLine]:
        """The conflicts, the same whichever journal came first."""
        lines = []
        for order in ((self.east, self.west), (self.west, self.east)):
            store = self.world.store()
            self.made.append(store)
            with store.writing() as tx:
                for device in order:
                    tx.receive(device.batch())
            with store.reading() as view:
                lines.append(conflict_lines(view, services or (HAIRCUT,), EVENT))
        assert lines[0] == lines[1]
        return lines[0]

    def extra(self) -> list[str]:
        """The first digits of the records that are too much, the latest first."""
        return [line.extra.record[:2] for line in self.found() if line.extra]


@pytest.fixture
def apart() -> Iterator[Apart]:
    there = Apart()
    yield there
    for store in there.made:
        store.close()


def test_the_second_of_two_is_named_with_who_where_and_when(apart: Apart) -> None:
    apart.write(apart.west, registered(WANG, name="王小明", member_no=member_no(1)))
    apart.write(apart.east, cut(2, WANG))
    apart.write(apart.west, cut(1, WANG))
    (line,) = apart.found()
    assert (line.kind, line.who, line.member_no) == (ConflictKind.OVER_USE, "王小明", member_no(1))
    assert (line.service, line.allowed, line.given) == (HAIRCUT.code, 1, 2)
    assert line.counts is not None
    assert line.extra is not None
    assert (line.counts.record, line.counts.where, line.counts.at_ms) == ("02" * 16, "device 10001", NOON_MS + 2)
    assert (line.extra.record, line.where, line.at_ms) == ("01" * 16, "device 10002", NOON_MS + 3)


def test_one_person_with_two_records_is_one_person(apart: Apart) -> None:
    number = "11010119900101001X"
    apart.write(apart.east, registered(WANG, name="王小明", id_number=number), cut(1, WANG))
    apart.write(apart.west, registered(WANG_AGAIN, name="王小明", id_number=number), cut(2, WANG_AGAIN))
    assert apart.extra() == ["02"]
    apart.write(
        apart.west,
        PersonChanged(person=WANG_AGAIN, fields=PersonFields(id_number="110101199001010029"), operator=STAFF),
    )
    assert apart.extra() == []


def test_a_card_of_somebody_unheard_of_counts_for_its_number_and_then_for_its_owner(apart: Apart) -> None:
    apart.write(apart.east, cut(1, None, 7))
    apart.write(apart.west, cut(2, None, 7), cut(3, None, 8))
    (line,) = apart.found()
    assert (line.who, line.member_no, line.extra and line.extra.record[:2]) == ("", MemberNo(f"{7:012}"), "02")
    apart.write(apart.east, registered(LI, name="李静", member_no=member_no(7)), cut(4, LI))
    lines = apart.found()
    assert [line.extra and line.extra.record[:2] for line in lines] == ["04", "02"]
    assert {line.who for line in lines} == {"李静"}


def test_a_household_has_its_own_limit(apart: Apart) -> None:
    for station, person, record in ((apart.east, WANG, 1), (apart.west, LI, 2), (apart.east, ZHOU, 3)):
        apart.write(station, registered(person, name="某人", household="h1"), cut(record, person))
    assert apart.extra() == ["03"]
    assert apart.found()[0].allowed == 2


def test_voided_records_and_other_months_do_not_count(apart: Apart) -> None:
    apart.write(apart.east, registered(WANG, name="王小明"), cut(1, WANG, on=date(2026, 10, 31)), cut(2, WANG))
    assert apart.extra() == []
    apart.write(apart.west, cut(3, WANG))
    assert apart.extra() == ["03"]
    apart.write(apart.west, RecordVoided(target=RecordId(bytes([2]) * 16), reason="twice", operator=STAFF))
    assert apart.extra() == []


def test_what_was_had_elsewhere_counts_but_is_listed_there(apart: Apart) -> None:
    apart.write(apart.east, registered(WANG, name="王小明"), cut(1, WANG, event=None))
    apart.write(apart.west, cut(2, WANG))
    assert apart.extra() == ["02"]
    apart.write(apart.east, cut(3, WANG, event=None))
    assert apart.extra() == ["02"]


def test_stock_that_was_given_twice_is_listed_too(apart: Apart) -> None:
    apart.write(apart.east, EVENT, cut(1, None), cut(2, None))
    assert apart.found() == []
    apart.write(apart.west, cut(3, None))
    lines = apart.found()
    assert [(line.kind, line.where, line.allowed, line.given) for line in lines] == [
        (ConflictKind.OVERDRAWN, "device 10002", 0, 1),
        (ConflictKind.OVER_STOCK, "", 2, 3),
    ]
    assert {line.at_ms for line in lines} == {apart.moment_ms}
    assert len({line.id for line in lines}) == 2
