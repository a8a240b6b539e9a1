"""One line of a roster: what it says of a person, in the forms in which they are kept, or all that is wrong with it."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from resources.texts import Language
from station_core.ids import DistrictCode, MemberNo, UnionCode
from station_core.people import id_number, member_no, names, phone
from station_core.people.id_number import IdNumberProblem
from station_core.people.names import InvalidName
from station_core.people.occupations import occupations
from station_core.people.regions import region

MAX_TEXT = 100
_GROUP = re.compile(r"[a-z][a-z0-9_]{0,39}")
_BETWEEN_GROUPS = re.compile(r"[\s、，,;；|/]+")
_GROUPS_IN_WORDS = {
    "困难": "hardship",
    "困难职工": "hardship",
    "建档困难职工": "hardship",
    "劳模": "model_worker",
    "劳动模范": "model_worker",
    "工匠": "model_worker",
}


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong with one cell. Wordings: ``city.line.<code>``; no part of the cell is kept."""

    line: int
    column: str
    code: str


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """`values` by roster column; what the line leaves open is absent."""

    line: int
    values: Mapping[str, str | tuple[str, ...]]

    @property
    def id_number(self) -> str | None:
        return self._text("id_number")

    @property
    def member_no(self) -> str | None:
        return self._text("member_no")

    def _text(self, column: str) -> str | None:
        value = self.values.get(column)
        return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class Places:
    """What names of unions and districts mean in this city."""

    unions: Mapping[str, UnionCode] = field(default_factory=dict)
    districts: Mapping[str, DistrictCode] = field(default_factory=dict)


class _Wrong(Exception):
    """A cell that cannot be used; the text is the problem's code."""


def read_row(line: int, cells: Mapping[str, str], places: Places, today: date) -> Row | list[LineProblem]:
    values: dict[str, str | tuple[str, ...]] = {}
    problems: list[LineProblem] = []
    for column, cell in cells.items():
        if not cell:
            continue
        try:
            values[column] = _read(column, cell, places, today)
        except _Wrong as wrong:
            problems.append(LineProblem(line, column, str(wrong)))
    wrong_columns = {problem.column for problem in problems}
    if "name" not in values and "name" not in wrong_columns:
        problems.append(LineProblem(line, "name", "missing"))
    if not ({"id_number", "member_no"} & (values.keys() | wrong_columns)):
        problems.append(LineProblem(line, "id_number", "missing"))
    return problems or Row(line, values)


def _read(column: str, cell: str, places: Places, today: date) -> str | tuple[str, ...]:
    match column:
        case "name":
            return _name(cell)
        case "id_number":
            return _id_number(cell, today)
        case "phone":
            return _known(phone.parse(cell), "phone")
        case "occupation":
            return _known(_occupations().get(cell), "occupation")
        case "member_no":
            return _member_no(cell)
        case "district":
            return _district(cell, places)
        case "union":
            return places.unions.get(cell) or _text(cell)
        case "groups":
            return _groups(cell)
        case _:
            return _text(cell)


def _name(cell: str) -> str:
    name = names.parse(cell)
    if isinstance(name, InvalidName):
        raise _Wrong("name")
    return name


def _id_number(cell: str, today: date) -> str:
    number = id_number.parse(cell, today)
    if isinstance(number, IdNumberProblem):
        raise _Wrong(f"id_{number.value}")
    return number.number


def _known(value: str | None, code: str) -> str:
    if value is None:
        raise _Wrong(code)
    return value


def _occupations() -> dict[str, str]:
    codes = {one.code: one.code for one in occupations()}
    return codes | {one.name(language): one.code for one in occupations() for language in Language}


def _member_no(cell: str) -> MemberNo:
    number = member_no.parse(cell)
    if number is None:
        raise _Wrong("member_no")
    return number


def _district(cell: str, places: Places) -> DistrictCode:
    code = places.districts.get(cell) or DistrictCode(cell)
    if region(code) is None:
        raise _Wrong("district")
    return code


def _groups(cell: str) -> tuple[str, ...]:
    found = [_GROUPS_IN_WORDS.get(word, word) for word in _BETWEEN_GROUPS.split(cell) if word]
    if not all(_GROUP.fullmatch(word) for word in found):
        raise _Wrong("groups")
    return tuple(dict.fromkeys(found))


def _text(cell: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", cell).split())
    if len(text) > MAX_TEXT:
        raise _Wrong("too_long")
    return text
