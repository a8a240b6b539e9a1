"""May this person have this service, today, here? A pure answer from facts."""

from datetime import date

from station_core.catalogue import Service
from station_core.entitlement.belonging import why_not
from station_core.entitlement.entitlement import Entitlement, Reason, Verdict
from station_core.entitlement.facts import EventFacts, PersonFacts, Usage
from station_core.entitlement.limits import allowed_again, remaining, strictest_met
from station_core.entitlement.periods import next_given_day


def decide(
    service: Service, person: PersonFacts | None, usage: Usage, event: EventFacts | None, today: date
) -> Entitlement:
    """`person` is None for passers-by, `event` where the station stands at none.

    What lasts longest is said first: not for this person, used up, closed today, none left. So nobody is told to come
    back tomorrow for what will not be theirs then either.
    """
    return (
        _not_for(service, person, today)
        or _used_up(service, usage, event, today)
        or _closed(service, event, today)
        or _from_stock(service, usage, event, today)
    )


def _not_for(service: Service, person: PersonFacts | None, today: date) -> Entitlement | None:
    if person is None:
        if not service.needs_person:
            return None
        return Entitlement(Verdict.NOT_FOR_YOU, today, reason=Reason.UNKNOWN_PERSON)
    reason = why_not(service.audience, person, today)
    if reason is None:
        return None
    return Entitlement(Verdict.NOT_FOR_YOU, today, reason=reason, audience=service.audience)


def _used_up(service: Service, usage: Usage, event: EventFacts | None, today: date) -> Entitlement | None:
    event_id = event.id if event is not None else None
    met = strictest_met(service, usage, today, event_id)
    if met is None:
        return None
    again_on = allowed_again(service, usage, today, event_id)
    return Entitlement(Verdict.USED_UP, today, remaining=0, again_on=again_on, rule=met[0])


def _closed(service: Service, event: EventFacts | None, today: date) -> Entitlement | None:
    given_on = next_given_day(service.on_days, today)
    if given_on != today:
        return Entitlement(Verdict.CLOSED, today, again_on=given_on, reason=Reason.OTHER_DAY)
    if not service.needs_event:
        return None
    if event is None:
        return Entitlement(Verdict.CLOSED, today, reason=Reason.NO_EVENT)
    if today < event.first_day:
        return Entitlement(Verdict.CLOSED, today, again_on=event.first_day, reason=Reason.EVENT_NOT_BEGUN)
    if today > event.last_day:
        return Entitlement(Verdict.CLOSED, today, reason=Reason.EVENT_OVER)
    return None


def _from_stock(service: Service, usage: Usage, event: EventFacts | None, today: date) -> Entitlement:
    left = event.left.get(service.code) if service.stocked and event is not None else None
    stock_left = None if left is None else max(0, left)
    if stock_left == 0 and event is not None:
        elsewhere = max(0, event.elsewhere.get(service.code, 0))
        return Entitlement(Verdict.NONE_LEFT, today, stock_left=0, stock_elsewhere=elsewhere)
    allowance = remaining(service, usage, today, event.id if event is not None else None)
    bounds = [bound for bound in (allowance, stock_left) if bound is not None]
    return Entitlement(Verdict.ALLOWED, today, remaining=min(bounds, default=None), stock_left=stock_left)
