"""Invented people in any number: names from small tables of characters, numbers that count."""

import random
from collections.abc import Iterator
from itertools import count

from station_core.ids import DistrictCode, MemberNo, PersonId, UnionCode
from station_core.people.id_number import check_character
from station_core.records.people import Membership, PeopleImported, PersonFields

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧田董潘袁蔡蒋余"
GIVEN = (
    "明国华建文平志伟东海强晓生光林小民永杰军金健一忠洪江福祥中正振勇耀春大宁亮宇兴宝少剑云学仁涛瑞飞鹏安"
    "亚泽世汉达卫利胜敏群波成荣新峰刚家龙德庆斌辉良玉俊立浩天宏子松克清长嘉红山贤阳乐锋智青跃元武广思雄锦"
    "威启昌铭维义宗英凯鸿森超坚旭政传康继翔栋仲权奇礼楠炜友年震鑫雷兵万星骏伦绍麟雨行才希彦兆贵源有景升惠"
    "臣慧开章润高佳虎根远力进泉茂毅富博霖顺信凡豪树和恩向道川彬柏磊敬书鸣芳培全炳基冠晖京欣廷哲保秋君劲轩"
    "帆若连勋祖锡吉崇钧田石奕发洲彪钢运伯满庭申湘皓承梓雪孟其潮冰怀鲁裕翰征谦航士尧标洁城寿枫革纯风化逸腾"
    "岳银鹤琳显焕来心凤睿勤延凌昊西羽百捷定琦圣佩麒虹如靖日咏会久昕黎桂玮燕可越彤雁孝宪萌颖艺夏桐月瑜沛杨"
    "钰兰怡灵淇美琪亦晶舒菁真涵爽雅爱依静棋宜男蔚芝菲露娜珊雯淑曼萍珠诗璇琴素梅玲蕾艳紫珍丽仪梦倩伊茜妍碧"
    "芬儿岚婷菊妮媛莲娟"
)
ROWS_A_RECORD = 2_000
COLUMNS = ("member_no", "name", "id_number", "phone", "occupation", "employer", "union", "district", "membership")


def imports(people: int) -> Iterator[PeopleImported]:
    """The same `people` each time, as a city's roster brings them."""
    chance = random.Random(20_261_124)
    for first in range(0, people, ROWS_A_RECORD):
        numbers = range(first, min(people, first + ROWS_A_RECORD))
        yield PeopleImported(
            columns=COLUMNS,
            people=tuple(PersonId(chance.randbytes(16)) for _ in numbers),
            rows=tuple(_row(number, chance) for number in numbers),
        )


def people(chance: random.Random) -> Iterator[PersonFields]:
    """Without end, as they register at a counter."""
    for number in count():
        member_no, name, id_number, phone, occupation, employer, union, district, membership = _row(number, chance)
        yield PersonFields(
            member_no=MemberNo(member_no),
            name=name,
            id_number=id_number,
            phone=phone,
            occupation=occupation,
            employer=employer,
            union=UnionCode(union),
            district=DistrictCode(district),
            membership=Membership(membership),
            consent="2026-1",
        )


def _row(number: int, chance: random.Random) -> tuple[str, ...]:
    given = "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))
    born = f"{chance.randint(1960, 2005)}{chance.randint(1, 12):02}{chance.randint(1, 28):02}"
    digits = f"2101{chance.randint(2, 6):02}{born}{number % 1000:03}"
    return (
        f"SY{number:08}",
        chance.choice(SURNAMES) + given,
        digits + check_character(digits),
        f"13{chance.randrange(10**9):09}",
        "truck_driver",
        "顺达物流",
        f"tx-{number % 300}",
        "210106",
        "approved",
    )
