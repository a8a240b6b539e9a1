"""Counts of everything, which two stores that hold the same records agree on."""

import sqlalchemy as sa

from db import schema
from db.fold.judge import EntryState
from db.values import Counts
from station_core.records.documents import EventPublished

_person, _given = schema.person.c, schema.service_given.c


class Overview:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def people(self) -> int:
        """How many people are known, each once."""
        return self._where(schema.person, _person.registered_at.is_not(None), _person.id == _person.canonical)

    def counts(self) -> Counts:
        voided = self._count(
            sa.select(sa.func.count()).select_from(
                schema.service_given.join(schema.record_void, schema.record_void.c.target == _given.id)
            )
        )
        return Counts(
            people=self.people(),
            services=self._where(schema.service_given) - voided,
            voided=voided,
            cards=self._where(schema.card),
            cards_revoked=self._where(schema.card_revocation),
            events=self._where(schema.document, schema.document.c.kind == EventPublished.kind),
            entries=self._where(schema.entry),
            set_aside=self._where(schema.entry, schema.entry.c.state != EntryState.FOLDED),
        )

    def _where(self, table: sa.Table, *conditions: sa.ColumnElement[bool]) -> int:
        return self._count(sa.select(sa.func.count()).select_from(table).where(*conditions))

    def _count(self, query: sa.Select[int]) -> int:
        number: int = self._connection.execute(query).scalar_one()
        return number
