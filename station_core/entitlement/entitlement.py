"""The answer to "may this person have that, now?"."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from station_core.catalogue import Audience, Rule


class Verdict(StrEnum):
    ALLOWED = "allowed"
    USED_UP = "used_up"
    NOT_FOR_YOU = "not_for_you"
    NONE_LEFT = "none_left"
    CLOSED = "closed"


class Reason(StrEnum):
    """Why a service is not for a person, or is closed."""

    UNKNOWN_PERSON = "unknown_person"
    NOT_A_MEMBER = "not_a_member"
    OCCUPATION = "occupation"
    UNION = "union"
    DISTRICT = "district"
    HOUSEHOLD = "household"
    AGE = "age"

    NO_EVENT = "no_event"
    EVENT_NOT_BEGUN = "event_not_begun"
    EVENT_OVER = "event_over"
    OTHER_DAY = "other_day"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """What holds on the local date `on`.

    `remaining`: how many more the person may have, None where nothing limits it. `stock_left`: how many this station
    may still give out, None without a stock; where that is 0, others hold `stock_elsewhere`. `again_on`: the first day
    on which the rules allow it again; None where no calendar says so (once per event, once ever). `rule` is the limit
    that a used-up service met, `audience` the one that a person does not belong to.
    """

    verdict: Verdict
    on: date
    remaining: int | None = None
    stock_left: int | None = None
    stock_elsewhere: int = 0
    again_on: date | None = None
    reason: Reason | None = None
    rule: Rule | None = None
    audience: Audience | None = None

    @property
    def allowed(self) -> bool:
        return self.verdict is Verdict.ALLOWED
