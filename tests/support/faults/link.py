"""A line between two machines on which everything goes wrong that can go wrong on lines."""

import contextlib
from dataclasses import dataclass, field
from random import Random

from support.faults.answering import answer
from support.faults.node import Crash, Node
from support.faults.tally import Fault, Tally

from sync.errors import SyncError, Trouble
from sync.transport import Transport


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that is still on its way."""

    to: Node
    purpose: str
    body: bytes
    token: str


@dataclass
class Weather:
    """`roughness`: the share of requests to which something happens. `late`: what the network still holds."""

    rng: Random
    tally: Tally
    roughness: float
    late: list[Sent] = field(default_factory=list)

    def deliver_late(self) -> None:
        """One of the requests that were held up arrives after all; nobody waits for its answer any more."""
        sent = self.late.pop(self.rng.randrange(len(self.late)))
        self.tally[Fault.LATE] += 1
        with contextlib.suppress(SyncError):
            _deliver(sent)


_LINE_FAULTS = (
    Fault.CUT,
    Fault.ANSWER_LOST,
    Fault.DUPLICATED,
    Fault.LATE,
    Fault.REQUEST_TRUNCATED,
    Fault.ANSWER_TRUNCATED,
    Fault.REQUEST_CORRUPTED,
    Fault.ANSWER_CORRUPTED,
)


class Link(Transport):
    """The transport of one exchange, replaced where bytes leave the machine."""

    def __init__(self, to: Node, weather: Weather) -> None:
        self.address = f"https://{to.name}.example"
        self._to, self._weather, self._rng = to, weather, weather.rng

    def close(self) -> None:
        """There is nothing to close."""

    def post(self, purpose: str, body: bytes, token: str) -> bytes:
        sent = Sent(self._to, purpose, body, token)
        if self._rng.random() >= self._weather.roughness:
            return _deliver(sent)
        fault = self._rng.choice(_LINE_FAULTS)
        if fault is not Fault.LATE:
            self._weather.tally[fault] += 1
        return self._struck(fault, sent)

    def _struck(self, fault: Fault, sent: Sent) -> bytes:
        match fault:
            case Fault.CUT:
                raise SyncError(Trouble.UNREACHABLE)
            case Fault.LATE:
                self._weather.late.append(sent)
                raise SyncError(Trouble.TIMED_OUT)
            case Fault.ANSWER_LOST:
                with contextlib.suppress(SyncError):
                    _deliver(sent)
                raise SyncError(Trouble.TIMED_OUT)
            case Fault.DUPLICATED:
                return self._rng.choice([_deliver(sent), _deliver(sent)])
            case Fault.REQUEST_TRUNCATED:
                return _deliver(self._changed(sent, self._cut(sent.body)))
            case Fault.REQUEST_CORRUPTED:
                return _deliver(self._changed(sent, damaged(sent.body, self._rng)))
            case Fault.ANSWER_TRUNCATED:
                return self._cut(_deliver(sent))
        return damaged(_deliver(sent), self._rng)

    def _changed(self, sent: Sent, body: bytes) -> Sent:
        return Sent(sent.to, sent.purpose, body, sent.token)

    def _cut(self, content: bytes) -> bytes:
        return content[: self._rng.randrange(len(content))]


def damaged(content: bytes, rng: Random) -> bytes:
    """`content` with one bit turned."""
    changed = bytearray(content)
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _deliver(sent: Sent) -> bytes:
    try:
        return answer(sent.to, sent.purpose, sent.body, sent.token)
    except Crash as crash:
        crash.node.restart()
        raise SyncError(Trouble.TIMED_OUT) from None
