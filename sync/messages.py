"""The messages of the exchange, version 1. What each means is written down in docs/sync.md.

Every message is a CBOR map with text keys; keys that a version does not know are passed over. A batch travels as the
bytes of `station_core.journal.batch`, so that one that cannot be read spoils none of the others.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

import msgspec

from station_core.clock import MAX_TIME
from station_core.ids import WriterId
from station_core.journal.entry import Head
from station_core.journal.receipt import Outcome
from sync.errors import SyncError, Trouble
from sync.wire import MAX_MESSAGE_BYTES, pack, unpack

VERSION = 1
MAX_WRITERS = 200_000
MAX_BATCHES = 1_000
MAX_DEPUTIES = 64
MAX_URL = 100

Writer = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Hash = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Fingerprint = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Seq = Annotated[int, msgspec.Meta(ge=0, le=MAX_TIME)]
Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=MAX_TIME)]
Position = tuple[Seq, Hash]
"""The number of a journal's last entry and its hash; 0 and 32 zero bytes for a journal of which nothing is held."""
Positions = Annotated[dict[Writer, Position], msgspec.Meta(max_length=MAX_WRITERS)]
Batches = Annotated[tuple[bytes, ...], msgspec.Meta(max_length=MAX_BATCHES)]


class Message(msgspec.Struct, frozen=True, kw_only=True):
    v: int = VERSION


class HeadsRequest(Message, frozen=True, kw_only=True):
    """Where the journals end at the asking side."""

    heads: Positions


class HeadsAnswer(Message, frozen=True, kw_only=True):
    """Where the journals that were named end at the answering side."""

    now_ms: Milliseconds
    heads: Positions


class PushRequest(Message, frozen=True, kw_only=True):
    batches: Batches


class BatchResult(msgspec.Struct, frozen=True, array_like=True):
    """What became of one batch: `Received` on the wire. `aside` are numbers of entries held but not folded, and why."""

    outcome: Outcome
    seq: Seq
    hash: Hash
    new_entries: Seq
    aside: tuple[tuple[Seq, str], ...]


class PushAnswer(Message, frozen=True, kw_only=True):
    """One result a batch, in the order of the request."""

    now_ms: Milliseconds
    results: tuple[BatchResult, ...]


class PullRequest(Message, frozen=True, kw_only=True):
    """`skip` names journals that the asking side cannot go on with, so that they hold up no others."""

    heads: Positions
    skip: Annotated[tuple[Writer, ...], msgspec.Meta(max_length=MAX_WRITERS)] = ()
    max_bytes: Annotated[int, msgspec.Meta(ge=1, le=MAX_TIME)]


class PullAnswer(Message, frozen=True, kw_only=True):
    """`more`: ask again. `forks` name journals whose entry of that number has another hash at the answering side."""

    now_ms: Milliseconds
    batches: Batches
    more: bool
    forks: Annotated[tuple[tuple[Writer, Seq], ...], msgspec.Meta(max_length=MAX_WRITERS)] = ()


class Standby(msgspec.Struct, frozen=True, array_like=True):
    """Where the asking side serves, or would if the hub were gone: the port, and its TLS certificate's fingerprint."""

    port: Annotated[int, msgspec.Meta(ge=1, le=65_535)]
    fingerprint: Fingerprint


class StateRequest(Message, frozen=True, kw_only=True):
    """Whether anything has changed; see `StateAnswer`. `standby` where the asking side would take a hub's place."""

    standby: Standby | None = None


class Deputy(msgspec.Struct, frozen=True, array_like=True):
    """A guest that would take the hub's place, and where (`https://` with host and port)."""

    writer: Writer
    url: Annotated[str, msgspec.Meta(max_length=MAX_URL)]
    fingerprint: Fingerprint


class StateAnswer(Message, frozen=True, kw_only=True):
    """`state` stands for all heads of the answering side: where it is the same as before, no entry has been added.

    `deputies`: the guests that would take a hub's place; a city has none.
    """

    now_ms: Milliseconds
    state: Hash
    deputies: Annotated[tuple[Deputy, ...], msgspec.Meta(max_length=MAX_DEPUTIES)] = ()


class HubAnswer(Message, frozen=True, kw_only=True):
    """Who a hub is: its device's certificate by the city, and its signature over the TLS fingerprint."""

    certificate: bytes
    signature: Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]


class EnrolRequest(Message, frozen=True, kw_only=True):
    secret: Annotated[bytes, msgspec.Meta(min_length=1, max_length=64)]
    public_key: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class EnrolAnswer(Message, frozen=True, kw_only=True):
    """The certificate, the city's public root key, and what the city calls itself."""

    certificate: bytes
    root_key: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    city_id: str
    name: str
    title: str


class RenewRequest(Message, frozen=True, kw_only=True):
    """For a certificate of the new key `public_key`, which signs `proof` (`sync.renew`).

    `seq` and `hash`: the last entry of the asking writer's journal that both sides have.
    """

    public_key: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
    proof: Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]
    seq: Seq
    hash: Hash


class RenewAnswer(Message, frozen=True, kw_only=True):
    now_ms: Milliseconds
    certificate: bytes


M = TypeVar("M", bound=Message)


def encode(message: Message) -> bytes:
    """Raises SyncError(TOO_LARGE)."""
    return pack(msgspec.to_builtins(message, builtin_types=(bytes,)))


def decode(kind: type[M], body: bytes, *, max_bytes: int = MAX_MESSAGE_BYTES) -> M:
    """The message of that `kind` in `body`. Raises SyncError: TOO_OLD for another version, GARBLED, TOO_LARGE."""
    raw = unpack(body, max_bytes=max_bytes)
    if isinstance(raw, dict) and type(raw.get("v")) is int and raw["v"] != VERSION:
        raise SyncError(Trouble.TOO_OLD)
    try:
        return msgspec.convert(_plain_keys(raw), kind, builtin_types=(bytes,))
    except msgspec.ValidationError as error:
        raise SyncError(Trouble.GARBLED) from error


def _plain_keys(raw: Any) -> Any:
    if not isinstance(raw, dict) or not all(isinstance(key, str) for key in raw):
        raise SyncError(Trouble.GARBLED)
    return raw


def positions_of(heads: Mapping[WriterId, Head]) -> dict[bytes, tuple[int, bytes]]:
    return {bytes(writer): (head.seq, head.hash) for writer, head in heads.items()}
