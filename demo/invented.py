"""Invented people: names from a small table, ID numbers of a county that does not exist."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from station_core.people.id_number import check_character
from station_core.people.occupations import occupations

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国志文海波"
_LONG_NAMES = ("阿依古丽·买买提", "次仁卓玛·德吉央宗", "巴特尔·那木吉拉苏荣", "欧阳静燕", "罗曦䶮", "朱𫍯", "尹霞𬱖")
_EMPLOYERS = ("顺通物流", "众联货运", "飞驰快递", "云帆配送", "洁城环卫", "安居家政")
_NO_SUCH_COUNTY = "210199"
"""No county has it, so that no number made here is anybody's."""
FIRST_BIRTHDAY = date(1966, 1, 1)


@dataclass(frozen=True, slots=True)
class Invented:
    name: str
    id_number: str
    phone: str
    occupation: str
    employer: str


def invented_people(number: int, seed: int = 1) -> Iterator[Invented]:
    """The same `number` people for the same `seed`; no two share an ID number or a phone."""
    dice = random.Random(seed)
    groups = [occupation.code for occupation in occupations()]
    for index in range(number):
        name = _LONG_NAMES[index] if index < len(_LONG_NAMES) else _name(dice)
        yield Invented(
            name=name,
            id_number=invented_id_number(FIRST_BIRTHDAY + timedelta(days=dice.randrange(14_000)), index % 1000),
            phone=f"139{seed % 10}{index:07}"[:11],
            occupation=dice.choice(groups),
            employer=dice.choice(_EMPLOYERS),
        )


def invented_id_number(born_on: date, sequence: int) -> str:
    first = f"{_NO_SUCH_COUNTY}{born_on:%Y%m%d}{sequence:03}"
    return first + check_character(first)


def _name(dice: random.Random) -> str:
    return dice.choice(_SURNAMES) + "".join(dice.choice(_GIVEN) for _ in range(dice.choice((1, 2, 2))))
