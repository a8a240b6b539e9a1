"""One line in the log for each request. It names devices by number and never says anything about a person.

Of an unexpected error the type and the places are logged and not its text: a database's errors quote what was
to be written.
"""

import logging
import time
import traceback
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class LogRequests:
    """An error that nobody foresaw becomes a plain answer 500 and a line that tells where."""

    def __init__(self, app: ASGIApp, log: logging.Logger) -> None:
        self._app, self._log = app, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status = 0

        async def noting_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting_send)
        except Exception as error:  # the last door: whatever it is, the next request must be served
            self._log.error("unexpected", extra={"fields": _places(error)})
            if not status:
                failed = {"type": "about:blank", "status": 500, "code": "city_failed"}
                await JSONResponse(failed, 500, media_type="application/problem+json")(scope, receive, noting_send)
        fields = {
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "ms": round((time.monotonic() - started) * 1_000),
            "device": scope.get("device"),
            "trouble": scope.get("trouble"),
        }
        self._log.info("request", extra={"fields": fields})


def _places(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    return {"error": type(error).__qualname__, "places": [f"{f.filename}:{f.lineno} {f.name}" for f in frames[-12:]]}
