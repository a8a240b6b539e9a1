"""A roster of members: who is added, who is updated, which lines are refused and that nothing is half-written."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.worlds import member_no as some_number

from city_server.city import City, open_city
from city_server.errors import CityError
from city_server.founding import found_city
from city_server.roster.load import Imported, import_roster
from city_server.roster.new_ids import new_ids
from db.values import Person
from station_core.ids import MemberNo
from station_core.people import member_no
from station_core.people.id_number import check_character
from station_core.records.people import Membership

HEADER = "姓名,身份证号,手机号,职业类别,工作单位,所属工会,区县,会员号,家庭编号,人群"


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    found_city(tmp_path / "city", None, region_code="210100")
    with open_city(tmp_path / "city") as opened:
        yield opened


def id_number(serial: int) -> str:
    """An invented, valid number."""
    first = f"21010619900101{serial:03}"
    return first + check_character(first)


def load(city: City, tmp_path: Path, *lines: str, skip_bad: bool = False, encoding: str = "utf-8") -> Imported:
    file = tmp_path / "roster.csv"
    file.write_text("\r\n".join(lines) + "\r\n", encoding=encoding, newline="")
    return import_roster(city, file, skip_bad=skip_bad)


def person(city: City, serial: int) -> Person:
    with city.store.reading() as view:
        return view.people.with_id_number(id_number(serial))[0]


def entries(city: City) -> int:
    with city.store.reading() as view:
        return view.journals.heads()[city.store.own].seq


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_whole_line_in_any_encoding(city: City, tmp_path: Path, encoding: str) -> None:
    work, home = "货车司机,顺达物流,沈阳市铁西区总工会周转库,铁西区", "SY-0001,H7,困难职工、劳模"
    line = f"欧阳㐆,{id_number(1)},138-0000-0001,{work},{home}"
    assert load(city, tmp_path, HEADER, line, encoding=encoding).added == 1
    found = person(city, 1)
    assert (found.name, found.phone, found.occupation) == ("欧阳㐆", "13800000001", "truck_driver")
    assert (found.employer, found.union, found.district) == ("顺达物流", "210106-transit", "210106")
    assert (found.member_no, found.household) == ("SY-0001", "H7")
    assert found.groups == {"hardship", "model_worker"}
    assert found.membership is Membership.APPROVED


def test_english_names_of_columns_in_any_order(city: City, tmp_path: Path) -> None:
    assert load(city, tmp_path, "Phone,ID_Number,remark,name", f"13800000001,{id_number(1)},x,Li Ming").added == 1
    assert person(city, 1).name == "Li Ming"


def test_members_without_a_number_get_the_citys_next(city: City, tmp_path: Path) -> None:
    load(city, tmp_path, "姓名,身份证号", f"甲一,{id_number(1)}", f"乙二,{id_number(2)}")
    load(city, tmp_path, "姓名,身份证号", f"丙三,{id_number(3)}")
    numbers = [person(city, serial).member_no for serial in (1, 2, 3)]
    assert numbers == [member_no.make(10_000, serial) for serial in (1, 2, 3)]


def test_the_same_roster_again_writes_nothing(city: City, tmp_path: Path) -> None:
    lines = (HEADER, f"王小明,{id_number(1)},13800000001,快递员,,,铁西区,,,")
    load(city, tmp_path, *lines)
    before = entries(city)
    again = load(city, tmp_path, *lines)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    assert entries(city) == before


def test_people_are_found_by_id_number_and_else_by_member_number(city: City, tmp_path: Path) -> None:
    load(city, tmp_path, HEADER, f"王小明,{id_number(1)},,,,,,SY-1,,", "李小红,,,,,,,SY-2,,")
    result = load(city, tmp_path, HEADER, f"王晓明,{id_number(1)},,,,,,,,", f"李小红,{id_number(2)},,,,,,SY-2,,")
    assert (result.added, result.changed) == (0, 2)
    assert (person(city, 1).name, person(city, 1).member_no) == ("王晓明", "SY-1")
    assert (person(city, 2).name, person(city, 2).member_no) == ("李小红", "SY-2")


def test_an_empty_cell_changes_nothing(city: City, tmp_path: Path) -> None:
    load(city, tmp_path, HEADER, f"王小明,{id_number(1)},13800000001,,,,,,,")
    load(city, tmp_path, HEADER, f"王小明,{id_number(1)},,快递员,,,,,,")
    assert (person(city, 1).phone, person(city, 1).occupation) == ("13800000001", "courier")


BAD_LINES = [
    (",{id},,,,,,,,", "name", "missing"),
    ("王小明,,,,,,,,,", "id_number", "missing"),
    ("王1明,{id},,,,,,,,", "name", "name"),
    ("王小明,21010619900101001,,,,,,,,", "id_number", "id_length"),
    ("王小明,{wrong_id},,,,,,,,", "id_number", "id_checksum"),
    ("王小明,{id},12345,,,,,,,", "phone", "phone"),
    ("王小明,{id},,宇航员,,,,,,", "occupation", "occupation"),
    ("王小明,{id},,,,,火星区,,,", "district", "district"),
    ("王小明,{id},,,,,,１,,", "member_no", "member_no"),
    ("王小明,{id},,,,,,,,Ünlü", "groups", "groups"),
    ("王小明,{id},,,{long},,,,,", "employer", "too_long"),
]


@pytest.mark.parametrize(("line", "column", "code"), BAD_LINES)
def test_a_bad_line_is_named_and_keeps_everything_out(
    city: City, tmp_path: Path, line: str, column: str, code: str
) -> None:
    right = id_number(2)
    wrong = right[:-1] + ("0" if right[-1] != "0" else "1")
    bad = line.format(id=right, wrong_id=wrong, long="长" * 101)
    before = entries(city)
    result = load(city, tmp_path, HEADER, f"甲一,{id_number(1)},,,,,,,,", bad)
    assert [(problem.line, problem.column, problem.code) for problem in result.problems] == [(3, column, code)]
    assert not result.written
    assert entries(city) == before
    skipped = load(city, tmp_path, HEADER, f"甲一,{id_number(1)},,,,,,,,", bad, skip_bad=True)
    assert (skipped.added, len(skipped.problems), skipped.written) == (1, 1, True)


def test_a_number_that_stands_twice(city: City, tmp_path: Path) -> None:
    result = load(city, tmp_path, HEADER, f"甲一,{id_number(1)},,,,,,,,", "", f"乙二,{id_number(1)},,,,,,,,")
    assert [(problem.line, problem.code) for problem in result.problems] == [(4, "repeated")]


def test_a_number_that_is_somebody_elses(city: City, tmp_path: Path) -> None:
    load(city, tmp_path, HEADER, f"甲一,{id_number(1)},,,,,,SY-1,,", f"乙二,{id_number(2)},,,,,,SY-2,,")
    result = load(city, tmp_path, HEADER, f"甲一,{id_number(1)},,,,,,SY-2,,")
    assert [(problem.line, problem.code) for problem in result.problems] == [(2, "member_no_taken")]


def test_big_rosters_are_cut_into_entries(city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("city_server.roster.known.PIECE", 10)
    before = entries(city)
    result = load(city, tmp_path, "姓名,身份证号", *(f"甲一,{id_number(serial)}" for serial in range(1, 26)))
    assert result.added == 25
    assert entries(city) == before + 3


def test_numbers_that_run_out_leave_nothing_behind(city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("station_core.people.member_no.MAX_SERIAL", 1)
    before = entries(city)
    with pytest.raises(CityError, match="numbers_used_up"):
        load(city, tmp_path, "姓名,身份证号", f"甲一,{id_number(1)}", f"乙二,{id_number(2)}")
    assert entries(city) == before


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xff\xff\xff", "not_text"),
        ("编号,身份证号\n1,2\n".encode(), "no_such_column"),
        ("姓名,电话\n1,2\n".encode(), "no_such_column"),
        ("姓名,name,身份证号\n1,2,3\n".encode(), "column_twice"),
        (b"", "no_such_column"),
        ("姓名,身份证号\n".encode() + b"x" * 200_000, "not_a_table"),
    ],
)
def test_what_is_no_roster(city: City, tmp_path: Path, content: bytes, code: str) -> None:
    file = tmp_path / "roster.csv"
    file.write_bytes(content)
    with pytest.raises(CityError, match=code):
        import_roster(city, file)


def test_problems_quote_nothing_of_a_person(city: City, tmp_path: Path) -> None:
    result = load(city, tmp_path, HEADER, "王1明,210106199001010011,12345,,,,,,,")
    assert "王" not in repr(result.problems)
    assert "1234" not in repr(result.problems)


def test_a_stations_number_may_come_back_from_an_export(city: City, tmp_path: Path) -> None:
    number = MemberNo(some_number(1))
    assert load(city, tmp_path, HEADER, f"王小明,{id_number(1)},,,,,,{number},,").added == 1


def test_the_people_of_one_roster_follow_each_other_and_those_of_another_stand_elsewhere() -> None:
    one, other = ([next(ids) for _ in range(300)] for ids in (new_ids(), new_ids()))
    assert one == sorted(set(one))
    assert {len(person) for person in one} == {16}
    assert not {person[:10] for person in one} & {person[:10] for person in other}
