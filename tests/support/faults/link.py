"""Lines between machines on which everything goes wrong that can go wrong on lines."""

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

import httpx
from starlette.types import ASGIApp
from support.faults import asgi
from support.faults.node import Crash, Node
from support.faults.tally import Fault, Tally

from sync.transport import Transport, checked_address


class Serving(NamedTuple):
    """Whoever answers under a name."""

    node: Node
    app: ASGIApp


class Sent(NamedTuple):
    """A request that is on its way."""

    request: httpx.Request
    body: bytes


@dataclass
class Weather:
    """`roughness`: the share of requests to which something happens."""

    rng: Random
    tally: Tally
    roughness: float

    @contextmanager
    def calm(self) -> Iterator[None]:
        before, self.roughness = self.roughness, 0.0
        try:
            yield
        finally:
            self.roughness = before


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


@dataclass
class Lines(httpx.BaseTransport):
    """`serving` finds who answers under a host's name; nobody may. `late`: what the network still holds."""

    weather: Weather
    serving: Callable[[str], Serving | None]
    late: list[Sent] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        sent, weather = Sent(request, request.read()), self.weather
        if weather.rng.random() >= weather.roughness:
            return self._deliver(sent)
        fault = weather.rng.choice(_LINE_FAULTS)
        if fault is not Fault.LATE:
            weather.tally[fault] += 1
        return self._struck(fault, sent)

    def deliver_late(self) -> None:
        """One of the requests that were held up arrives after all; nobody waits for its answer any more."""
        sent = self.late.pop(self.weather.rng.randrange(len(self.late)))
        self.weather.tally[Fault.LATE] += 1
        with contextlib.suppress(httpx.TransportError):
            self._deliver(sent)

    def _struck(self, fault: Fault, sent: Sent) -> httpx.Response:
        match fault:
            case Fault.CUT:
                raise httpx.ConnectError("cut")
            case Fault.LATE:
                self.late.append(sent)
                raise httpx.ReadTimeout("on its way")
            case Fault.ANSWER_LOST:
                with contextlib.suppress(httpx.TransportError):
                    self._deliver(sent)
                raise httpx.ReadTimeout("the answer was lost")
            case Fault.DUPLICATED:
                return self.weather.rng.choice([self._deliver(sent), self._deliver(sent)])
            case Fault.REQUEST_TRUNCATED:
                return self._deliver(Sent(sent.request, self._cut(sent.body)))
            case Fault.REQUEST_CORRUPTED:
                return self._deliver(Sent(sent.request, damaged(sent.body, self.weather.rng)))
            case Fault.ANSWER_TRUNCATED:
                return self._changed(self._deliver(sent), self._cut)
        return self._changed(self._deliver(sent), lambda content: damaged(content, self.weather.rng))

    def _deliver(self, sent: Sent) -> httpx.Response:
        found = self.serving(sent.request.url.host)
        if found is None:
            raise httpx.ConnectError("nobody there")
        try:
            answer = asgi.answer(found.app, sent.request, sent.body)
        except Crash as crash:
            crash.node.restart()
            raise httpx.ReadTimeout("the process is gone") from None
        return answer

    def _changed(self, answer: httpx.Response, change: Callable[[bytes], bytes]) -> httpx.Response:
        content = change(answer.read())
        headers = [(name, value) for name, value in answer.headers.raw if name.lower() != b"content-length"]
        return httpx.Response(answer.status_code, headers=headers, stream=httpx.ByteStream(content))

    def _cut(self, content: bytes) -> bytes:
        return content[: self.weather.rng.randrange(len(content))] if content else content


class Link(Transport):
    """The product's transport, replaced where bytes leave the machine."""

    def __init__(self, address: str, lines: Lines) -> None:
        self.address = checked_address(address)
        self._client = httpx.Client(transport=lines, trust_env=False)


def damaged(content: bytes, rng: Random) -> bytes:
    """`content` with one bit turned."""
    changed = bytearray(content)
    if changed:
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)
