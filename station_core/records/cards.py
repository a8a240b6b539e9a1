"""Records about cards."""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from station_core.ids import CardId, OperatorId, PersonId
from station_core.records.base import Record


class CardIssued(Record, frozen=True, omit_defaults=True, kw_only=True):
    kind: ClassVar[str] = "card.issued"
    card: CardId
    person: PersonId
    issued_on: date
    expires_on: date
    operator: OperatorId


class RevocationReason(StrEnum):
    LOST = "lost"
    LEFT = "left"
    WRONGLY_ISSUED = "wrongly_issued"
    REPLACED = "replaced"


class CardRevoked(Record, frozen=True, omit_defaults=True, kw_only=True):
    kind: ClassVar[str] = "card.revoked"
    card: CardId
    reason: RevocationReason
    operator: OperatorId
