"""What counters did without knowing of each other, found in the tables, so that every store finds the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from db import schema
from db.dialect import chunked
from station_core.catalogue import Per, Rule, Service
from station_core.clock import HybridTime
from station_core.entitlement import Excess, Use, overuse
from station_core.entitlement.periods import span
from station_core.ids import EventId, MemberNo, PersonId, RecordId, ServiceCode, WriterId
from station_core.records.documents import EventPublished

_given, _void, _person = schema.service_given.c, schema.record_void.c, schema.person.c
_COUNTS = ~sa.exists().where(_void.target == _given.id)
_OF_KNOWN = schema.service_given.join(schema.person, _person.id == _given.person)
_ON_NUMBER = schema.service_given.join(schema.person, _person.member_no == _given.member_no)
_total = sa.func.sum(_given.quantity)


class _Member(NamedTuple):
    """Somebody as records name them; `person` is None where only the number of a card is known."""

    person: PersonId | None
    household: str
    name: str
    member_no: MemberNo | None

    @property
    def key(self) -> bytes:
        return (self.member_no or "").encode() if self.person is None else self.person


@dataclass(frozen=True, slots=True)
class OverUse:
    """A service that somebody had more often than its rules allow."""

    name: str
    member_no: MemberNo | None
    excess: Excess


class Conflicts:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def over_use(self, services: Iterable[Service], event: EventPublished) -> Iterator[OverUse]:
        """Records at `event` that the rules of `services` do not allow.

        Rules may count what was given elsewhere too; whoever cannot have had too much is never loaded.
        """
        for service in services:
            yield from self._of_service(service, event)

    def _of_service(self, service: Service, event: EventPublished) -> Iterator[OverUse]:
        suspects = {person for rule in service.rules for person in self._suspects(rule, service, event)}
        numbers = {number for rule in service.rules for number in self._numbers(rule, service, event)}
        with_household = any(rule.per is Per.HOUSEHOLD for rule in service.rules)
        members = dict(self._members(suspects, with_household))
        strangers = (_Member(None, "", "", number) for number in numbers)
        members |= {stranger.key: stranger for stranger in strangers}
        for excess in overuse(self._uses(members, service), service):
            if excess.use.event_id == event.event:
                member = members[excess.use.member]
                yield OverUse(member.name, member.member_no, excess)

    def _suspects(self, rule: Rule, service: Service, event: EventPublished) -> set[PersonId]:
        """Everybody served there who may have had more than `rule` allows; one too many is no harm."""
        here = (_given.event == event.event) & (_given.service == service.code)
        there = sa.select(_person.canonical).select_from(_OF_KNOWN).where(here)
        # Those with several records are few: asked one by one, not found among all who were served.
        served = sa.exists().where(here, (_given.person == _person.id) | (_given.person == _person.canonical))
        counting = _counting(rule, service, event)
        queries = [
            sa.select(_given.person)
            .where(_given.person.in_(there), counting, _COUNTS)
            .group_by(_given.person)
            .having(_total > rule.limit),
            sa.select(_person.canonical).where(_person.canonical != _person.id, served),
            sa.select(_person.canonical).select_from(_ON_NUMBER).where(_given.person.is_(None), counting),
        ]
        if rule.per is Per.HOUSEHOLD:
            households = sa.select(_person.household).select_from(_OF_KNOWN).where(here, _person.household.is_not(None))
            crowded = (
                sa.select(_person.household)
                .select_from(_OF_KNOWN)
                .where(_person.household.in_(households), counting, _COUNTS)
                .group_by(_person.household)
                .having(_total > rule.limit)
            )
            queries.append(sa.select(_person.canonical).where(_person.household.in_(crowded), _person.household != ""))
        return {PersonId(person) for query in queries for person in self._connection.execute(query).scalars()}

    def _numbers(self, rule: Rule, service: Service, event: EventPublished) -> set[MemberNo]:
        """The same of good cards whose owners have not been heard of here."""
        known = sa.exists().where(_person.member_no == _given.member_no)
        query = (
            sa.select(_given.member_no)
            .where(_given.person.is_(None), _given.member_no.is_not(None), _counting(rule, service, event), ~known)
            .group_by(_given.member_no)
            .having(_total > rule.limit)
        )
        return {MemberNo(number) for number in self._connection.execute(query).scalars()}

    def _members(self, people: set[PersonId], with_household: bool) -> Iterator[tuple[bytes, _Member]]:
        for chunk in chunked(people):
            themselves = list(self._connection.execute(sa.select(schema.person).where(_person.id.in_(chunk))))
            yield from ((row.id, _member_of(row)) for row in themselves)
            homes = [row.household for row in themselves if row.household] if with_household else []
            query = sa.select(schema.person).where(_person.household.in_(homes), _person.id == _person.canonical)
            yield from ((row.id, _member_of(row)) for row in self._connection.execute(query))

    def _uses(self, members: dict[bytes, _Member], service: Service) -> list[Use]:
        codes = {code for rule in service.rules for code in rule.counted_codes(service.code)}
        rows: dict[bytes, Use] = {}
        for chunk in chunked(members.values()):
            owners = self._owners([member.person for member in chunk if member.person is not None])
            numbers = self._owners_of_numbers(list(owners))
            numbers |= {member.member_no: member.key for member in chunk if member.person is None and member.member_no}
            theirs = _given.person.in_(list(owners)) | (_given.person.is_(None) & _given.member_no.in_(list(numbers)))
            query = sa.select(schema.service_given).where(theirs, _given.service.in_(codes), _COUNTS)
            for row in self._connection.execute(query):
                key = owners[row.person] if row.person is not None else numbers[row.member_no]
                rows[row.id] = _use_of(row, members[key])
        return list(rows.values())

    def _owners(self, canonical: list[PersonId]) -> dict[bytes, bytes]:
        """Each id of these people, and the canonical one."""
        merged = sa.select(_person.id, _person.canonical).where(
            _person.canonical.in_(canonical), _person.canonical != _person.id
        )
        return {bytes(person): bytes(person) for person in canonical} | {
            row.id: row.canonical for row in self._connection.execute(merged)
        }

    def _owners_of_numbers(self, ids: list[bytes]) -> dict[MemberNo, bytes]:
        query = sa.select(_person.member_no, _person.canonical).where(
            _person.id.in_(ids), _person.member_no.is_not(None)
        )
        rows = self._connection.execute(query.order_by(_person.canonical.desc()))
        return {MemberNo(number): canonical for number, canonical in rows}


def _counting(rule: Rule, service: Service, event: EventPublished) -> sa.ColumnElement[bool]:
    """Records that may count against `rule` for somebody served at `event`."""
    codes = _given.service.in_(rule.counted_codes(service.code))
    first, last = span(rule.period, event.first_day), span(rule.period, event.last_day)
    if first is None or last is None:
        return codes
    return codes & _given.day.between(first.first.toordinal(), last.last.toordinal())


def _member_of(row: Any) -> _Member:
    number = MemberNo(row.member_no) if row.member_no else None
    return _Member(PersonId(row.id), row.household or "", row.name or "", number)


def _use_of(row: Any, member: _Member) -> Use:
    return Use(
        id=RecordId(row.id),
        member=member.key,
        household=member.household,
        service=ServiceCode(row.service),
        on=date.fromordinal(row.day),
        event_id=None if row.event is None else EventId(row.event),
        quantity=row.quantity,
        at=HybridTime(row.at),
        writer=WriterId(row.writer),
    )
