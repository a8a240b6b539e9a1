"""Records about who may write."""

from typing import Annotated, ClassVar

from station_core.clock import HybridTime
from station_core.ids import WriterId
from station_core.records.base import ID, Record


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
