"""So many requests are worked on at once, some more wait, and whoever comes then is told to come again.

A server that takes in whatever comes lets everybody wait until their patience ends, and then has worked for nobody. One
that turns some away at once serves the others in good time, and those come back when it asked them to.
Pushes wait for the store's one write lock: they have fewer places, so that others can always be read to meanwhile.
"""

import asyncio
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Scope, Send

from sync.errors import SyncError, Trouble
from sync.serving.problems import problem
from sync.serving.routes import PUSH


@dataclass
class Gate:
    """`at_once` requests go through, and `waiting` stand before it at most."""

    at_once: int
    waiting: int
    _places: asyncio.Semaphore = field(init=False)
    _there: int = 0

    def __post_init__(self) -> None:
        self._places = asyncio.Semaphore(self.at_once)

    @property
    def is_full(self) -> bool:
        return self._there >= self.at_once + self.waiting

    async def __aenter__(self) -> None:
        self._there += 1
        try:
            await self._places.acquire()
        except BaseException:
            self._there -= 1
            raise

    async def __aexit__(self, *_: object) -> None:
        self._places.release()
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
            await problem(SyncError(Trouble.BUSY))(scope, receive, send)
            return
        async with gate:
            await self._app(scope, receive, send)
