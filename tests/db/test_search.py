"""Finding people by what is remembered of them, on SQLite and on PostgreSQL alike."""

from collections.abc import Iterator

import pytest
from support.worlds import STAFF, World, person_id, registered

from db.engine import url_engine
from db.store import Store
from station_core.records.people import PersonChanged, PersonFields

PEOPLE = {
    "王小明": {"member_no": "100010000017", "phone": "13812345678", "id_number": "11010119900101001X"},
    "王晓敏": {"member_no": "100010000025", "phone": "13912340000"},
    "单雪梅": {"phone": "13700001111"},
    "单于飞": {},
    "曾国强": {},
    "查良志": {},
    "仇英": {},
    "吕绿": {},
    "卢路": {},
    "欧阳静": {"member_no": "LN-2041"},
    "李㐆": {},
    "张𠮷𡋾": {},
    "古丽巴哈尔·阿不都热合曼": {},
    "买买提·艾山": {},
    "Nguyễn Văn Đức": {},
    "O'Brien Siobhán": {},
    "小王": {},
}


def fill(store: Store) -> None:
    with store.writing() as tx:
        for name, fields in PEOPLE.items():
            tx.append(registered(person_id(), name=name, **fields))


@pytest.fixture(scope="module")
def sqlite() -> Store:
    store = World().station()
    fill(store)
    return store


@pytest.fixture(scope="module")
def postgresql(postgres_cluster: object) -> Iterator[Store]:
    name = postgres_cluster.create_database()  # type: ignore[attr-defined]
    store = World().station(url_engine(postgres_cluster.url(name)))  # type: ignore[attr-defined]
    fill(store)
    yield store
    store.close()
    postgres_cluster.drop_database(name)  # type: ignore[attr-defined]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> Store:
    found: Store = request.getfixturevalue(request.param)
    return found


def search(store: Store, text: str) -> set[str]:
    with store.reading() as view:
        return {person.name for person in view.people.search(text)}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # a character, of the surname or of the given name
        ("王", {"王小明", "王晓敏", "小王"}),
        ("明", {"王小明"}),
        ("小", {"王小明", "小王"}),
        ("王小", {"王小明"}),
        ("小王", {"小王"}),
        ("明小", set()),
        ("小王明", set()),
        ("王明", set()),
        ("王小明", {"王小明"}),
        (" 王 小 明 ", {"王小明"}),
        # pinyin and initials
        ("wangxiaoming", {"王小明"}),
        ("wang xiao", {"王小明", "王晓敏", "小王"}),
        ("WangXiao", {"王小明", "王晓敏"}),
        ("wangxiaom", {"王小明", "王晓敏"}),
        ("wxm", {"王小明", "王晓敏"}),
        ("wx", {"王小明", "王晓敏"}),
        ("xiao", {"王小明", "王晓敏", "小王"}),
        ("oyj", {"欧阳静"}),
        ("ouyang", {"欧阳静"}),
        ("x", {"王小明", "王晓敏", "单雪梅", "小王"}),
        ("r", {"古丽巴哈尔·阿不都热合曼"}),
        ("u", set()),
        # how surnames are read
        ("shan", {"单雪梅", "单于飞", "买买提·艾山"}),
        ("danxuemei", {"单雪梅"}),
        ("shanxuemei", {"单雪梅"}),
        ("chanyu", {"单于飞"}),
        ("zeng", {"曾国强"}),
        ("zhaliang", {"查良志"}),
        ("qiuying", {"仇英"}),
        # ü however it is typed
        ("lvlv", {"吕绿"}),
        ("lülü", {"吕绿", "卢路"}),
        ("lyulyu", {"吕绿"}),
        ("lulu", {"吕绿", "卢路"}),
        # rare characters
        ("㐆", {"李㐆"}),
        ("𠮷", {"张𠮷𡋾"}),
        ("𡋾", {"张𠮷𡋾"}),
        ("张𠮷", {"张𠮷𡋾"}),
        # names with a dot, typed with another one or none
        ("古丽巴哈尔·阿不都", {"古丽巴哈尔·阿不都热合曼"}),
        ("古丽巴哈尔•阿不都热合曼", {"古丽巴哈尔·阿不都热合曼"}),
        ("买买提艾山", {"买买提·艾山"}),
        ("买买提", {"买买提·艾山"}),
        ("艾山", {"买买提·艾山"}),
        ("热合", {"古丽巴哈尔·阿不都热合曼"}),
        ("gulibaha", {"古丽巴哈尔·阿不都热合曼"}),
        # other alphabets, with and without accents
        ("nguyen", {"Nguyễn Văn Đức"}),
        ("Nguyễn", {"Nguyễn Văn Đức"}),
        ("ĐỨC", {"Nguyễn Văn Đức"}),
        ("duc", {"Nguyễn Văn Đức"}),
        ("siobhan", {"O'Brien Siobhán"}),
        # numbers
        ("100010000017", {"王小明"}),
        ("1000100000", {"王小明", "王晓敏"}),
        ("10001", {"王小明", "王晓敏"}),
        ("100010", {"王小明", "王晓敏"}),
        ("10001000001", {"王小明"}),
        ("10001000009", set()),
        ("0017", {"王小明"}),
        ("5678", {"王小明"}),
        ("13812345678", {"王小明"}),
        ("001X", {"王小明"}),
        ("001x", {"王小明"}),
        ("11010119900101001x", {"王小明"}),
        ("0000", {"王晓敏"}),
        ("ln-2041", {"欧阳静"}),
        ("2041", {"欧阳静"}),
        ("ln-20", {"欧阳静"}),
        ("LN-2", {"欧阳静"}),
        ("41", {"欧阳静"}),
        # several words at once
        ("王 5678", {"王小明"}),
        ("王 0000", {"王晓敏"}),
        ("wang 5678", {"王小明"}),
        ("单 mei", {"单雪梅"}),
        ("李 5678", set()),
        # nothing to go by
        ("", set()),
        ("   ", set()),
        ("·", set()),
        ("%", set()),
        ("_", set()),
        ("王%", {"王小明", "王晓敏", "小王"}),
        ("'", set()),
        ('"', set()),
        ("(王", {"王小明", "王晓敏", "小王"}),
        ("AND", set()),
        ("no one", set()),
        ("\udcff", set()),
        ("王\0明", {"王小明"}),
    ],
)
def test_what_is_found(store: Store, typed: str, found: set[str]) -> None:
    assert search(store, typed) == found


def test_those_with_exactly_that_name_come_first(sqlite: Store) -> None:
    with sqlite.reading() as view:
        assert [person.name for person in view.people.search("小王", limit=1)] == ["小王"]
    store = World().station()
    with store.writing() as tx:
        tx.append(*(registered(person_id(), name=name) for name in ("王明亮", "王明霞", "王明")))
        assert tx.people.search("王明", limit=2)[0].name == "王明"


def test_merged_people_are_found_once_by_either_name(store: Store) -> None:
    with store.writing() as tx:
        first, second = person_id(), person_id()
        tx.append(registered(first, name="赵钱孙", id_number="440101199001011234", phone="13600000001"))
        tx.append(registered(second, name="赵谦孙", id_number="440101199001011234", phone="13600009999"))
        for typed in ("赵", "赵谦孙", "9999", "zhaoqian", "1234"):
            assert [person.id for person in tx.people.search(typed)] == [first]


def test_a_phone_is_found_whole_and_nothing_else_by_it(store: Store) -> None:
    with store.reading() as view:
        assert [person.name for person in view.people.with_phone("13812345678")] == ["王小明"]
        assert view.people.with_phone("3812345678") == []
        assert view.people.with_phone("100010000017") == []
        assert view.people.with_phone("") == []


def test_a_long_number_is_found_by_any_beginning(store: Store) -> None:
    number = "A" + "0123456789" * 3
    with store.writing() as tx:
        tx.append(registered(person_id(), name="郝长", member_no=number))
        for length in range(1, len(number) + 1):
            assert "郝长" in {person.name for person in tx.people.search(number[:length])}, length


def test_an_old_name_is_not_found_any_more(store: Store) -> None:
    with store.writing() as tx:
        person = person_id()
        tx.append(registered(person, name="冯巩固", phone="13500001212"))
        tx.append(PersonChanged(person=person, fields=PersonFields(name="冯坤固", phone="13500003434"), operator=STAFF))
    assert search(store, "冯坤") == {"冯坤固"}
    assert search(store, "3434") == {"冯坤固"}
    assert search(store, "巩") == set()
    assert search(store, "fenggong") == set()
    assert search(store, "1212") == set()
