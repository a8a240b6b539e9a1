"""Records about who may give out how much of an event's stock."""

from typing import Annotated, ClassVar

import msgspec

from station_core.ids import EventId, RecordId, ServiceCode, WriterId
from station_core.records.base import ID, Record
from station_core.records.services import MOST, QUANTITY

WANTED = msgspec.Meta(ge=0, le=MOST)


class StockTransferred(Record, frozen=True, omit_defaults=True, kw_only=True):
    """The entry's writer lets `to` give out `quantity` of what it could have given out itself: a lease, or its return.

    `event` and `service` name the stock (`EventPublished.stock`).
    """

    kind: ClassVar[str] = "stock.transferred"
    id: Annotated[RecordId, ID]
    event: EventId
    service: ServiceCode
    to: Annotated[WriterId, ID]
    quantity: Annotated[int, QUANTITY]


class StockWanted(Record, frozen=True, omit_defaults=True, kw_only=True):
    """The entry's writer asks for `quantity` more. The latest of a writer stands; 0 says that it wants no more.

    What is transferred to it after that moment goes off the quantity.
    """

    kind: ClassVar[str] = "stock.wanted"
    event: EventId
    service: ServiceCode
    quantity: Annotated[int, WANTED]
