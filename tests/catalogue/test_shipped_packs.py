"""The packs in resources/: complete, in one form, and in keeping with the reported figures of their programmes."""

import tomllib

import pytest

from resources import path
from station_core import cbor
from station_core.catalogue import FieldKind, Pack, Period, Rule, shipped_ids, shipped_pack
from station_core.ids import ServiceCode

PROGRAMMES = [
    "bangfu",
    "falv",
    "gongxiang",
    "goutonghui",
    "jianhao",
    "laomo",
    "linfen",
    "linggong",
    "liudong",
    "peixun",
    "tijian",
    "xinyue",
    "yijian",
    "yuegonghui",
    "zaocan",
]

OCCUPATIONS = {
    "truck_driver",
    "courier",
    "delivery_rider",
    "ride_hailing_driver",
    "domestic_worker",
    "care_worker",
    "security_guard",
    "estate_agent",
    "shop_promoter",
    "sanitation_worker",
    "industrial_worker",
    "other",
}


def test_every_programme_has_its_pack() -> None:
    assert list(shipped_ids()) == PROGRAMMES


def test_an_unknown_pack_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        shipped_pack("nosuch")


@pytest.mark.parametrize("pack_id", PROGRAMMES)
def test_a_pack_travels_unchanged(pack_id: str) -> None:
    pack = shipped_pack(pack_id)
    travelled = cbor.encode(pack.to_dict())
    again = Pack.from_dict(cbor.decode(travelled))
    assert again == pack
    assert cbor.encode(again.to_dict()) == travelled
    # What lies in resources is in the one written form: no key that equals its default.
    assert pack.to_dict() == tomllib.loads(path("catalogues", f"{pack_id}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("pack_id", PROGRAMMES)
def test_a_pack_speaks_of_known_occupations_and_uses_its_groups(pack_id: str) -> None:
    pack = shipped_pack(pack_id)
    assert {code for service in pack.services for code in service.audience.occupations} <= OCCUPATIONS
    assert {service.group.key for service in pack.services} == {group.key for group in pack.groups}
    assert pack.text("welcome") is not None
    assert pack.text("nosuch") is None


def test_health_answers_are_sensitive() -> None:
    asked = {
        (field.key, field.sensitive)
        for pack_id in PROGRAMMES
        for service in shipped_pack(pack_id).services
        for field in service.form
        if field.key.endswith(("_mmhg", "_bpm", "_mmol_l", "_kg", "height_cm")) or field.key in {"illness", "fasting"}
    }
    assert len(asked) == 8
    assert all(sensitive for _, sensitive in asked)


def test_the_measurements_of_the_medical_van() -> None:
    form = {field.key: field for field in shipped_pack("liudong").service(ServiceCode("liudong.checkup")).form}
    numbers = [key for key, field in form.items() if field.kind is FieldKind.NUMBER]
    assert numbers == ["height_cm", "weight_kg", "systolic_mmhg", "diastolic_mmhg", "pulse_bpm", "glucose_mmol_l"]
    glucose = form["glucose_mmol_l"].numbers
    assert glucose is not None
    assert glucose.unit is not None
    assert (glucose.decimals, glucose.unit.en) == (1, "mmol/L")


def test_goods_for_hardship_households_come_to_the_reported_sum() -> None:
    goods = shipped_pack("bangfu").service(ServiceCode("bangfu.quarterly_goods"))
    (rule,) = goods.rules
    assert rule.period is Period.QUARTER
    quarters, households = 4, 2_262
    assert goods.unit_value_fen * rule.limit * quarters == 1_200_00
    assert goods.unit_value_fen * rule.limit * quarters * households == 2_714_400_00


def test_lucky_bags_come_to_the_reported_sum() -> None:
    bag = shipped_pack("yuegonghui").service(ServiceCode("yuegonghui.lucky_bag"))
    assert bag.stocked
    assert bag.unit_value_fen * 24_000 == 1_200_000_00


def test_all_dishes_share_one_bowl_a_day() -> None:
    pack = shipped_pack("zaocan")
    codes = frozenset(service.code for service in pack.services)
    assert len(codes) == 5
    for service in pack.services:
        assert service.rules == (Rule(1, Period.DAY, shares="breakfast", counts=codes),)
        assert service.counted_codes == codes
        assert service.unit_value_fen > 0


def test_a_quiz_asks_at_most_the_whole_question_bank() -> None:
    asked = shipped_pack("peixun").service(ServiceCode("peixun.quiz")).form[0].numbers
    assert asked is not None
    assert asked.most == 530
