"""Which pack is in force where several versions came, and how a service is found by its code."""

from dataclasses import replace
from itertools import permutations

import pytest

from station_core.catalogue import Catalogue, UnknownService, shipped_pack
from station_core.ids import ServiceCode


def test_the_newest_version_is_in_force_whatever_came_first() -> None:
    old, breakfast = shipped_pack("liudong"), shipped_pack("zaocan")
    new = replace(old, version=2)
    for packs in permutations([old, new, breakfast]):
        assert Catalogue.of(packs).packs == (new, breakfast)


def test_a_service_is_found_by_its_code() -> None:
    catalogue = Catalogue.of([shipped_pack("zaocan"), shipped_pack("liudong")])
    assert catalogue.service(ServiceCode("liudong.haircut")).name.zh == "理发"
    assert len(catalogue.services) == len(shipped_pack("zaocan").services) + len(shipped_pack("liudong").services)


@pytest.mark.parametrize("code", ["liudong.nosuch", "goutonghui.haircut", "liudong."])
def test_an_unknown_service_is_named(code: str) -> None:
    with pytest.raises(UnknownService, match=code):
        Catalogue.of([shipped_pack("liudong")]).service(ServiceCode(code))
