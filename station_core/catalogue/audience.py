"""Whom a service is for."""

import re
from dataclasses import dataclass
from typing import Self

from station_core.catalogue.reading import Table
from station_core.catalogue.words import Bilingual
from station_core.ids import DistrictCode, UnionCode

MAX_AGE = 150
_DISTRICT = re.compile(r"[1-9][0-9]{5}")
_UNION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True, slots=True)
class Audience:
    """Everyone, unless it is narrowed. Within one list any entry will do; every list that is not empty must be met.

    `unions` hold for the organisations below them too, `districts` (GB/T 2260) likewise: 210100 is all of a city,
    210000 all of a province. `household_groups` are lists on which a household stands, such as ``hardship``. Ages are
    in full years, both ends included. `who` says all this in words and must stand where anything but membership
    narrows the audience.
    """

    members_only: bool = False
    occupations: tuple[str, ...] = ()
    unions: tuple[UnionCode, ...] = ()
    districts: tuple[DistrictCode, ...] = ()
    household_groups: tuple[str, ...] = ()
    min_age: int | None = None
    max_age: int | None = None
    who: Bilingual | None = None

    @property
    def narrowed(self) -> bool:
        """Whether more than membership is asked for."""
        lists = (self.occupations, self.unions, self.districts, self.household_groups)
        return any(lists) or self.min_age is not None or self.max_age is not None

    @classmethod
    def read(cls, table: Table) -> Self:
        """Raises MalformedPack."""
        audience = cls(
            members_only=table.boolean("members_only", default=False),
            occupations=table.names("occupations"),
            unions=tuple(UnionCode(code) for code in table.names("unions", _UNION)),
            districts=tuple(DistrictCode(code) for code in table.names("districts", _DISTRICT)),
            household_groups=table.names("household_groups"),
            min_age=table.integer("min_age", least=0, most=MAX_AGE) if table.has("min_age") else None,
            max_age=table.integer("max_age", least=0, most=MAX_AGE) if table.has("max_age") else None,
            who=Bilingual.read(table.table("who")) if table.has("who") else None,
        )
        table.finish()
        audience._refuse_nonsense(table)
        return audience

    def _refuse_nonsense(self, table: Table) -> None:
        if self.min_age is not None and self.max_age is not None and self.min_age > self.max_age:
            raise table.fault("max_age", "is below min_age")
        if self.narrowed and self.who is None:
            raise table.fault("who", "must say in words whom the service is for")

    def to_dict(self) -> dict[str, object]:
        written: dict[str, object] = {
            "members_only": self.members_only,
            "occupations": list(self.occupations),
            "unions": list(self.unions),
            "districts": list(self.districts),
            "household_groups": list(self.household_groups),
        }
        written = {key: value for key, value in written.items() if value}
        for key, age in (("min_age", self.min_age), ("max_age", self.max_age)):
            if age is not None:
                written[key] = age
        if self.who is not None:
            written["who"] = self.who.to_dict()
        return written
