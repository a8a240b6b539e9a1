"""Records about who may write."""

from typing import Annotated, ClassVar

import msgspec

from station_core.clock import HybridTime
from station_core.ids import WriterId
from station_core.records.base import ID, Record
from station_core.records.faults import LONGEST_INTEGER


class WriterCertified(Record, frozen=True, omit_defaults=True, kw_only=True):
    """A certificate by the city's root key (`credential.certificate`). It proves itself, whoever brings it."""

    kind: ClassVar[str] = "writer.certified"
    certificate: bytes


class WriterRevoked(Record, frozen=True, omit_defaults=True, kw_only=True):
    """What `writer` wrote after `since` does not count."""

    kind: ClassVar[str] = "writer.revoked"
    writer: Annotated[WriterId, ID]
    since: HybridTime
    reason: str


class WriterSucceeded(Record, frozen=True, omit_defaults=True, kw_only=True):
    """A device that found its journal forked goes on as `successor`.

    Of the journal of `writer` it wrote the entries up to `seq`, whose hash is `hash`; what it wrote after them stands
    again in the successor's journal. The journal of `writer` itself goes on where another copy of the device writes it.
    """

    kind: ClassVar[str] = "writer.succeeded"
    writer: Annotated[WriterId, ID]
    seq: Annotated[int, msgspec.Meta(ge=0, le=LONGEST_INTEGER)]
    hash: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    successor: Annotated[WriterId, ID]
