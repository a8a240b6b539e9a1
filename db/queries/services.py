"""Questions about services given."""

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa

from db import schema
from db.prepared import Prepared
from db.values import Given, Voiding
from station_core import cbor
from station_core.clock import HybridTime
from station_core.ids import EventId, MemberNo, OperatorId, PersonId, RecordId, ServiceCode, WriterId

_given, _void, _person = schema.service_given.c, schema.record_void.c, schema.person.c
_WITH_VOIDS = sa.select(
    schema.service_given,
    _void.at.label("void_at"),
    _void.reason.label("void_reason"),
    _void.operator.label("void_operator"),
).select_from(schema.service_given.outerjoin(schema.record_void, _void.target == _given.id))
_NUMBER = sa.select(_person.member_no).where(_person.id == sa.bindparam("person")).scalar_subquery()
_OF = Prepared(
    _WITH_VOIDS.where(
        (_given.person == sa.bindparam("person"))
        | (_given.person.is_(None) & (_given.member_no == sa.bindparam("number")))
        | (_given.person.is_(None) & (_given.member_no == _NUMBER))
    )
)
_COUNTS = ~sa.exists().where(_void.target == _given.id)


class Services:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def get(self, record: RecordId) -> Given | None:
        row = self._connection.execute(_WITH_VOIDS.where(_given.id == record)).one_or_none()
        return None if row is None else _given_of(row)

    def of(self, people: Collection[PersonId], member_no: MemberNo | None) -> list[Given]:
        """All ever given to `people` or on their cards, voided records included, the latest first.

        Their cards are those with `member_no`, or with any number that one of `people` has.
        """
        asked = people or (None,)
        found = (_OF.rows(self._connection, person=person, number=member_no) for person in asked)
        once = {row.id: row for rows in found for row in rows}
        return [_given_of(row) for row in sorted(once.values(), key=_stamp_of, reverse=True)]

    def recent(self, event: EventId | None, limit: int) -> list[Given]:
        """The latest records of `event`, or of all where it is None, voided ones included."""
        query = _WITH_VOIDS if event is None else _WITH_VOIDS.where(_given.event == event)
        latest = query.order_by(_given.at.desc(), _given.writer.desc()).limit(limit)
        return [_given_of(row) for row in self._connection.execute(latest)]

    def given_at(self, event: EventId) -> dict[ServiceCode, int]:
        """How many of each service were given at `event`, voided ones left out."""
        query = (
            sa.select(_given.service, sa.func.sum(_given.quantity))
            .where(_given.event == event, _COUNTS)
            .group_by(_given.service)
        )
        return {ServiceCode(service): int(total) for service, total in self._connection.execute(query)}

    def totals(self) -> dict[tuple[EventId | None, ServiceCode], int]:
        """How many of each service were given at each event (None: at none), voided ones left out."""
        query = (
            sa.select(_given.event, _given.service, sa.func.sum(_given.quantity))
            .where(_COUNTS)
            .group_by(_given.event, _given.service)
            .order_by(_given.event, _given.service)
        )
        return {
            (None if event is None else EventId(event), ServiceCode(service)): int(total)
            for event, service, total in self._connection.execute(query)
        }

    def people_at(self, event: EventId) -> int:
        """How many different people were served at `event`; passers-by, of whom nothing is known, are left out."""
        is_theirs = (_person.id == _given.person) | (_given.person.is_(None) & (_person.member_no == _given.member_no))
        served = schema.service_given.outerjoin(schema.person, is_theirs)
        known, unknown = (
            self._connection.execute(
                sa.select(sa.func.count(sa.distinct(what)))
                .select_from(served)
                .where(_given.event == event, _COUNTS, *more)
            ).scalar_one()
            for what, *more in ((_person.canonical,), (_given.member_no, _person.id.is_(None)))
        )
        return known + unknown


def _stamp_of(row: Any) -> tuple[int, bytes]:
    return row.at, row.writer


def _given_of(row: Any) -> Given:
    voided = None
    if row.void_at is not None:
        voided = Voiding(HybridTime(row.void_at), row.void_reason, OperatorId(row.void_operator))
    return Given(
        id=RecordId(row.id),
        person=None if row.person is None else PersonId(row.person),
        member_no=None if row.member_no is None else MemberNo(row.member_no),
        service=ServiceCode(row.service),
        on=date.fromordinal(row.day),
        event=None if row.event is None else EventId(row.event),
        quantity=row.quantity,
        operator=OperatorId(row.operator),
        answers={} if row.answers is None else cbor.decode(row.answers),
        at=HybridTime(row.at),
        writer=WriterId(row.writer),
        voided=voided,
    )
