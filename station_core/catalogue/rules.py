"""How often a service may be had: so many per period, for a person or a household, alone or with other services."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from station_core.catalogue.reading import Table
from station_core.ids import ServiceCode

MAX_LIMIT = 1_000_000


class Period(StrEnum):
    """The time within which a limit counts. Calendar periods are those of local dates; weeks start on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    EVENT = "event"
    EVER = "ever"


class Per(StrEnum):
    """Whose use is counted."""

    MEMBER = "member"
    """The person alone, a member or not yet one."""

    HOUSEHOLD = "household"
    """Everyone of the person's household together."""


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `limit` per `period`.

    `shares` names a limit group of the pack: all its services are counted together ("one bowl a day, whichever dish").
    `counts` are the services of that group, this one included: filled in by the pack, empty where nothing is shared.
    """

    limit: int
    period: Period
    per: Per = Per.MEMBER
    shares: str | None = None
    counts: frozenset[ServiceCode] = frozenset()

    def counted_codes(self, own: ServiceCode) -> frozenset[ServiceCode]:
        """The services whose use counts against this limit, for a rule of the service `own`."""
        return self.counts | {own}

    @classmethod
    def read(cls, table: Table) -> Self:
        """Raises MalformedPack. `counts` stays empty until the whole pack is known."""
        rule = cls(
            limit=table.integer("limit", least=1, most=MAX_LIMIT),
            period=table.one_of("period", Period),
            per=table.one_of("per", Per) if table.has("per") else Per.MEMBER,
            shares=table.name("shares") if table.has("shares") else None,
        )
        table.finish()
        return rule

    def to_dict(self) -> dict[str, object]:
        written: dict[str, object] = {"limit": self.limit, "period": self.period.value}
        if self.per is not Per.MEMBER:
            written["per"] = self.per.value
        if self.shares is not None:
            written["shares"] = self.shares
        return written
