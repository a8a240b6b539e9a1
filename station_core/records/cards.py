"""Records about cards."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

import msgspec

from station_core.ids import CardId, KeyId, OperatorId, PersonId
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


class CardStatusesPublished(Record, frozen=True, omit_defaults=True, kw_only=True):
    """Which cards of one issuer hold no more, as a list that the city's root key signed (`credential.statuslist`).

    It reaches stations that get neither the issuer's journal nor those in which its cards are taken back.
    """

    kind: ClassVar[str] = "card.statuses"
    issuer: Annotated[KeyId, msgspec.Meta(min_length=8, max_length=8)]
    token: bytes
