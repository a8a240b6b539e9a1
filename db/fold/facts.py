"""Folding of facts: sets that only grow. Of the same fact in two journals the earlier stands."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from db import schema
from db.dialect import keep_earlier
from db.fold.stamped import Stamped
from station_core import cbor
from station_core.records.cards import CardIssued, CardRevoked, RevocationReason
from station_core.records.services import RecordVoided, ServiceGiven


def _stamp(item: Stamped[Any]) -> dict[str, Any]:
    return {"at": item.stamp.at, "writer": item.stamp.writer}


def fold_services(connection: sa.Connection, items: Sequence[Stamped[ServiceGiven]]) -> None:
    rows = [
        {
            **_stamp(item),
            "id": item.record.id,
            "person": item.record.person,
            "member_no": item.record.member_no,
            "service": item.record.service,
            "day": item.record.on.toordinal(),
            "event": item.record.event,
            "quantity": item.record.quantity,
            "operator": item.record.operator,
            "answers": cbor.encode(item.record.answers) if item.record.answers else None,
        }
        for item in items
    ]
    keep_earlier(connection, schema.service_given, rows)


def fold_voids(connection: sa.Connection, items: Sequence[Stamped[RecordVoided]]) -> None:
    rows = [
        {
            **_stamp(item),
            "target": item.record.target,
            "reason": item.record.reason,
            "operator": item.record.operator,
        }
        for item in items
    ]
    keep_earlier(connection, schema.record_void, rows)


def fold_cards(connection: sa.Connection, items: Sequence[Stamped[CardIssued]]) -> None:
    rows = [
        {
            **_stamp(item),
            "id": item.record.card,
            "person": item.record.person,
            "issued_day": item.record.issued_on.toordinal(),
            "expires_day": item.record.expires_on.toordinal(),
        }
        for item in items
    ]
    keep_earlier(connection, schema.card, rows)
    revoke_cards_of_nobody(connection, items)


def revoke_cards_of_nobody(connection: sa.Connection, items: Sequence[Stamped[CardIssued]]) -> None:
    """A card whose holder was erased counts as revoked from the beginning: nothing else may say so offline."""
    rows = [
        {**_stamp(item), "card": item.record.card, "reason": RevocationReason.LEFT.value}
        for item in items
        if item.record.person is None
    ]
    keep_earlier(connection, schema.card_revocation, rows)


def fold_card_revocations(connection: sa.Connection, items: Sequence[Stamped[CardRevoked]]) -> None:
    rows = [{**_stamp(item), "card": item.record.card, "reason": item.record.reason.value} for item in items]
    keep_earlier(connection, schema.card_revocation, rows)
