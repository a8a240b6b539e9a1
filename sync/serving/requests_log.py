"""One line in the log for each request. It names devices by number and writer and never says anything about a person.

What strangers send may hold anything: of a path only a route that there is is logged, of a method one that HTTP
knows, of an unexpected error the type and the places and not its text: a database's errors quote what was to be
written.
"""

import logging
import secrets
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUEST_ID_HEADER = b"x-request-id"


@dataclass(frozen=True, slots=True)
class Answered:
    """A request that has its answer. `route` is None where there is none for its path; `status` 0: nobody waited."""

    method: str
    route: str | None
    status: int
    seconds: float


class LogRequests:
    """Gives each request an id, which its answer carries too, and tells `watch` about it when it is answered.

    An error that nobody foresaw becomes a plain answer 500 and a line that tells where.
    """

    def __init__(
        self,
        app: ASGIApp,
        log: logging.Logger,
        routes: Iterable[str],
        watch: Callable[[Answered], None] | None = None,
    ) -> None:
        """`routes` are the paths that the application answers."""
        self._app, self._log, self._routes, self._watch = app, log, frozenset(routes), watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        request_id = secrets.token_hex(8)
        status = 0

        async def noting_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (REQUEST_ID_HEADER, request_id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, noting_send)
        except Exception as error:  # the last door: whatever it is, the next request must be served
            self._log.error("unexpected", extra={"fields": {"request_id": request_id, **places_of(error)}})
            if not status:
                failed = {"type": "about:blank", "status": 500, "code": "city_failed"}
                await JSONResponse(failed, 500, media_type="application/problem+json")(scope, receive, noting_send)
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = scope["path"] if scope["path"] in self._routes else None
        self._tell(scope, request_id, Answered(method, route, status, time.monotonic() - started))

    def _tell(self, scope: Scope, request_id: str, answered: Answered) -> None:
        fields = {
            "request_id": request_id,
            "method": answered.method,
            "route": answered.route,
            "status": answered.status,
            "duration_ms": round(answered.seconds * 1_000),
            "device": scope.get("device"),
            "writer": scope.get("writer"),
            "trouble": scope.get("trouble"),
        }
        self._log.info("request", extra={"fields": fields})
        if self._watch is not None:
            self._watch(answered)


def places_of(error: BaseException) -> dict[str, Any]:
    """What may be logged of an error: its type and where it came from."""
    frames = traceback.extract_tb(error.__traceback__)
    return {"error": type(error).__qualname__, "places": [f"{f.filename}:{f.lineno} {f.name}" for f in frames[-12:]]}
