"""One service item of a catalogue: what can be given at a counter with one touch."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from station_core.catalogue.audience import Audience
from station_core.catalogue.followup import FollowUp
from station_core.catalogue.forms import FormField
from station_core.catalogue.reading import MalformedPack, Table, checked_name, refuse_twice
from station_core.catalogue.rules import Period, Rule
from station_core.catalogue.words import Bilingual, Named
from station_core.ids import ServiceCode

MAX_FEN = 100_000_000
_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,39}")


class ProviderKind(StrEnum):
    """Who gives the service, and is settled with where money is owed."""

    STAFF = "staff"
    BARBER = "barber"
    DOCTOR = "doctor"
    LAWYER = "lawyer"
    MEDIATOR = "mediator"
    COUNSELLOR = "counsellor"
    TEACHER = "teacher"
    SHOP = "shop"
    VENUE = "venue"
    EMPLOYER = "employer"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class Service:
    """`code` is ``pack.item``; `group` is the carriage, zone or counter that it belongs to.

    `unit_value_fen` is what one unit is worth in settlements (fen, 1/100 yuan). `stocked`: an event has so many of it.
    `at_events_only`: not given between events. `on_days`: days of the month on which it is given (empty: every day).
    `follow_up`: giving it opens a case.
    """

    code: ServiceCode
    name: Bilingual
    group: Named
    icon: str
    unit_value_fen: int = 0
    audience: Audience = Audience()
    rules: tuple[Rule, ...] = ()
    stocked: bool = False
    at_events_only: bool = False
    on_days: tuple[int, ...] = ()
    form: tuple[FormField, ...] = ()
    provider: ProviderKind = ProviderKind.STAFF
    follow_up: FollowUp | None = None

    @property
    def needs_member(self) -> bool:
        return self.audience.members_only

    @property
    def needs_event(self) -> bool:
        """Whether it can be given only while an event runs: a stock and a limit per event make no sense without one."""
        return self.at_events_only or self.stocked or any(rule.period is Period.EVENT for rule in self.rules)

    @property
    def needs_person(self) -> bool:
        """Whether it must be known who stands there; all else can be given to passers-by."""
        return self.needs_member or self.audience.narrowed or bool(self.rules)

    @property
    def counted_codes(self) -> frozenset[ServiceCode]:
        """The services whose earlier use must be known to decide about this one."""
        return frozenset({self.code}).union(*(rule.counts for rule in self.rules))

    @classmethod
    def read(cls, table: Table, groups: tuple[Named, ...]) -> Self:
        """Raises MalformedPack."""
        service = cls(
            code=ServiceCode(checked_name(table.take("code"), table.place("code"), _CODE)),
            name=Bilingual.read(table.table("name")),
            group=_read_group(table, groups),
            icon=table.name("icon"),
            unit_value_fen=table.integer("unit_value_fen", least=0, most=MAX_FEN) if table.has("unit_value_fen") else 0,
            audience=Audience.read(table.table("audience")) if table.has("audience") else Audience(),
            rules=table.tables("rules", Rule.read),
            stocked=table.boolean("stocked", default=False),
            at_events_only=table.boolean("at_events_only", default=False),
            on_days=_read_days(table),
            form=table.tables("form", FormField.read),
            provider=table.one_of("provider", ProviderKind) if table.has("provider") else ProviderKind.STAFF,
            follow_up=FollowUp.read(table.table("follow_up")) if table.has("follow_up") else None,
        )
        table.finish()
        refuse_twice(tuple(field.key for field in service.form), table.place("form"), "question")
        return service

    def to_dict(self) -> dict[str, object]:
        written: dict[str, object] = {
            "code": self.code,
            "name": self.name.to_dict(),
            "group": self.group.key,
            "icon": self.icon,
        }
        optional: dict[str, object] = {
            "unit_value_fen": self.unit_value_fen,
            "audience": self.audience.to_dict(),
            "rules": [rule.to_dict() for rule in self.rules],
            "stocked": self.stocked,
            "at_events_only": self.at_events_only,
            "on_days": list(self.on_days),
            "form": [field.to_dict() for field in self.form],
        }
        written |= {key: value for key, value in optional.items() if value}
        if self.provider is not ProviderKind.STAFF:
            written["provider"] = self.provider.value
        if self.follow_up is not None:
            written["follow_up"] = self.follow_up.to_dict()
        return written


def _read_group(table: Table, groups: tuple[Named, ...]) -> Named:
    key = table.name("group")
    for group in groups:
        if group.key == key:
            return group
    raise table.fault("group", f"the pack has no group {key}")


def _read_days(table: Table) -> tuple[int, ...]:
    days: list[int] = []
    for place, value in table.items("on_days"):
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= 31:
            raise MalformedPack(place, "must be a day of the month, 1 to 31")
        if days and value <= days[-1]:
            raise MalformedPack(place, "must be later than the day before it in the list")
        days.append(value)
    return tuple(days)
