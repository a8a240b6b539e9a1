"""What is folded: duplicates found by their ID number, voids, cards, documents, and the questions about them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from support.worlds import DAY, NOON_MS, STAFF, Device, World, given, member_no, registered, tables

from db.engine import url_engine
from db.store import Store
from station_core.clock import hybrid
from station_core.credential.certificate import Role
from station_core.ids import CardId, EventId, MemberNo, PersonId, RecordId, ServiceCode
from station_core.people.member_no import make
from station_core.records.base import Record
from station_core.records.cards import CardIssued, CardRevoked, RevocationReason
from station_core.records.documents import EventPublished, OperatorNamed
from station_core.records.people import Membership, PeopleImported, PersonChanged, PersonFields
from station_core.records.roles import Role as StaffRole
from station_core.records.services import RecordVoided, ServiceGiven

ONE, TWO, THREE = (PersonId(bytes([number]) * 16) for number in (9, 2, 3))
ID, OTHER_ID = "11010119900101001X", "110101199001010029"
CUT = ServiceCode("liudong.haircut")


@pytest.fixture
def store() -> Store:
    return World().station()


def write(store: Store, *records: Record) -> None:
    with store.writing() as tx:
        tx.append(*records)


def changed(person: PersonId, **fields: object) -> PersonChanged:
    return PersonChanged(person=person, fields=PersonFields(**fields), operator=STAFF)  # type: ignore[arg-type]


def given_on_card(number: MemberNo, record: int) -> ServiceGiven:
    return ServiceGiven(id=RecordId(bytes([record]) * 16), service=CUT, on=DAY, operator=STAFF, member_no=number)


def test_two_records_with_one_id_number_are_one_person(store: Store) -> None:
    write(store, registered(ONE, name="王小明", id_number=ID, member_no=member_no(1)))
    write(store, registered(TWO, name="王晓明", id_number=ID, member_no=member_no(2)))
    write(store, given(ONE, record=bytes(16)), given(TWO, record=bytes([1]) * 16))
    with store.reading() as view:
        person = view.people.get(TWO)
        assert person is not None
        assert (person.id, person.merged, person.name) == (ONE, (TWO,), "王小明")
        assert view.people.get(ONE) == person
        assert view.people.with_member_no(member_no(2)) == [person]
        assert view.people.search("王晓明") == [person]
        assert view.people.search("王") == [person]
        assert len(view.services.of(person.all_ids, person.member_no)) == 2
        assert view.overview.counts().people == 1


def test_they_are_two_again_when_the_number_is_put_right(store: Store) -> None:
    write(store, registered(ONE, name="王小明", id_number=ID), registered(TWO, name="李娜", id_number=ID))
    write(store, changed(TWO, id_number=OTHER_ID))
    with store.reading() as view:
        assert [person.id for person in view.people.with_id_number(ID)] == [ONE]
        assert [person.id for person in view.people.with_id_number(OTHER_ID)] == [TWO]
        assert view.overview.counts().people == 2
    write(store, changed(TWO, id_number=ID))
    with store.reading() as view:
        assert [person.id for person in view.people.with_id_number(ID)] == [ONE]


def test_the_earliest_registered_stands_for_all_also_when_it_arrives_last() -> None:
    world = World()
    store, early, late = world.store(), world.device(), world.device()
    early.write(registered(ONE, name="王小明", id_number=ID), NOON_MS)
    late.write(registered(TWO, name="王晓明", id_number=ID), NOON_MS + 1)
    late.write(registered(THREE, name="王小名", id_number=ID), NOON_MS + 2)
    for device in (late, early):
        with store.writing() as tx:
            tx.receive(device.batch())
    with store.reading() as view:
        (person,) = view.people.with_id_number(ID)
    assert (person.id, person.merged) == (ONE, (TWO, THREE))


def test_a_change_that_arrives_before_the_registration_waits_for_it() -> None:
    world = World()
    store, station, other = world.store(), world.device(), world.device()
    station.write(registered(ONE, name="王小明", phone="13800000001"), NOON_MS)
    other.write(changed(ONE, phone="13800000002"), NOON_MS + 1)
    with store.writing() as tx:
        tx.receive(other.batch())
        assert tx.people.get(ONE) is None
        assert tx.people.with_phone("13800000002") == []
        assert tx.people.search("0002") == []
        assert tx.overview.counts().people == 0
        tx.receive(station.batch())
        person = tx.people.get(ONE)
    assert person is not None
    assert (person.name, person.phone) == ("王小明", "13800000002")


def test_of_two_writes_to_a_field_the_later_stands_and_others_are_left_alone(store: Store) -> None:
    write(store, registered(ONE, name="王小明", phone="1", groups=("hardship",), membership=Membership.PENDING))
    write(store, changed(ONE, phone="2", membership=Membership.APPROVED))
    with store.reading() as view:
        person = view.people.get(ONE)
    assert person is not None
    assert (person.name, person.phone, person.membership) == ("王小明", "2", Membership.APPROVED)
    assert person.groups == {"hardship"}


def test_a_photograph_is_replaced_by_the_later_one(store: Store) -> None:
    write(store, registered(ONE, name="王小明", photo=b"first"), changed(ONE, photo=b"second"), changed(ONE, name="王"))
    with store.reading() as view:
        assert view.people.photo(ONE) == b"second"
        assert view.people.photo(TWO) is None


def test_a_void_arrives_before_what_it_takes_back() -> None:
    world = World()
    store, station, other = world.store(), world.device(), world.device()
    target = RecordId(bytes([5]) * 16)
    station.write(given(ONE, record=target), NOON_MS)
    other.write(RecordVoided(target=target, reason="twice", operator=STAFF), NOON_MS + 1)
    station.write(RecordVoided(target=target, reason="later", operator=STAFF), NOON_MS + 2)
    with store.writing() as tx:
        tx.receive(other.batch())
        assert tx.overview.counts().voided == 0
        tx.receive(station.batch())
        record = tx.services.get(target)
        counts = tx.overview.counts()
    assert record is not None
    assert record.voided is not None
    assert (record.voided.reason, record.voided.at) == ("twice", hybrid(NOON_MS + 1))
    assert (counts.services, counts.voided) == (0, 1)


def test_the_same_fact_in_two_journals_counts_once() -> None:
    """A device that starts anew writes its unacknowledged tail again under another writer."""
    world = World()
    store, before, after = world.store(), world.device(), world.device()
    for device, at in ((after, NOON_MS + 50), (before, NOON_MS)):
        device.write(given(ONE, record=bytes(16)), at)
        with store.writing() as tx:
            tx.receive(device.batch())
    with store.reading() as view:
        (record,) = view.services.of([ONE], None)
    assert (record.writer, record.at) == (before.id, hybrid(NOON_MS))


def test_what_was_given_on_a_card_counts_for_its_owner_once_known(store: Store) -> None:
    write(store, given_on_card(member_no(1), 1), given_on_card(member_no(2), 2), given_on_card(member_no(3), 3))
    with store.reading() as view:
        assert [one.member_no for one in view.services.of((), member_no(1))] == [member_no(1)]
    write(store, registered(ONE, id_number=ID, member_no=member_no(1)))
    write(store, registered(TWO, id_number=ID, member_no=member_no(2)))
    with store.reading() as view:
        person = view.people.get(ONE)
        assert person is not None
        records = view.services.of(person.all_ids, person.member_no)
    assert {one.member_no for one in records} == {member_no(1), member_no(2)}


def test_cards_and_their_revocations(store: Store) -> None:
    cards = [CardId(bytes([number]) * 8) for number in range(3)]
    for card in cards[:2]:
        write(store, CardIssued(card=card, person=ONE, issued_on=DAY, expires_on=DAY, operator=STAFF))
    write(store, CardRevoked(card=cards[0], reason=RevocationReason.REPLACED, operator=STAFF))
    write(store, CardRevoked(card=cards[0], reason=RevocationReason.LOST, operator=STAFF))
    write(store, CardRevoked(card=cards[2], reason=RevocationReason.LOST, operator=STAFF))
    with store.reading() as view:
        assert [(card.id, card.revocation) for card in view.cards.of_people([ONE])] == [
            (cards[1], None),
            (cards[0], "replaced"),
        ]
        assert view.cards.revocation(cards[2]) == "lost"
        assert view.cards.revocation(cards[1]) is None
        assert view.cards.get(cards[2]) is None
        assert (view.overview.counts().cards, view.overview.counts().cards_revoked) == (2, 2)


def test_an_event_counts_people_and_services_separately(store: Store) -> None:
    park = EventId("park")
    write(store, registered(ONE, id_number=ID, member_no=member_no(1)), registered(TWO, id_number=ID))
    records = [
        {"person": ONE, "quantity": 2},
        {"person": TWO},
        {"member_no": member_no(1)},
        {"member_no": member_no(7)},
        {"member_no": member_no(7)},
        {},
        {"person": THREE},
    ]
    for number, fields in enumerate(records):
        record_id = RecordId(bytes([number]) * 16)
        record = ServiceGiven(id=record_id, service=CUT, on=DAY, operator=STAFF, event=park, **fields)  # type: ignore[arg-type]
        write(store, record)
    write(store, RecordVoided(target=RecordId(bytes([6]) * 16), reason="x", operator=STAFF))
    with store.reading() as view:
        assert view.services.given_at(park) == {CUT: 7}
        assert view.services.totals() == {(park, CUT): 7}
        assert view.services.people_at(park) == 2
        assert [record.id[0] for record in view.services.recent(park, 2)] == [6, 5]
        assert view.services.recent(EventId("elsewhere"), 5) == []


def test_documents_are_replaced_by_the_later(store: Store) -> None:
    def event(name: str) -> EventPublished:
        return EventPublished(
            event=EventId("park"),
            name=name,
            place="物流园",
            district="210106",  # type: ignore[arg-type]
            first_day=DAY,
            last_day=DAY + timedelta(days=1),
            packs=("liudong",),
            stock={CUT: 40},
        )

    with store.reading() as view:
        empty = view.documents.version(EventPublished)
    write(store, event("东园"))
    write(store, event("西园"), OperatorNamed(operator=STAFF, name="甲", role=StaffRole.SUPERVISOR))
    with store.reading() as view:
        assert view.documents.all(EventPublished) == [event("西园")]
        assert view.documents.get(EventPublished, "park") == event("西园")
        assert view.documents.get(EventPublished, "quay") is None
        assert view.documents.latest(EventPublished) == event("西园")
        assert view.documents.version(EventPublished) != empty


def test_the_serial_of_member_numbers_goes_on_after_the_highest(store: Store) -> None:
    with store.reading() as view:
        assert view.people.last_serial(10_001) == 0
    numbers = [make(10_001, 7), make(10_001, 12), make(10_002, 99), MemberNo("10001ABCDEFG"), MemberNo("100019999999")]
    write(store, *(registered(PersonId(bytes([n]) * 16), member_no=number) for n, number in enumerate(numbers)))
    with store.reading() as view:
        assert view.people.last_serial(10_001) == 12


@pytest.mark.postgres
def test_a_long_name_and_an_unfit_number_hold_nothing_up(postgres_store: Store, store: Store) -> None:
    for one in (store, postgres_store):
        write(one, registered(ONE, name="古" * 400, member_no="X" * 400, phone="1" * 400))
        with one.reading() as view:
            assert [person.id for person in view.people.search("古")] == [ONE]
            assert len(view.people.search("古" * 3_000)) == 1


@pytest.fixture
def postgres_store(postgres_url: str) -> Iterator[Store]:
    store = World().station(url_engine(postgres_url))
    yield store
    store.close()


def roster(city: Device, *rows: tuple[str | tuple[str, ...] | None, ...]) -> list[PersonId]:
    people = [PersonId(bytes([50 + number]) * 16) for number in range(len(rows))]
    columns = ("member_no", "name", "union", "groups", "weather")
    city.write(PeopleImported(columns=columns, people=tuple(people), rows=rows), NOON_MS)
    return people


def test_a_roster_makes_its_people_members(store: Store) -> None:
    city = World().device(Role.CITY)
    people = roster(city, ("A-1", "王小明", "u1", ("hardship", "model"), "rain"), ("A-2", "李娜", None, None, None))
    with store.writing() as tx:
        tx.receive(city.batch())
        first, second = (tx.people.get(person) for person in people)
    assert first is not None
    assert second is not None
    assert (first.member_no, first.union, first.groups) == ("A-1", "u1", {"hardship", "model"})
    assert first.membership is Membership.APPROVED
    assert (second.name, second.union, second.groups) == ("李娜", None, frozenset())


def test_a_rebuild_makes_the_same_tables(store: Store) -> None:
    city = World().device(Role.CITY)
    roster(city, ("A-1", "王小明", "u1", ("hardship",), None))
    write(store, registered(ONE, name="王", id_number=ID, photo=b"x"), registered(TWO, id_number=ID))
    write(store, given(ONE, record=bytes(16)), RecordVoided(target=RecordId(bytes(16)), reason="x", operator=STAFF))
    with store.writing() as tx:
        tx.receive(city.batch())
        tx.local.set_setting("event", "park")
    before = tables(store)
    with store.writing() as tx:
        tx.rebuild()
    assert tables(store) == before
    with store.reading() as view:
        assert view.local.setting("event") == "park"
        assert [person.member_no for person in view.people.search("wxm")] == ["A-1"]
