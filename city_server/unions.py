"""The transit unions (周转库) of a city's districts, where people without an employer's union belong."""

from resources.texts import Language, say
from station_core.ids import DistrictCode, UnionCode
from station_core.people.regions import Region, divisions_of, full_name, region
from station_core.records.base import Record
from station_core.records.documents import UnionOrganisation, UnionsPublished

_MUNICIPALITIES = frozenset({"11", "12", "31", "50"})
"""Beijing, Tianjin, Shanghai, Chongqing: there the province is the city."""


def city_code(code: str) -> str:
    """The city that a district's code belongs to: its prefecture, or the province where it has none (Beijing)."""
    prefecture = code[:4] + "00"
    return prefecture if region(prefecture) is not None else code[:2] + "0000"


def districts_of(code: str) -> tuple[Region, ...]:
    """Today's districts of the city `code`; the city itself where it has none (Dongguan)."""
    below = divisions_of(code)
    itself = region(code)
    if below or itself is None:
        return below
    return (itself,)


def unions_records(code: str) -> list[Record]:
    """One record a district of the city `code`, each with its transit union."""
    return [
        UnionsPublished(district=district.code, unions=(transit_union(district.code),))
        for district in districts_of(code)
    ]


def transit_union(district: DistrictCode) -> UnionOrganisation:
    """The transit union of `district`, named with its city: 沈阳市沈河区总工会周转库."""
    name = say(Language.CHINESE, "city.transit_union", place=place_name(district))
    return UnionOrganisation(code=UnionCode(f"{district}-transit"), name=name, district=district, transit=True)


def place_name(code: str) -> str:
    """`code` by name from its city on: 沈阳市沈河区, 北京市东城区. The province is left out where it is none itself."""
    province = region(code[:2] + "0000")
    if province is None or province.code == code or code[:2] in _MUNICIPALITIES:
        return full_name(code)
    return full_name(code).removeprefix(province.name)
