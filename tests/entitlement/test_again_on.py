"""The promise "again on": whatever the rules and whatever was had, it holds, and no earlier day would have done."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station_core.catalogue import Bilingual, Named, Per, Period, Rule, Service
from station_core.entitlement import Entitlement, EventFacts, PersonFacts, Usage, UsageEntry, Verdict, decide
from station_core.entitlement.periods import span
from station_core.ids import EventId, ServiceCode

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
WORDS = Bilingual("面", "noodles")
CODES = [ServiceCode("fair.tea"), ServiceCode("fair.coffee"), ServiceCode("fair.cake")]
DRINKS = frozenset(CODES[:2])
EVENTS = [None, EventId("park"), EventId("square")]
ALWAYS = EventFacts(EventId("park"), date(2000, 1, 1), date(2100, 1, 1))

rules = st.builds(
    lambda limit, period, per, shared: Rule(
        limit, period, per, "drinks" if shared else None, DRINKS if shared else frozenset()
    ),
    st.integers(1, 4),
    st.sampled_from(Period),
    st.sampled_from(Per),
    st.booleans(),
)
given_days = st.one_of(
    st.just(()), st.sets(st.integers(1, 31), min_size=1, max_size=3).map(lambda days: tuple(sorted(days)))
)
services = st.builds(
    lambda rules, on_days: Service(CODES[0], WORDS, Named("stall", WORDS), "bowl", rules=tuple(rules), on_days=on_days),
    st.lists(rules, min_size=1, max_size=3),
    given_days,
)
today = st.dates(date(2023, 12, 1), date(2025, 3, 31))


@st.composite
def situations(draw: st.DrawFn) -> tuple[Service, Usage, date]:
    day = draw(today)
    entry = st.builds(
        UsageEntry,
        st.sampled_from(CODES),
        st.integers(0, 120).map(lambda ago: day - timedelta(days=ago)),
        st.sampled_from(EVENTS),
        st.integers(1, 2),
    )
    some = st.lists(entry, max_size=6).map(tuple)
    return draw(services), Usage(draw(some), draw(some)), day


def ask(service: Service, usage: Usage, day: date) -> Entitlement:
    return decide(service, PersonFacts(), usage, ALWAYS, day)


@unhurried
@given(situations())
def test_it_is_allowed_on_the_promised_day_and_not_before(situation: tuple[Service, Usage, date]) -> None:
    service, usage, day = situation
    answer = ask(service, usage, day)
    if answer.again_on is None:
        return
    assert answer.again_on > day
    assert ask(service, usage, answer.again_on).allowed
    before = (day + timedelta(days=ahead) for ahead in range((answer.again_on - day).days))
    assert not any(ask(service, usage, earlier).allowed for earlier in before)


@unhurried
@given(situations())
def test_the_promised_day_lies_outside_the_period_that_is_used_up(situation: tuple[Service, Usage, date]) -> None:
    service, usage, day = situation
    answer = ask(service, usage, day)
    if answer.verdict is not Verdict.USED_UP:
        return
    assert answer.rule is not None
    period = span(answer.rule.period, day)
    assert (period is None) == (answer.again_on is None)
    if period is not None and answer.again_on is not None:
        assert answer.again_on not in period


@unhurried
@given(situations())
def test_remaining_is_exactly_what_may_still_be_given(situation: tuple[Service, Usage, date]) -> None:
    service, usage, day = situation
    answer = ask(service, usage, day)
    if not answer.allowed:
        return
    assert answer.remaining is not None
    assert answer.remaining >= 1
    one = UsageEntry(service.code, day, ALWAYS.id)
    almost = replace(usage, person=usage.person + (one,) * (answer.remaining - 1))
    assert ask(service, almost, day).remaining == 1
    assert ask(service, replace(almost, person=(*almost.person, one)), day).verdict is Verdict.USED_UP


@unhurried
@given(situations())
def test_having_had_less_never_makes_it_worse(situation: tuple[Service, Usage, date]) -> None:
    service, usage, day = situation
    if ask(service, usage, day).allowed:
        assert ask(service, Usage(usage.person[1:], usage.others_of_household[1:]), day).allowed
