"""A city's roster in any size: invented members, as the city's import writes them and as an exchange brings them.

Surnames are as common as they are in China; ID numbers are valid (GB 11643), and a few people stand twice.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import accumulate

from bench._people import GIVEN
from bench._station import CityJournal
from city_server.roster.known import PIECE
from city_server.roster.new_ids import new_ids
from station_core.journal.batch import Batch, batch_of
from station_core.journal.entry import Entry
from station_core.people.id_number import check_character
from station_core.records.people import ROSTER_COLUMNS, PeopleImported
from sync.answer import BATCH_BYTES

SURNAMES = {
    "王": 725, "李": 719, "张": 683, "刘": 538, "陈": 453, "杨": 308, "黄": 223, "赵": 229, "吴": 205, "周": 202,
    "徐": 166, "孙": 154, "马": 129, "朱": 126, "胡": 116, "郭": 115, "何": 106, "林": 113, "高": 100, "罗": 95,
    "郑": 93, "梁": 85, "谢": 81, "宋": 80, "唐": 74, "许": 70, "韩": 69, "冯": 69, "邓": 68, "曹": 62, "彭": 62,
    "曾": 58, "肖": 58, "田": 52, "董": 51, "潘": 50, "袁": 50, "蔡": 46, "蒋": 47, "余": 45, "于": 44, "杜": 44,
    "叶": 42, "程": 41, "魏": 40, "苏": 39, "吕": 38, "丁": 37, "任": 36, "卢": 35, "姚": 34, "沈": 33, "钟": 33,
    "姜": 32, "崔": 31, "谭": 30, "陆": 29, "范": 29, "汪": 28, "廖": 28, "石": 27, "金": 26, "韦": 26, "贾": 25,
    "夏": 24, "付": 24, "方": 23, "邹": 22, "熊": 22, "白": 21, "孟": 20, "秦": 20, "邱": 19, "侯": 19, "江": 18,
    "尹": 17, "薛": 17, "闫": 16, "段": 15, "雷": 15, "龙": 14, "黎": 14, "史": 13, "陶": 13, "贺": 12, "毛": 12,
    "单": 8, "翟": 8, "覃": 8, "欧阳": 7, "解": 4, "仇": 3, "查": 3, "区": 2, "上官": 1, "单于": 1, "尉迟": 1,
}  # fmt: skip
"""By how many of ten thousand people bear them; who is left out bears another of these."""
DOTTED = ("买买提·艾山", "古丽巴哈尔·阿不都热合曼", "阿依古丽·吐尔逊", "扎西·多吉", "巴特尔·苏和")
RARE = "龘靐㐆𠮷𡋾犇骉"
OCCUPATIONS = (
    "courier",
    "food_delivery_rider",
    "truck_driver",
    "sanitation_worker",
    "security_guard",
    "industrial_worker",
)
EMPLOYERS = ("顺达物流有限公司", "美味外卖服务站", "东城环卫所", "宏远机械厂", "长安电子科技有限公司", "虎门服装厂")
PHONE_PREFIXES = ("130", "133", "135", "136", "137", "138", "139", "150", "158", "159", "180", "186", "188", "189")
_BIRTHS = (date(1955, 1, 1), date(2006, 12, 31))
_SURNAMES, _SURNAME_SUMS = tuple(SURNAMES), tuple(accumulate(SURNAMES.values()))
_GIVEN_SUMS = tuple(accumulate(1 / (place + 12) for place in range(len(GIVEN))))


def roster(members: int) -> Iterator[PeopleImported]:
    """The same `members` each time, in records as big as the city's import makes them."""
    chance = random.Random(20_261_124)
    doubled = _row(0, chance)
    ids = new_ids(chance.randbytes)
    for first in range(0, members, PIECE):
        numbers = range(first, min(members, first + PIECE))
        rows = [_row(number, chance) for number in numbers]
        if first:
            rows[-1] = (*rows[-1][:2], doubled[2], *rows[-1][3:])
        doubled = rows[0]
        yield PeopleImported(columns=ROSTER_COLUMNS, people=tuple(next(ids) for _ in rows), rows=tuple(rows))


def batches(city: CityJournal, records: Iterable[PeopleImported]) -> Iterator[tuple[Batch, int]]:
    """`records` in the journal of `city`, in batches as an exchange packs them; and how many people each brings."""
    waiting: list[Entry] = []
    size, people, previous = 0, 0, city.head.hash
    for record in records:
        entry = city.seal(record)
        if waiting and size + len(entry.body or b"") > BATCH_BYTES:
            yield batch_of(waiting, previous), people
            waiting, size, people, previous = [], 0, 0, waiting[-1].hash
        waiting.append(entry)
        size += len(entry.body or b"")
        people += len(record.people)
    if waiting:
        yield batch_of(waiting, previous), people


def _row(number: int, chance: random.Random) -> tuple[str | tuple[str, ...] | None, ...]:
    return (
        f"4419{number:08}",
        _name(chance),
        _id_number(chance),
        f"{chance.choice(PHONE_PREFIXES)}{chance.randrange(10**8):08}",
        chance.choice(OCCUPATIONS),
        chance.choice(EMPLOYERS),
        f"dg-{chance.randrange(600)}",
        "441900",
        f"h{number}" if chance.random() < 0.005 else None,
        ("hardship",) if chance.random() < 0.005 else None,
        "approved",
    )


def _name(chance: random.Random) -> str:
    if chance.random() < 0.004:
        return chance.choice(DOTTED)
    (surname,) = chance.choices(_SURNAMES, cum_weights=_SURNAME_SUMS)
    given = "".join(chance.choices(GIVEN, cum_weights=_GIVEN_SUMS, k=1 if chance.random() < 0.15 else 2))
    return surname + (chance.choice(RARE) if chance.random() < 0.0005 else given)


def _id_number(chance: random.Random) -> str:
    first, last = _BIRTHS
    born = first + timedelta(chance.randrange((last - first).days))
    region = chance.choice(("441900", "440106", "430102", "450103", "510104", "420106", "360102", "410102"))
    digits = f"{region}{born:%Y%m%d}{chance.randrange(1000):03}"
    return digits + check_character(digits)
