"""Questions about what happened at an event, beyond single services."""

import sqlalchemy as sa

from db import schema
from db.values import MergedPerson
from station_core.clock import HybridTime
from station_core.ids import EventId, PersonId, WriterId

_person, _given = schema.person.c, schema.service_given.c


class Gatherings:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def joined(self, event: EventId, own: WriterId, since: HybridTime, until: HybridTime) -> int:
        """How many people were registered from `since` to before `until` by the devices that served at `event`.

        `own` counts as one of them even before its first service. People, not registrations: somebody whom two
        counters registered is one.
        """
        there = sa.select(_given.writer).where(_given.event == event)
        query = sa.select(sa.func.count(sa.distinct(_person.canonical))).where(
            _person.registered_at >= since,
            _person.registered_at < until,
            (_person.registered_by == own) | _person.registered_by.in_(there),
        )
        number: int = self._connection.execute(query).scalar_one()
        return number

    def merged(self, limit: int = 100) -> list[MergedPerson]:
        """People with more than one record of their own, the latest found first."""
        latest = sa.func.max(_person.registered_at)
        query = (
            sa.select(_person.canonical, sa.func.count(), latest)
            .where(_person.canonical != _person.id, _person.registered_at.is_not(None))
            .group_by(_person.canonical)
            .order_by(latest.desc(), _person.canonical)
            .limit(limit)
        )
        return [
            MergedPerson(PersonId(canonical), int(number), HybridTime(at))
            for canonical, number, at in self._connection.execute(query)
        ]
