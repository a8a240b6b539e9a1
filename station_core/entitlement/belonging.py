"""Whether a person belongs to an audience, and if not, what is first in the way."""

from datetime import date

from station_core.catalogue import Audience
from station_core.entitlement.entitlement import Reason
from station_core.entitlement.facts import PersonFacts
from station_core.entitlement.periods import age_on
from station_core.ids import DistrictCode


def why_not(audience: Audience, person: PersonFacts, today: date) -> Reason | None:
    """None where the person belongs. Membership is looked at first, because staff can change that on the spot."""
    checks = (
        (Reason.NOT_A_MEMBER, not audience.members_only or person.is_member),
        (Reason.OCCUPATION, not audience.occupations or person.occupation in audience.occupations),
        (Reason.UNION, not audience.unions or not person.unions.isdisjoint(audience.unions)),
        (Reason.DISTRICT, not audience.districts or _lives_in(person.district, audience.districts)),
        (
            Reason.HOUSEHOLD,
            not audience.household_groups or not person.household_groups.isdisjoint(audience.household_groups),
        ),
        (Reason.AGE, _has_age(audience, person.born_on, today)),
    )
    return next((reason for reason, met in checks if not met), None)


def _lives_in(district: DistrictCode | None, districts: tuple[DistrictCode, ...]) -> bool:
    return district is not None and any(covers(wanted, district) for wanted in districts)


def covers(wanted: DistrictCode, district: DistrictCode) -> bool:
    """Whether `district` is `wanted` or lies in it: GB/T 2260 writes a province as xx0000 and a city as xxxx00."""
    if wanted.endswith("0000"):
        return district[:2] == wanted[:2]
    if wanted.endswith("00"):
        return district[:4] == wanted[:4]
    return district == wanted


def _has_age(audience: Audience, born_on: date | None, today: date) -> bool:
    if audience.min_age is None and audience.max_age is None:
        return True
    if born_on is None:
        return False
    age = age_on(born_on, today)
    return (audience.min_age is None or age >= audience.min_age) and (
        audience.max_age is None or age <= audience.max_age
    )
