"""One request to a web application, without a socket: what lies between HTTP's bytes and the store is the product's."""

import asyncio
from collections.abc import Callable, MutableMapping
from functools import cache
from typing import Any, TypeVar

import httpx
from starlette.types import ASGIApp

T = TypeVar("T")
_Message = MutableMapping[str, Any]


def answer(app: ASGIApp, request: httpx.Request, body: bytes) -> httpx.Response:
    """What `app` answers to `request` with `body` in the place of its own. Raises what `app` does not catch."""
    return _loop().run_until_complete(_answered(app, request, body))


async def at_once(work: Callable[..., T], *arguments: Any) -> T:
    """Instead of a pool of threads: one thing happens after the other, so that a seed is one history."""
    return work(*arguments)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One for all requests of a process."""
    return asyncio.new_event_loop()


async def _answered(app: ASGIApp, request: httpx.Request, body: bytes) -> httpx.Response:
    path = request.url.path
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": request.url.scheme,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": request.url.query,
        "headers": [(name.lower(), value) for name, value in request.headers.raw if name.lower() != b"content-length"],
        "client": None,
        "server": None,
    }
    said: list[_Message] = []

    async def receive() -> _Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: _Message) -> None:
        said.append(message)

    await app(scope, receive, send)
    content = b"".join(message.get("body", b"") for message in said[1:])
    return httpx.Response(said[0]["status"], headers=said[0]["headers"], stream=httpx.ByteStream(content))
