"""A pack that is not as it should be is refused with the place of the fault; nothing else ever comes of reading it."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_core import cbor
from station_core.catalogue import MalformedPack, Pack, Period, Rule, shipped_ids, shipped_pack
from station_core.ids import ServiceCode

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def words(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def small_pack() -> dict[str, Any]:
    return {
        "format": 1,
        "id": "fair",
        "version": 3,
        "programme": "liudong",
        "name": words("集市"),
        "groups": [{"key": "stall", "name": words("服务台")}],
        "services": [
            {
                "code": "fair.tea",
                "name": words("茶水"),
                "group": "stall",
                "icon": "bowl",
                "rules": [{"limit": 2, "period": "day", "shares": "drinks"}, {"limit": 9, "period": "week"}],
                "audience": {"occupations": ["courier"], "min_age": 18, "who": words("快递员")},
                "form": [
                    {"key": "sugar", "label": words("糖"), "kind": "number", "least": 0, "most": 2.5, "decimals": 1},
                    {
                        "key": "size",
                        "label": words("杯型"),
                        "kind": "choice",
                        "choices": [{"key": "small", "name": words("小")}, {"key": "large", "name": words("大")}],
                    },
                    {"key": "note", "label": words("备注"), "kind": "text", "longest": 20},
                ],
                "on_days": [1, 15],
                "follow_up": {
                    "states": [
                        {"key": "open", "name": words("处理中"), "then": ["done"]},
                        {"key": "done", "name": words("已完成")},
                    ]
                },
            },
            {
                "code": "fair.coffee",
                "name": words("咖啡"),
                "group": "stall",
                "icon": "bowl",
                "rules": [{"limit": 2, "period": "day", "shares": "drinks"}],
            },
        ],
    }


def put(pack: dict[str, Any], path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    holder: Any = pack
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return pack


def test_a_shared_limit_knows_all_the_services_that_count() -> None:
    pack = Pack.from_dict(small_pack())
    both = frozenset({ServiceCode("fair.tea"), ServiceCode("fair.coffee")})
    tea, coffee = pack.services
    assert tea.rules == (Rule(2, Period.DAY, shares="drinks", counts=both), Rule(9, Period.WEEK))
    assert tea.counted_codes == coffee.counted_codes == both
    assert tea.rules[1].counted_codes(tea.code) == {tea.code}
    assert Pack.from_dict(pack.to_dict()) == pack


def test_equal_packs_have_equal_bytes() -> None:
    written = small_pack()
    written["services"][0]["form"][0] |= {"least": 0.0, "required": False}
    written["services"][1] |= {"stocked": False, "provider": "staff", "unit_value_fen": 0, "audience": {}}
    plain, explicit = Pack.from_dict(small_pack()), Pack.from_dict(written)
    assert plain == explicit
    assert cbor.encode(plain.to_dict()) == cbor.encode(explicit.to_dict())


def test_a_pack_without_what_it_must_have() -> None:
    for key in small_pack():
        pack = small_pack()
        del pack[key]
        with pytest.raises(MalformedPack) as caught:
            Pack.from_dict(pack)
        assert caught.value.path in (key, "services[0].group")


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("format",), 2, "format"),
        (("id",), "Fair", "id"),
        (("id",), "other", "services[0].code"),
        (("version",), True, "version"),
        (("version",), 0, "version"),
        (("colour",), "red", "colour"),
        (("name",), "集市", "name"),
        (("name", "zh"), "  ", "name.zh"),
        (("name", "fr"), "foire", "name.fr"),
        (("services",), [], "services"),
        (("services",), {}, "services"),
        (("texts",), {"Not A Key": words("好")}, "texts.Not A Key"),
        (("texts",), {"welcome": "好"}, "texts.welcome"),
        (("texts",), {f"t{number}": words("好") for number in range(501)}, "texts"),
        (("groups", 0, "key"), "counter", "services[0].group"),
        (("services", 1, "code"), "fair.tea", "services"),
        (("services", 1, "code"), "tea", "services[1].code"),
        (("services", 1, "unit_value_fen"), -1, "services[1].unit_value_fen"),
        (("services", 1, "unit_value_fen"), 8.5, "services[1].unit_value_fen"),
        (("services", 1, "provider"), "wizard", "services[1].provider"),
        (("services", 1, "stocked"), 1, "services[1].stocked"),
        (("services", 1, "on_days"), [32], "services[1].on_days[0]"),
        (("services", 1, "on_days"), [True], "services[1].on_days[0]"),
        (("services", 1, "on_days"), [18, 18], "services[1].on_days[1]"),
        (("services", 0, "rules", 0, "limit"), 0, "services[0].rules[0].limit"),
        (("services", 0, "rules", 1, "period"), "fortnight", "services[0].rules[1].period"),
        (("services", 0, "rules", 1, "period"), ["day"], "services[0].rules[1].period"),
        (("services", 0, "rules", 1, "per"), "street", "services[0].rules[1].per"),
        (("services", 1, "rules", 0, "limit"), 3, "services[1].rules[0]"),
        (("services", 0, "audience", "occupations"), ["courier", "courier"], "services[0].audience.occupations"),
        (("services", 0, "audience", "districts"), ["2101"], "services[0].audience.districts[0]"),
        (("services", 0, "audience", "max_age"), 17, "services[0].audience.max_age"),
        (("services", 0, "audience"), {"occupations": ["courier"]}, "services[0].audience.who"),
        (("services", 0, "form", 0, "most"), -1, "services[0].form[0].most"),
        (("services", 0, "form", 0, "most"), float("nan"), "services[0].form[0].most"),
        (("services", 0, "form", 0, "most"), float("inf"), "services[0].form[0].most"),
        (("services", 0, "form", 0, "most"), 10**400, "services[0].form[0].most"),
        (("services", 0, "form", 0, "decimals"), 5, "services[0].form[0].decimals"),
        (("services", 0, "name", "zh"), "长" * 2001, "services[0].name.zh"),
        (("services", 0, "audience", "occupations"), ["courier"] * 501, "services[0].audience.occupations"),
        (("services", 0, "form", 0, "longest"), 20, "services[0].form[0].longest"),
        (("services", 0, "form", 1, "choices"), [], "services[0].form[1].choices"),
        (("services", 0, "form", 1, "choices", 1, "key"), "small", "services[0].form[1].choices"),
        (("services", 0, "form", 1, "key"), "sugar", "services[0].form"),
        (("services", 0, "follow_up", "due_days"), 0, "services[0].follow_up.due_days"),
    ],
)
def test_a_fault_is_named_by_its_place(path: tuple[str | int, ...], value: object, place: str) -> None:
    with pytest.raises(MalformedPack) as caught:
        Pack.from_dict(put(small_pack(), path, value))
    assert caught.value.path == place
    assert str(caught.value) == f"{place}: {caught.value.why}"


@pytest.mark.parametrize(
    ("states", "why"),
    [
        ([("open", ())], "must have a beginning and an end"),
        ([("open", ("done",)), ("open", ())], "has the state open twice"),
        ([("open", ("gone",)), ("done", ())], "has no state gone, which open leads to"),
        ([("open", ()), ("done", ())], "never comes to done"),
        ([("open", ("done", "loop")), ("done", ()), ("loop", ("loop",))], "never comes from loop to an end"),
    ],
)
def test_a_case_must_be_able_to_come_to_its_end(states: list[tuple[str, tuple[str, ...]]], why: str) -> None:
    written = [{"key": key, "name": words(key), "then": list(then)} for key, then in states]
    with pytest.raises(MalformedPack) as caught:
        Pack.from_dict(put(small_pack(), ("services", 0, "follow_up", "states"), written))
    assert (caught.value.path, caught.value.why) == ("services[0].follow_up.states", why)


def test_a_case_moves_along_its_states() -> None:
    follow_up = shipped_pack("falv").service(ServiceCode("falv.dispute")).follow_up
    assert follow_up is not None
    assert (follow_up.first.key, follow_up.due_days) == ("taken", 20)
    for current, following in [("taken", "mediation"), ("mediation", "arbitration"), ("arbitration", "court")]:
        assert follow_up.may_move(current, following)
    assert not follow_up.may_move("taken", "court")
    assert follow_up.state("settled").final
    with pytest.raises(KeyError):
        follow_up.may_move("nosuch", "court")


junk = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=3),
    st.binary(max_size=3),
    st.just([]),
    st.just({}),
)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(place for step, child in inner for place in places(child, (*path, step)))]


@unhurried
@given(data=st.data())
def test_junk_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    written = copy.deepcopy(shipped_pack(data.draw(st.sampled_from(shipped_ids()))).to_dict())
    place = data.draw(st.sampled_from(places(written)[1:]))
    put(written, place, data.draw(junk))
    try:
        pack = Pack.from_dict(written)
    except MalformedPack:
        return
    assert Pack.from_dict(cbor.decode(cbor.encode(pack.to_dict()))) == pack


@unhurried
@given(junk)
def test_what_is_no_pack_at_all_is_refused(value: object) -> None:
    with pytest.raises(MalformedPack):
        Pack.from_dict(value)
