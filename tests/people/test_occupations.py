import re

from resources.texts import Language
from station_core.people.occupations import occupation, occupations


def test_the_groups_that_programmes_name_are_there() -> None:
    names = {one.name(Language.CHINESE) for one in occupations()}
    assert names >= {
        "货车司机",
        "快递员",
        "网约配送员",
        "网约车司机",
        "家政服务员",
        "护工护理员",
        "保安员",
        "房产中介员",
        "商场信息员",
        "环卫工人",
        "产业工人",
        "其他",
    }


def test_codes_are_plain_and_found() -> None:
    for one in occupations():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", one.code)
        assert occupation(one.code) is one
        assert all(one.name(language) for language in Language)
    assert len({one.code for one in occupations()}) == len(occupations())
    assert occupation("astronaut") is None


def test_new_forms_of_employment_are_marked() -> None:
    driver, sweeper = occupation("truck_driver"), occupation("sanitation_worker")
    assert driver is not None
    assert driver.new_employment
    assert sweeper is not None
    assert not sweeper.new_employment
