from collections import Counter

import pytest

from resources import path
from station_core.people.regions import divisions_of, full_name, provinces, region


def test_the_table_is_well_formed_and_small() -> None:
    file = path("people", "regions.csv")
    header, *rows = file.read_text(encoding="utf-8").splitlines()
    codes = [row.split(",")[0] for row in rows]
    assert header == "code,name,retired"
    assert codes == sorted(codes)
    assert max(Counter(codes).values()) == 1
    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert file.stat().st_size < 400_000


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("210114", "辽宁省沈阳市于洪区"),
        ("110105", "北京市朝阳区"),
        ("429004", "湖北省仙桃市"),
        ("370213", "山东省青岛市李沧区"),
        ("210000", "辽宁省"),
        ("999999", ""),
    ],
)
def test_full_names(code: str, name: str) -> None:
    assert full_name(code) == name


def test_retired_codes_keep_their_last_name_and_year() -> None:
    chongwen = region("110103")
    assert chongwen is not None
    assert (chongwen.name, chongwen.retired) == ("崇文区", 2010)


def test_every_division_of_today_is_reached_by_picking_downwards() -> None:
    reached: set[str] = set()
    for province in provinces():
        for one in divisions_of(province.code):
            reached |= {one.code, *(below.code for below in divisions_of(one.code))}
    rows = path("people", "regions.csv").read_text(encoding="utf-8").splitlines()[1:]
    today = {row[:6] for row in rows if row.endswith(",") and not row[:6].endswith("0000")}
    assert reached == today


def test_no_retired_division_is_offered() -> None:
    assert [one.name for one in divisions_of("110000")][:3] == ["东城区", "西城区", "朝阳区"]
    assert divisions_of("110105") == divisions_of("000000") == ()
    assert len(provinces()) == 34
