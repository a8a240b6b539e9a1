"""Questions about cards."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa

from db import schema
from db.values import Card
from station_core.clock import HybridTime
from station_core.credential.days import day_of
from station_core.ids import CardId, PersonId, WriterId

_card, _revocation = schema.card.c, schema.card_revocation.c
_WITH_REVOCATIONS = (
    sa.select(schema.card, _revocation.reason, _revocation.at.label("revoked_at"))
    .select_from(schema.card.outerjoin(schema.card_revocation, _revocation.card == _card.id))
    .order_by(_card.at.desc())
)


class Cards:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def of_people(self, people: Collection[PersonId]) -> list[Card]:
        """Every card that was issued to `people`, the latest first."""
        query = _WITH_REVOCATIONS.where(_card.person.in_(list(people)))
        return [_card_of(row) for row in self._connection.execute(query)]

    def get(self, card: CardId) -> Card | None:
        row = self._connection.execute(_WITH_REVOCATIONS.where(_card.id == card)).one_or_none()
        return None if row is None else _card_of(row)

    def failing_with(self, issuer: WriterId, revoked_ms: int) -> int:
        """How many cards of `issuer` fail once it is revoked since then: those of that day and later.

        A day is all that a card says of its issue, and whoever holds the key writes it (`credential.verify`).
        """
        day = day_of(revoked_ms // 1_000).toordinal()
        query = sa.select(sa.func.count()).select_from(schema.card)
        number: int = self._connection.execute(
            query.where(_card.writer == issuer, _card.issued_day >= day)
        ).scalar_one()
        return number

    def last_id_of(self, writer: WriterId) -> CardId | None:
        """The greatest id of a card that `writer` issued; ids begin with the card's number."""
        query = sa.select(_card.id).where(_card.writer == writer).order_by(_card.id.desc()).limit(1)
        card: bytes | None = self._connection.execute(query).scalar_one_or_none()
        return None if card is None else CardId(card)

    def standing_and_revoked(self) -> Iterator[tuple[WriterId, CardId, bool]]:
        """Every card with who issued it, and whether it was taken back."""
        query = sa.select(_card.writer, _card.id, _revocation.card.is_not(None)).select_from(
            schema.card.outerjoin(schema.card_revocation, _revocation.card == _card.id)
        )
        for writer, card, is_revoked in self._connection.execute(query):
            yield WriterId(writer), CardId(card), bool(is_revoked)

    def counts(self) -> tuple[int, int]:
        """How many cards and how many revocations are known; both only ever grow."""
        count = sa.func.count()
        numbers = [sa.select(count).select_from(table) for table in (schema.card, schema.card_revocation)]
        cards, revocations = (self._connection.execute(number).scalar_one() for number in numbers)
        return cards, revocations

    def revocation(self, card: CardId) -> str | None:
        """Why `card` was revoked; also for a card whose issue has not arrived here."""
        query = sa.select(_revocation.reason).where(_revocation.card == card)
        reason: str | None = self._connection.execute(query).scalar_one_or_none()
        return reason


def _card_of(row: Any) -> Card:
    return Card(
        id=CardId(row.id),
        person=None if row.person is None else PersonId(row.person),
        issued_on=date.fromordinal(row.issued_day),
        expires_on=date.fromordinal(row.expires_day),
        at=HybridTime(row.at),
        writer=WriterId(row.writer),
        revocation=row.reason,
        revoked_at=None if row.revoked_at is None else HybridTime(row.revoked_at),
    )
