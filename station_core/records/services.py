"""Records about what was given at a counter."""

from datetime import date
from typing import Annotated, ClassVar

import msgspec

from station_core.ids import EventId, MemberNo, OperatorId, PersonId, RecordId, ServiceCode
from station_core.records.base import ID, Record

Answer = str | int | float | bool
MOST = 1_000_000
QUANTITY = msgspec.Meta(ge=1, le=MOST)


class ServiceGiven(Record, frozen=True, omit_defaults=True, kw_only=True):
    """A service, goods or a promise was given. `on` is the local date.

    `person` is None for passers-by, and where a neighbour's card is good but its owner has not been heard of here:
    then `member_no` says whose it is, and the record counts for them as soon as they are known.
    """

    kind: ClassVar[str] = "service.given"
    id: Annotated[RecordId, ID]
    service: ServiceCode
    on: date
    operator: OperatorId
    person: Annotated[PersonId, ID] | None = None
    member_no: MemberNo | None = None
    event: EventId | None = None
    quantity: Annotated[int, QUANTITY] = 1
    answers: dict[str, Answer] = {}


class RecordVoided(Record, frozen=True, omit_defaults=True, kw_only=True):
    """The service record `target` does not count; it stays in every history, with the reason."""

    kind: ClassVar[str] = "record.voided"
    target: Annotated[RecordId, ID]
    reason: str
    operator: OperatorId
