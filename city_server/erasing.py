"""Erasing a person: rosters are written again without them, then one record lets every store redact the rest."""

from dataclasses import dataclass

import msgspec

from city_server.members import one_member
from db.queries.holdings import RosterHeld
from db.store import Store, Transaction
from db.values import Person
from station_core.ids import MemberNo, PersonId
from station_core.records.erasure import PersonErased, without
from station_core.records.people import PeopleImported, PersonChanged, PersonRegistered
from station_core.records.services import ServiceGiven


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was redacted in the city: `records` entries about the person, the person's rows in `rosters`."""

    member_no: MemberNo | None
    records: int
    rosters: int


def erase_member(store: Store, text: str, reason: str) -> Erased:
    """Erase the member whom `text` means, with all records that are tied to theirs. It cannot be undone.

    Raises CityError: no_member, several_members.
    """
    with store.writing() as tx:
        person = one_member(tx, text)
        people = frozenset(person.all_ids)
        rosters = tx.holdings.rosters(people)
        numbers = _numbers(tx, person, rosters)
        records = tx.holdings.records(people, numbers)
        tx.append(*_restated(rosters, people))
        tx.append(
            PersonErased(
                people=tuple(sorted(people)),
                member_nos=tuple(sorted(numbers)),
                imports=tuple(roster.name for roster in rosters),
                reason=reason,
            )
        )
    return Erased(person.member_no, len(records), len(rosters))


def _restated(rosters: list[RosterHeld], people: frozenset[PersonId]) -> list[PeopleImported]:
    """The other people's rows, as of when they were first written."""
    kept = [
        msgspec.structs.replace(without(roster.record, people), as_of=roster.as_of)
        for roster in rosters
        if roster.counts
    ]
    return [record for record in kept if record.people]


def _numbers(tx: Transaction, person: Person, rosters: list[RosterHeld]) -> frozenset[MemberNo]:
    """Every member number that the person ever had. One that somebody else has as well stays theirs."""
    people = frozenset(person.all_ids)
    found: set[object] = {person.member_no}
    for held in tx.holdings.records(people):
        match held.record:
            case PersonRegistered() | PersonChanged():
                found.add(held.record.fields.member_no)
            case ServiceGiven():
                found.add(held.record.member_no)
    found |= {row.get("member_no") for roster in rosters for row in roster.rows_of(people)}
    numbers = {MemberNo(number) for number in found if isinstance(number, str) and number}
    return frozenset(
        number for number in numbers if all(holder.id in people for holder in tx.people.with_member_no(number))
    )
