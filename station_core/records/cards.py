"""Records about cards."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from station_core.ids import CardId, OperatorId, PersonId
from station_core.records.base import CARD_ID, ID, Record


class CardIssued(Record, frozen=True, omit_defaults=True, kw_only=True):
    """`person` is None where the holder was erased: the card is then as good as revoked."""

    kind: ClassVar[str] = "card.issued"
    open_fields: ClassVar[frozenset[str]] = frozenset({"card", "issued_on", "expires_on", "operator"})
    card: Annotated[CardId, CARD_ID]
    person: Annotated[PersonId, ID] | None = None
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
    card: Annotated[CardId, CARD_ID]
    reason: RevocationReason
    operator: OperatorId
