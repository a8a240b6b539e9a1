"""Which records are beyond a service's rules, whatever the order in which they became known."""

import itertools
from dataclasses import replace
from datetime import date

from station_core.catalogue import Per, Period, Rule, Service, shipped_pack
from station_core.clock import HybridTime
from station_core.entitlement import Use, overuse
from station_core.ids import EventId, RecordId, ServiceCode, WriterId

HAIRCUT = shipped_pack("liudong").service(ServiceCode("liudong.haircut"))
TEA = ServiceCode("liudong.tea")
PARK, QUAY = EventId("park"), EventId("quay")
NOVEMBER, DECEMBER = date(2026, 11, 24), date(2026, 12, 1)


def service(*rules: Rule) -> Service:
    return replace(HAIRCUT, rules=rules)


def use(number: int, at: int, **facts: object) -> Use:
    made = Use(
        id=RecordId(bytes([number]) * 16),
        member=b"wang",
        household="",
        service=HAIRCUT.code,
        on=NOVEMBER,
        event_id=PARK,
        quantity=1,
        at=HybridTime(at),
        writer=WriterId(b"east"),
    )
    return replace(made, **facts)  # type: ignore[arg-type]


def beyond(uses: list[Use], *rules: Rule) -> list[int]:
    """The numbers of the records that are too much; the same for every order."""
    found = {tuple(excess.use.id[0] for excess in overuse(order, service(*rules))) for order in _orders(uses)}
    assert len(found) == 1
    return list(found.pop())


def _orders(uses: list[Use]) -> list[tuple[Use, ...]]:
    return list(itertools.permutations(uses))


def test_the_earliest_counts_and_of_equal_times_the_lower_writer() -> None:
    once = Rule(1, Period.MONTH)
    assert beyond([use(1, 5), use(2, 4)], once) == [1]
    assert beyond([use(1, 4, writer=WriterId(b"west")), use(2, 4)], once) == [1]
    (excess,) = overuse([use(1, 5), use(2, 4)], service(once))
    assert (excess.rule, excess.used, excess.first) == (once, 2, use(2, 4))


def test_what_is_beyond_a_rule_uses_nothing_up() -> None:
    twice = Rule(2, Period.EVENT)
    assert beyond([use(1, 1), use(2, 2, quantity=2), use(3, 3), use(4, 4)], twice) == [2, 4]


def test_one_record_can_be_too_much_by_itself() -> None:
    (excess,) = overuse([use(1, 1, quantity=3)], service(Rule(2, Period.DAY)))
    assert (excess.used, excess.first) == (3, None)


def test_periods_people_and_events_are_kept_apart() -> None:
    uses = [use(1, 1), use(2, 2, on=DECEMBER), use(3, 3, member=b"li")]
    assert beyond(uses, Rule(1, Period.MONTH)) == []
    assert beyond(uses, Rule(1, Period.EVER)) == [2]
    assert beyond([use(1, 1), use(2, 2, event_id=QUAY), use(3, 3, event_id=None)], Rule(1, Period.EVENT)) == []


def test_a_household_counts_together() -> None:
    uses = [use(1, 1, household="h1"), use(2, 2, household="h1", member=b"li"), use(3, 3, member=b"zhou")]
    assert beyond(uses, Rule(1, Period.MONTH, Per.HOUSEHOLD)) == [2]
    assert beyond(uses, Rule(1, Period.MONTH)) == []


def test_services_that_share_a_limit_count_and_are_judged_by_their_own_rules() -> None:
    shared = Rule(1, Period.DAY, shares="bowl", counts=frozenset({HAIRCUT.code, TEA}))
    assert beyond([use(1, 1, service=TEA), use(2, 2)], shared) == [2]
    assert beyond([use(1, 2, service=TEA), use(2, 1)], shared) == []
