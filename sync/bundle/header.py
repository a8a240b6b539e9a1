"""A bundle's first message: from whom, for whom, and what the sender holds."""

from typing import Annotated

import msgspec

from station_core.credential.certificate import MAX_BYTES as MAX_CERTIFICATE_BYTES
from sync.messages import EnrolAnswer, Message, Milliseconds, Positions, Seq, Writer


class Header(Message, frozen=True, kw_only=True):
    """`certificate` is the sender's, by the city's root key. `recipient` is whom the signature means it for.

    `heads`: where the journals end at the sender, the recipient's own among them, which makes it a receipt.
    `entries` follow in batches. `enrolled` answers a request to be enrolled; `revoked` says why nothing follows.
    """

    certificate: Annotated[bytes, msgspec.Meta(max_length=MAX_CERTIFICATE_BYTES)]
    recipient: Writer
    made_ms: Milliseconds
    heads: Positions
    entries: Seq
    enrolled: EnrolAnswer | None = None
    revoked: str | None = None
