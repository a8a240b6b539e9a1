"""Each verdict, its details, and which is said first."""

from dataclasses import replace
from datetime import date

import pytest

from station_core.catalogue import Audience, Bilingual, Named, Per, Period, Rule, Service
from station_core.entitlement import (
    Entitlement,
    EventFacts,
    PersonFacts,
    Reason,
    Usage,
    UsageEntry,
    Verdict,
    decide,
)
from station_core.ids import DistrictCode, EventId, ServiceCode, UnionCode

WORDS = Bilingual("茶", "tea")
TEA = Service(ServiceCode("fair.tea"), WORDS, Named("stall", WORDS), "bowl")
TODAY = date(2026, 11, 24)  # a Tuesday
PARK = EventFacts(EventId("park"), date(2026, 11, 23), date(2026, 11, 25), {TEA.code: 5})
ANYONE = PersonFacts()
DRIVER = PersonFacts(
    is_member=True,
    occupation="truck_driver",
    unions=frozenset({UnionCode("SY-YH-01"), UnionCode("SY-YH"), UnionCode("SY")}),
    district=DistrictCode("210114"),
    household_groups=frozenset({"hardship"}),
    born_on=date(1980, 5, 1),
)


def had(*on: str, code: str = "fair.tea", event: str | None = None, quantity: int = 1) -> tuple[UsageEntry, ...]:
    event_id = None if event is None else EventId(event)
    return tuple(UsageEntry(ServiceCode(code), date.fromisoformat(day), event_id, quantity) for day in on)


def limited(*rules: Rule) -> Service:
    return replace(TEA, rules=rules)


def test_without_rules_everybody_may_have_it() -> None:
    assert decide(TEA, ANYONE, Usage(had("2026-11-24")), None, TODAY) == Entitlement(Verdict.ALLOWED, TODAY)
    assert decide(TEA, None, Usage(), None, TODAY).allowed


@pytest.mark.parametrize(
    ("period", "still_counts", "counts_no_more", "again_on"),
    [
        (Period.DAY, "2026-11-24", "2026-11-23", "2026-11-25"),
        (Period.WEEK, "2026-11-23", "2026-11-22", "2026-11-30"),
        (Period.MONTH, "2026-11-01", "2026-10-31", "2026-12-01"),
        (Period.QUARTER, "2026-10-01", "2026-09-30", "2027-01-01"),
        (Period.YEAR, "2026-01-01", "2025-12-31", "2027-01-01"),
    ],
)
def test_a_limit_per_period(period: Period, still_counts: str, counts_no_more: str, again_on: str) -> None:
    service = limited(Rule(2, period))
    assert decide(service, DRIVER, Usage(had(counts_no_more) * 2), None, TODAY).remaining == 2
    assert decide(service, DRIVER, Usage(had(still_counts)), None, TODAY).remaining == 1
    assert decide(service, DRIVER, Usage(had(still_counts, quantity=2)), None, TODAY) == Entitlement(
        Verdict.USED_UP, TODAY, remaining=0, again_on=date.fromisoformat(again_on), rule=service.rules[0]
    )


def test_once_per_event_and_once_ever_name_no_day() -> None:
    per_event, ever = limited(Rule(1, Period.EVENT)), limited(Rule(1, Period.EVER))
    assert decide(per_event, DRIVER, Usage(had("2026-11-23", event="square")), PARK, TODAY).remaining == 1
    assert decide(per_event, DRIVER, Usage(had("2026-11-24")), PARK, TODAY).remaining == 1
    for service, usage in [
        (per_event, Usage(had("2026-11-23", event="park"))),
        (ever, Usage(had("1999-01-01"))),
    ]:
        used_up = decide(service, DRIVER, usage, PARK, TODAY)
        assert (used_up.verdict, used_up.again_on, used_up.rule) == (Verdict.USED_UP, None, service.rules[0])


def test_of_several_rules_the_strictest_speaks() -> None:
    day, month, event = Rule(1, Period.DAY), Rule(3, Period.MONTH), Rule(4, Period.EVENT)
    service = limited(day, month, event)
    today_only = decide(service, DRIVER, Usage(had("2026-11-24", event="park")), PARK, TODAY)
    assert (today_only.rule, today_only.again_on) == (day, date(2026, 11, 25))
    whole_month = decide(service, DRIVER, Usage(had("2026-11-24", "2026-11-02", "2026-11-03")), PARK, TODAY)
    assert (whole_month.rule, whole_month.again_on) == (month, date(2026, 12, 1))
    whole_event = decide(service, DRIVER, Usage(had("2026-11-24", event="park", quantity=4)), PARK, TODAY)
    assert (whole_event.rule, whole_event.again_on) == (event, None)
    assert decide(service, DRIVER, Usage(had("2026-11-02", "2026-11-03")), PARK, TODAY).remaining == 1


def test_the_order_of_rules_does_not_matter_but_between_equals() -> None:
    quarter, year = Rule(1, Period.QUARTER), Rule(1, Period.YEAR)
    usage = Usage(had("2026-11-01"))
    assert decide(limited(quarter, year), DRIVER, usage, None, TODAY).rule == quarter
    assert decide(limited(year, quarter), DRIVER, usage, None, TODAY).rule == year
    assert decide(limited(year, quarter), DRIVER, usage, None, TODAY).again_on == date(2027, 1, 1)


def test_a_limit_per_household_counts_the_others_too() -> None:
    own, household = limited(Rule(2, Period.QUARTER)), limited(Rule(2, Period.QUARTER, Per.HOUSEHOLD))
    usage = Usage(person=had("2026-10-02"), others_of_household=had("2026-11-02"))
    assert decide(own, DRIVER, usage, None, TODAY).remaining == 1
    assert decide(household, DRIVER, usage, None, TODAY).verdict is Verdict.USED_UP


def test_a_shared_limit_counts_the_services_that_share_it_and_no_others() -> None:
    both = frozenset({TEA.code, ServiceCode("fair.coffee")})
    service = limited(Rule(2, Period.DAY, shares="drinks", counts=both), Rule(2, Period.WEEK))
    coffees = Usage(had("2026-11-24", code="fair.coffee") * 2 + had("2026-11-24", code="fair.cake") * 5)
    shared = decide(service, DRIVER, coffees, None, TODAY)
    assert (shared.verdict, shared.again_on) == (Verdict.USED_UP, date(2026, 11, 25))
    assert decide(service, DRIVER, coffees, None, date(2026, 11, 25)).remaining == 2


def test_more_given_than_allowed_leaves_nothing_rather_than_less() -> None:
    service = replace(limited(Rule(1, Period.DAY)), stocked=True)
    assert decide(service, DRIVER, Usage(had("2026-11-24") * 3), PARK, TODAY).remaining == 0
    overdrawn = replace(PARK, left={TEA.code: -2})
    assert decide(service, DRIVER, Usage(), overdrawn, TODAY) == Entitlement(Verdict.NONE_LEFT, TODAY, stock_left=0)


def test_the_stock_of_an_event() -> None:
    service = replace(limited(Rule(9, Period.EVENT)), stocked=True)
    allowed = decide(service, DRIVER, Usage(), PARK, TODAY)
    assert (allowed.verdict, allowed.remaining, allowed.stock_left) == (Verdict.ALLOWED, 5, 5)
    last = decide(service, DRIVER, Usage(), replace(PARK, left={TEA.code: 1}), TODAY)
    assert (last.remaining, last.stock_left) == (1, 1)
    unnumbered = decide(service, DRIVER, Usage(), replace(PARK, left={}), TODAY)
    assert (unnumbered.remaining, unnumbered.stock_left) == (9, None)
    unstocked = decide(TEA, DRIVER, Usage(), replace(PARK, left={TEA.code: 0}), TODAY)
    assert (unstocked.verdict, unstocked.stock_left) == (Verdict.ALLOWED, None)


@pytest.mark.parametrize(
    "service",
    [replace(TEA, at_events_only=True), replace(TEA, stocked=True), limited(Rule(1, Period.EVENT))],
    ids=["events only", "stocked", "limit per event"],
)
def test_closed_outside_the_event(service: Service) -> None:
    def closed(event: EventFacts | None, day: date) -> tuple[Verdict, Reason | None, date | None]:
        answer = decide(service, DRIVER, Usage(), event, day)
        return answer.verdict, answer.reason, answer.again_on

    assert closed(None, TODAY) == (Verdict.CLOSED, Reason.NO_EVENT, None)
    assert closed(PARK, date(2026, 11, 22)) == (Verdict.CLOSED, Reason.EVENT_NOT_BEGUN, date(2026, 11, 23))
    assert closed(PARK, date(2026, 11, 26)) == (Verdict.CLOSED, Reason.EVENT_OVER, None)
    for day in (23, 24, 25):
        assert closed(PARK, date(2026, 11, day))[0] is Verdict.ALLOWED
    assert decide(TEA, DRIVER, Usage(), None, TODAY).allowed


def test_a_service_of_certain_days() -> None:
    service = replace(limited(Rule(1, Period.MONTH)), on_days=(18,))
    other_day = decide(service, DRIVER, Usage(), None, TODAY)
    assert (other_day.verdict, other_day.reason) == (Verdict.CLOSED, Reason.OTHER_DAY)
    assert other_day.again_on == date(2026, 12, 18)
    assert decide(service, DRIVER, Usage(), None, date(2026, 12, 18)).allowed
    had_it = decide(service, DRIVER, Usage(had("2026-11-18")), None, date(2026, 11, 18))
    assert (had_it.verdict, had_it.again_on) == (Verdict.USED_UP, date(2026, 12, 18))


def narrowed(**to: object) -> Audience:
    return replace(Audience(who=WORDS), **to)  # type: ignore[arg-type]  # each case names one field


@pytest.mark.parametrize(
    ("audience", "reason"),
    [
        (narrowed(members_only=True), Reason.NOT_A_MEMBER),
        (narrowed(occupations=("courier", "truck_driver")), Reason.OCCUPATION),
        (narrowed(unions=(UnionCode("SY-YH"),)), Reason.UNION),
        (narrowed(districts=(DistrictCode("210114"),)), Reason.DISTRICT),
        (narrowed(household_groups=("hardship",)), Reason.HOUSEHOLD),
        (narrowed(min_age=18), Reason.AGE),
        (narrowed(max_age=60), Reason.AGE),
    ],
)
def test_whom_it_is_for(audience: Audience, reason: Reason) -> None:
    service = replace(TEA, audience=audience)
    assert decide(service, DRIVER, Usage(), None, TODAY).allowed
    assert decide(service, ANYONE, Usage(), None, TODAY) == Entitlement(
        Verdict.NOT_FOR_YOU, TODAY, reason=reason, audience=audience
    )
    assert decide(service, None, Usage(), None, TODAY).reason is Reason.UNKNOWN_PERSON


@pytest.mark.parametrize(
    ("audience", "changed", "reason"),
    [
        (narrowed(occupations=("courier",)), {}, Reason.OCCUPATION),
        (narrowed(unions=(UnionCode("SY-YH"),)), {"unions": frozenset({UnionCode("SY")})}, Reason.UNION),
        (narrowed(min_age=18, max_age=60), {"born_on": date(2008, 11, 25)}, Reason.AGE),
        (narrowed(min_age=18, max_age=60), {"born_on": date(1965, 11, 24)}, Reason.AGE),
        (narrowed(min_age=18, max_age=60), {"born_on": date(2008, 11, 24)}, None),
        (narrowed(min_age=18, max_age=60), {"born_on": date(1965, 11, 25)}, None),
        (narrowed(members_only=True, occupations=("courier",)), {"is_member": False}, Reason.NOT_A_MEMBER),
    ],
)
def test_who_is_just_outside(audience: Audience, changed: dict[str, object], reason: Reason | None) -> None:
    person = replace(DRIVER, **changed)  # type: ignore[arg-type]  # each case names one field
    assert decide(replace(TEA, audience=audience), person, Usage(), None, TODAY).reason is reason


@pytest.mark.parametrize(
    ("wanted", "lives_in_it"),
    [
        ("210114", True),
        ("210100", True),
        ("210000", True),
        ("210106", False),
        ("210200", False),
        ("211000", False),
        ("220000", False),
    ],
)
def test_a_city_covers_its_districts(wanted: str, lives_in_it: bool) -> None:
    service = replace(TEA, audience=narrowed(districts=(DistrictCode(wanted),)))
    assert decide(service, DRIVER, Usage(), None, TODAY).allowed is lives_in_it


def test_a_limit_needs_a_known_person() -> None:
    refused = decide(limited(Rule(1, Period.DAY)), None, Usage(), None, TODAY)
    assert (refused.verdict, refused.reason) == (Verdict.NOT_FOR_YOU, Reason.UNKNOWN_PERSON)


def test_what_lasts_longest_is_said_first() -> None:
    service = replace(limited(Rule(1, Period.MONTH)), audience=narrowed(members_only=True), stocked=True, on_days=(18,))
    empty = replace(PARK, left={TEA.code: 0})
    used = Usage(had("2026-11-18"))
    assert decide(service, ANYONE, used, empty, TODAY).verdict is Verdict.NOT_FOR_YOU
    assert decide(service, DRIVER, used, empty, TODAY).verdict is Verdict.USED_UP
    assert decide(service, DRIVER, Usage(), empty, TODAY).verdict is Verdict.CLOSED
    assert decide(replace(service, on_days=()), DRIVER, Usage(), empty, TODAY).verdict is Verdict.NONE_LEFT
