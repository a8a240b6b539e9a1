"""Which records go beyond a service's rules: what counters that were apart could not know of each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from station_core.catalogue import Per, Rule, Service
from station_core.clock import HybridTime
from station_core.entitlement.facts import Usage, UsageEntry
from station_core.entitlement.limits import used
from station_core.ids import EventId, RecordId, ServiceCode, WriterId


@dataclass(frozen=True, slots=True)
class Use:
    """A service record that counts. `member` is any name of the one person who had it; `household` "" for none."""

    id: RecordId
    member: bytes
    household: str
    service: ServiceCode
    on: date
    event_id: EventId | None
    quantity: int
    at: HybridTime
    writer: WriterId

    @property
    def entry(self) -> UsageEntry:
        return UsageEntry(self.service, self.on, self.event_id, self.quantity)


@dataclass(frozen=True, slots=True)
class Excess:
    """`use` is beyond `rule`: with it `used` instead of `rule.limit`. `first` is the earliest of those that count."""

    use: Use
    rule: Rule
    used: int
    first: Use | None


def overuse(uses: Iterable[Use], service: Service) -> Iterator[Excess]:
    """Of all records of some people (and their households), those of `service` that its rules do not allow.

    Earlier ones count before later ones, by (at, writer), and what is beyond a rule uses nothing up. So the answer
    follows from the records alone, and voiding what is found puts everything right.
    """
    counted = _Counted()
    for use in sorted(uses, key=lambda use: (use.at, use.writer, use.id)):
        excess = _beyond(use, counted, service) if use.service == service.code else None
        if excess is None:
            counted.add(use)
        else:
            yield excess


class _Counted:
    """The records that count so far, by whose they are."""

    def __init__(self) -> None:
        self._of_member: dict[bytes, list[Use]] = defaultdict(list)
        self._of_household: dict[str, list[Use]] = defaultdict(list)

    def add(self, use: Use) -> None:
        self._of_member[use.member].append(use)
        if use.household:
            self._of_household[use.household].append(use)

    def own(self, use: Use) -> list[Use]:
        return self._of_member[use.member]

    def others(self, use: Use) -> list[Use]:
        return [other for other in self._of_household[use.household] if other.member != use.member]


def _beyond(use: Use, counted: _Counted, service: Service) -> Excess | None:
    own, others, with_it = counted.own(use), counted.others(use), _alone(use)
    before = Usage(tuple(other.entry for other in own), tuple(other.entry for other in others))
    for rule in service.rules:
        total = sum(used(rule, service, usage, use.on, use.event_id) for usage in (before, with_it))
        if total > rule.limit:
            counting = [*own, *others] if rule.per is Per.HOUSEHOLD else own
            return Excess(use, rule, total, _first(rule, service, counting, use))
    return None


def _first(rule: Rule, service: Service, before: list[Use], use: Use) -> Use | None:
    """The earliest of `before` that counts against `rule` on the day of `use`."""
    counting = (other for other in before if used(rule, service, _alone(other), use.on, use.event_id))
    return min(counting, key=lambda other: (other.at, other.writer), default=None)


def _alone(use: Use) -> Usage:
    return Usage((use.entry,))
