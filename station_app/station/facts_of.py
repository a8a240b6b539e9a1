"""From what the store knows of a person to the facts that the rules ask for."""

from collections.abc import Iterable
from datetime import date

from db.values import Given, Person
from db.view import View
from station_core.credential.card import CardClaims
from station_core.entitlement import PersonFacts, Usage, UsageEntry
from station_core.ids import MemberNo
from station_core.people import id_number
from station_core.people.id_number import IdNumber
from station_core.records.people import Membership


def person_facts(person: Person, today: date) -> PersonFacts:
    return PersonFacts(
        is_member=person.membership in (Membership.APPROVED, Membership.PENDING),
        occupation=person.occupation or None,
        unions=frozenset({person.union} if person.union else ()),
        district=person.district,
        household_groups=person.groups,
        born_on=_born_on(person.id_number, today),
    )


def card_facts(claims: CardClaims) -> PersonFacts:
    """Somebody with a good card who has not been heard of here: what the card says, and no more."""
    return PersonFacts(is_member=True, unions=frozenset({claims.union_code}))


def usage(view: View, person: Person | None, member_no: MemberNo | None) -> Usage:
    """What the person had, on all their records, and what the others of the household had."""
    if person is None:
        return Usage(_entries(view.services.of((), member_no)) if member_no else ())
    own = _entries(view.services.of(person.all_ids, person.member_no))
    others = view.people.in_household(person.household) if person.household else []
    theirs = [
        entry
        for other in others
        if other.id != person.id
        for entry in _entries(view.services.of(other.all_ids, other.member_no))
    ]
    return Usage(own, tuple(theirs))


def _entries(given: Iterable[Given]) -> tuple[UsageEntry, ...]:
    return tuple(
        UsageEntry(record.service, record.on, record.event, record.quantity)
        for record in given
        if record.voided is None
    )


def _born_on(number: str, today: date) -> date | None:
    parsed = id_number.parse(number, today) if number else None
    return parsed.birth_date if isinstance(parsed, IdNumber) else None
