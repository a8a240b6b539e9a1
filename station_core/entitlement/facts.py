"""What must be known before it can be said what a person may have. Nothing here looks anything up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from station_core.ids import DistrictCode, EventId, ServiceCode, UnionCode


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person at the counter, as far as audiences ask.

    `unions` holds the person's own union organisation and all those above it. `household_groups` are the lists on
    which the household stands. What is not known is None or empty, and meets no audience that asks for it.
    """

    is_member: bool = False
    occupation: str | None = None
    unions: frozenset[UnionCode] = frozenset()
    district: DistrictCode | None = None
    household_groups: frozenset[str] = frozenset()
    born_on: date | None = None


@dataclass(frozen=True, slots=True)
class UsageEntry:
    """`quantity` of a service were given on the local date `on`, at `event_id` if at one. Voided ones are left out."""

    service: ServiceCode
    on: date
    event_id: EventId | None = None
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Usage:
    """What the person had, and what the others of the household had: nobody's entry stands in both.

    At least the entries of the services in `Service.counted_codes` must be there, as far back as its rules look.
    """

    person: tuple[UsageEntry, ...] = ()
    others_of_household: tuple[UsageEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class EventFacts:
    """The event at which the station stands, its days (both included), and how many are left of what is stocked.

    `left` is what this station may still give out, `elsewhere` what others hold, as far as is known here.
    """

    id: EventId
    first_day: date
    last_day: date
    left: Mapping[ServiceCode, int] = field(default_factory=dict)
    elsewhere: Mapping[ServiceCode, int] = field(default_factory=dict)

    def runs_on(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day
