"""So many requests are worked on at once, some more wait, and whoever comes then is told to come again.

A server that takes in whatever comes lets everybody wait until their patience ends, and then has worked for nobody. One
that turns some away at once serves the others in good time, and those come back when it asked them to.
Pushes wait for the store's one write lock: they have fewer places, so that others can always be read to meanwhile.
"""

import asyncio
import math
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Scope, Send

from sync.errors import SyncError, Trouble
from sync.serving.problems import problem
from sync.serving.routes import PUSH

FIRST_S, LONGEST_S = 5, 60
"""The least and the most that somebody is told to wait."""
_WEIGHT = 0.1


@dataclass
class Gate:
    """`at_once` requests go through, and `waiting` stand before it at most.

    Who is turned away gets a moment of its own at which there should be room, one after the other at the pace at which
    requests go through: all told the same they would come, and be turned away, together.
    """

    at_once: int
    waiting: int
    clock: Callable[[], float] = time.monotonic
    _places: asyncio.Semaphore = field(init=False)
    _there: int = 0
    _took_s: float = 0.1
    _next_s: float = 0.0

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(self.at_once)

    @property
    def is_full(self) -> bool:
        return self._there >= self.at_once + self.waiting

    def come_again_in_s(self) -> int:
        now_s = self.clock()
        self._next_s = min(max(self._next_s, now_s) + self._took_s / self.at_once, now_s + LONGEST_S)
        return max(FIRST_S, math.ceil(self._next_s - now_s))

    @asynccontextmanager
    async def passing(self) -> AsyncIterator[None]:
        """Waits for a place, and holds it."""
        self._there += 1
        try:
            async with self._places:
                began_s = self.clock()
                yield
                self._took_s += _WEIGHT * (self.clock() - began_s - self._took_s)
        finally:
            self._there -= 1


class Turnstile:
    """Stands before the paths that begin with `path`. Each application has its own, and runs in one loop."""

    def __init__(self, app: ASGIApp, path: str, writing: Gate, reading: Gate) -> None:
        self._app, self._path = app, path
        self._writing, self._reading = writing, reading

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(f"{self._path}/"):
            await self._app(scope, receive, send)
            return
        gate = self._writing if scope["path"] == f"{self._path}/{PUSH}" else self._reading
        if gate.is_full:
            scope["trouble"] = Trouble.BUSY.value
            busy = problem(SyncError(Trouble.BUSY), retry_after_s=gate.come_again_in_s())
            await busy(scope, receive, send)
            return
        async with gate.passing():
            await self._app(scope, receive, send)
