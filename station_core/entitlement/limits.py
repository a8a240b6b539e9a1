"""How much of a rule is used, and when the rules let a person have a service again."""

from datetime import date

from station_core.catalogue import Per, Period, Rule, Service
from station_core.entitlement.facts import Usage
from station_core.entitlement.periods import next_given_day, span
from station_core.ids import EventId


def used(rule: Rule, service: Service, usage: Usage, day: date, event_id: EventId | None) -> int:
    """How many count against `rule` of `service` in the period in which `day` lies."""
    entries = usage.person + (usage.others_of_household if rule.per is Per.HOUSEHOLD else ())
    codes = rule.counted_codes(service.code)
    counted = [entry for entry in entries if entry.service in codes]
    period = span(rule.period, day)
    if period is not None:
        return sum(entry.quantity for entry in counted if entry.on in period)
    if rule.period is Period.EVENT:
        return sum(entry.quantity for entry in counted if event_id is not None and entry.event_id == event_id)
    return sum(entry.quantity for entry in counted)


def remaining(service: Service, usage: Usage, day: date, event_id: EventId | None) -> int | None:
    """The least that any rule leaves, None without rules; below zero where counters apart gave more than there was."""
    left = [rule.limit - used(rule, service, usage, day, event_id) for rule in service.rules]
    return min(left, default=None)


def strictest_met(
    service: Service, usage: Usage, day: date, event_id: EventId | None
) -> tuple[Rule, date | None] | None:
    """Of the rules that are used up on `day`, the one that keeps the person waiting longest; of equals, the first.

    With it the first day after its period (None: no calendar ends it). None where no rule is used up.
    """
    met: list[tuple[Rule, date | None]] = []
    for rule in service.rules:
        if used(rule, service, usage, day, event_id) >= rule.limit:
            period = span(rule.period, day)
            met.append((rule, None if period is None else period.following))
    return max(met, key=lambda pair: pair[1] or date.max, default=None)


def allowed_again(service: Service, usage: Usage, day: date, event_id: EventId | None) -> date | None:
    """The first day from `day` on that is a day of the service and has no rule used up; None where none will come."""
    day = next_given_day(service.on_days, day)
    # Ends: every step goes forward, and after the last entry no calendar period can be full.
    while (met := strictest_met(service, usage, day, event_id)) is not None:
        _, following = met
        if following is None:
            return None
        day = next_given_day(service.on_days, following)
    return day
