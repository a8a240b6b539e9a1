"""Administrative divisions of GB/T 2260: those of today and those that ID numbers still carry."""

import csv
from dataclasses import dataclass
from functools import cache

from resources import path
from station_core.ids import DistrictCode


@dataclass(frozen=True, slots=True)
class Region:
    """One division. A retired one has the year in which its code left the list; its name is the last that it
    had.
    """

    code: DistrictCode
    name: str
    retired: int | None = None

    @property
    def is_province(self) -> bool:
        return self.code.endswith("0000")

    @property
    def is_prefecture(self) -> bool:
        return self.code.endswith("00") and not self.is_province


def region(code: str) -> Region | None:
    """The division that has or had `code` (six digits)."""
    return _table().get(code)


def full_name(code: str) -> str:
    """`code` by name, with those above it: 辽宁省沈阳市于洪区. Empty where nothing of it is known."""
    names: list[str] = []
    for above in (code[:2] + "0000", code[:4] + "00", code):
        found = region(above)
        if found is not None and (not names or names[-1] != found.name):
            names.append(found.name)
    return "".join(names)


def provinces() -> tuple[Region, ...]:
    """Today's province-level divisions, by code."""
    return tuple(one for one in _current() if one.is_province)


def divisions_of(code: str) -> tuple[Region, ...]:
    """Today's divisions right below `code`, by code: a picker's next column.

    Below a province stand its prefectures, and those counties that no prefecture is over (Beijing's
    districts, Xiantao); below a prefecture its counties; below a county nothing.
    """
    above = region(code)
    if above is None:
        return ()
    if above.is_province:
        return tuple(one for one in _current() if one.code[:2] == code[:2] and _is_right_below_province(one))
    if above.is_prefecture:
        return tuple(one for one in _current() if one.code[:4] == code[:4] and one.code != code)
    return ()


def _is_right_below_province(one: Region) -> bool:
    if one.is_province:
        return False
    return one.is_prefecture or region(one.code[:4] + "00") is None


@cache
def _table() -> dict[str, Region]:
    with path("people", "regions.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Region(DistrictCode(row["code"]), row["name"], int(row["retired"]) if row["retired"] else None)
            for row in csv.DictReader(file)
        }


@cache
def _current() -> tuple[Region, ...]:
    return tuple(one for _, one in sorted(_table().items()) if one.retired is None)
