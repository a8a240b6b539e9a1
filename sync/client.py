"""The asking side's half of a conversation with one city (or hub): typed questions, each signed by the device."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar

from station_core.ids import WriterId
from station_core.journal.entry import Head
from station_core.keys import SigningKey
from sync.errors import ClockOff, SyncError, Trouble
from sync.messages import (
    BatchResult,
    HeadsAnswer,
    HeadsRequest,
    Message,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    RenewAnswer,
    RenewRequest,
    Standby,
    StateAnswer,
    StateRequest,
    decode,
    encode,
    positions_of,
)
from sync.token import make_token
from sync.transport import Transport

PULL_BYTES = 2 * 1024 * 1024

A = TypeVar("A", HeadsAnswer, PushAnswer, PullAnswer, RenewAnswer, StateAnswer)


class Client:
    """Asks the city `city_id` at the transport's address in the name of `key`'s device.

    A wrong clock keeps nobody from exchanging: when the city says how far off it is, the request is signed once more by
    the city's time. `clock_offset_ms` then tells how far the city is ahead (negative: behind), as does every answer.
    """

    def __init__(self, transport: Transport, city_id: str, key: SigningKey, wall_ms: Callable[[], int]) -> None:
        self._transport = transport
        self.city_id = city_id
        self._key = key
        self._wall_ms = wall_ms
        self.clock_offset_ms: int | None = None

    def heads(self, own: Mapping[WriterId, Head]) -> dict[WriterId, Head]:
        """Where the journals of `own` end at the other side. Raises SyncError."""
        answer = self._ask("heads", HeadsRequest(heads=positions_of(own)), HeadsAnswer)
        return {WriterId(writer): Head(seq, hash_) for writer, (seq, hash_) in answer.heads.items()}

    def push(self, batches: Sequence[bytes]) -> tuple[BatchResult, ...]:
        """What became of each of the encoded `batches`. Raises SyncError."""
        answer = self._ask("push", PushRequest(batches=tuple(batches)), PushAnswer)
        if len(answer.results) != len(batches):
            raise SyncError(Trouble.GARBLED)
        return answer.results

    def pull(self, own: Mapping[WriterId, Head], skip: Collection[WriterId]) -> PullAnswer:
        """What the other side has beyond `own`, a piece of it. Raises SyncError."""
        request = PullRequest(heads=positions_of(own), skip=tuple(sorted(skip)), max_bytes=PULL_BYTES)
        return self._ask("pull", request, PullAnswer)

    def state(self, standby: Standby | None = None) -> StateAnswer:
        """What stands for all that the other side holds: another one when anything was added. Raises SyncError.

        `standby`: where this device would serve if the other side, a hub, were gone.
        """
        return self._ask("state", StateRequest(standby=standby), StateAnswer)

    def renew(self, request: RenewRequest) -> RenewAnswer:
        """A certificate for another key of this device's. Raises SyncError."""
        return self._ask("renew", request, RenewAnswer)

    def _ask(self, purpose: str, request: Message, answer_type: type[A]) -> A:
        body = encode(request)
        try:
            return self._send(purpose, body, answer_type)
        except ClockOff as told:
            if self.clock_offset_ms == told.offset_ms:
                raise
            self.clock_offset_ms = told.offset_ms
            return self._send(purpose, body, answer_type)

    def _send(self, purpose: str, body: bytes, answer_type: type[A]) -> A:
        asked_ms = self._wall_ms()
        token = make_token(self._key, self.city_id, purpose, body, asked_ms + (self.clock_offset_ms or 0))
        answer = decode(answer_type, self._transport.post(purpose, body, token))
        self.clock_offset_ms = answer.now_ms - (asked_ms + self._wall_ms()) // 2
        return answer
