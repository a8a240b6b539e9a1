"""A roster's newcomers are written in bulk: the same rows as if each field had been folded by itself."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.worlds import NOON_MS, World, person_id, registered, tables

from db.store import Store
from station_core.clock import hybrid
from station_core.credential.certificate import Role
from station_core.ids import PersonId, WriterId
from station_core.records.people import ROSTER_COLUMNS, OriginalStamp, PeopleImported

ID_NUMBERS = ("11010119900101001X", "110101199001010029", "440101199001011234")
CELLS = {
    "name": st.sampled_from(["王小明", "欧阳静", "买买提·艾山"]),
    "id_number": st.sampled_from([*ID_NUMBERS, ""]),
    "member_no": st.sampled_from(["441900000001", "LN-2041", "7"]),
    "groups": st.sampled_from([(), ("hardship",), ("hardship", "model_worker")]),
}
OTHERS = st.sampled_from(["13800000001", "dg-7"])
STAMP = OriginalStamp(at=hybrid(NOON_MS), writer=WriterId(b"w" * 16))
QUERIES = ("王", "小明", "oyj", "4419000", "0001", "ln", "2041", "买买提艾山", "001x", "0029", "13800000001")


@st.composite
def rosters(draw: st.DrawFn) -> PeopleImported:
    """Rows with some of the columns in any order, among them one that is not known yet."""
    columns = draw(st.lists(st.sampled_from([*ROSTER_COLUMNS, "shoe_size"]), min_size=1, max_size=6, unique=True))
    row = st.tuples(*(st.none() | CELLS.get(column, OTHERS) for column in columns))
    rows = draw(st.lists(row, min_size=1, max_size=6))
    people = tuple(PersonId(bytes([number]) * 16) for number in range(1, len(rows) + 1))
    return PeopleImported(columns=tuple(columns), people=people, rows=tuple(rows), as_of=STAMP)


def twice(roster: PeopleImported) -> PeopleImported:
    """Whoever stands twice in a roster is not written in bulk."""
    return PeopleImported(columns=roster.columns, people=roster.people * 2, rows=roster.rows * 2, as_of=roster.as_of)


def store_with(roster: PeopleImported, number_held: str) -> Store:
    world = World()
    store, city = world.station(), world.device(Role.CITY)
    city.write(roster, NOON_MS)
    with store.writing() as tx:
        tx.append(registered(PersonId(b"h" * 16), name="王秀兰", id_number=number_held))
        tx.receive(city.batch())
    return store


@given(roster=rosters(), number_held=st.sampled_from(ID_NUMBERS))
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
def test_in_bulk_and_field_by_field(roster: PeopleImported, number_held: str) -> None:
    bulk, single = store_with(roster, number_held), store_with(twice(roster), number_held)
    without_stamp_of_registration = [
        [tuple(row) for row in tables(store)["person"] if row[0] != b"h" * 16] for store in (bulk, single)
    ]
    assert without_stamp_of_registration[0] == without_stamp_of_registration[1]
    with bulk.reading() as one, single.reading() as other:
        for typed in QUERIES:
            found = [{person.id for person in view.people.search(typed)} for view in (one, other)]
            assert found[0] == found[1], typed


def test_a_number_that_two_newcomers_share_makes_them_one() -> None:
    people = tuple(person_id() for _ in range(3))
    rows = (("王小明", ID_NUMBERS[0]), ("王晓明", ID_NUMBERS[0]), ("李娜", ID_NUMBERS[1]))
    store = store_with(PeopleImported(columns=("name", "id_number"), people=people, rows=rows), ID_NUMBERS[1])
    with store.reading() as view:
        (first,), (second,) = (view.people.with_id_number(number) for number in ID_NUMBERS[:2])
        assert {first.id, *first.merged} == set(people[:2])
        assert {second.id, *second.merged} == {people[2], b"h" * 16}
