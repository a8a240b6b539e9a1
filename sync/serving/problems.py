"""Known troubles as HTTP answers: ``application/problem+json`` (RFC 9457) whose ``code`` a station understands."""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from resources.texts import Language, say
from sync.errors import ClockOff, SyncError, Trouble

_STATUS = {
    Trouble.GARBLED: 400,
    Trouble.TOO_OLD: 400,
    Trouble.REFUSED: 401,
    Trouble.NOT_ENROLLED: 401,
    Trouble.OTHER_CITY: 401,
    Trouble.CLOCK_OFF: 401,
    Trouble.REVOKED: 403,
    Trouble.EXPIRED: 403,
    Trouble.CODE_UNKNOWN: 403,
    Trouble.CODE_USED: 409,
    Trouble.CODE_EXPIRED: 410,
    Trouble.TOO_LARGE: 413,
    Trouble.BUSY: 503,
}
RETRY_AFTER_S = 5


def problem(error: SyncError, *, retry_after_s: int = RETRY_AFTER_S, **members: str | int) -> JSONResponse:
    """`members` are further members of the answer, such as ``offset_ms``; `retry_after_s` is what BUSY asks for."""
    status = _STATUS.get(error.code, 500)
    detail = say(Language.ENGLISH, f"sync_errors.what.{error.code}", **error.params)
    content = {"type": "about:blank", "status": status, "code": error.code.value, "detail": detail}
    headers: Mapping[str, str] = {"Retry-After": str(retry_after_s)} if error.code is Trouble.BUSY else {}
    return JSONResponse(content | dict(error.params) | members, status, headers, media_type="application/problem+json")


def answer_troubles(app: FastAPI, *busy: type[Exception]) -> None:
    """Let `app` answer known troubles in words instead of failing; a store's own errors, `busy`, as BUSY."""

    @app.exception_handler(SyncError)
    def _known(request: Request, error: SyncError) -> JSONResponse:
        request.scope["trouble"] = error.code.value
        return problem(error, offset_ms=error.offset_ms) if isinstance(error, ClockOff) else problem(error)

    def store(request: Request, error: Exception) -> JSONResponse:
        request.scope["trouble"] = f"store_{getattr(error, 'code', 'unknown')}"
        return problem(SyncError(Trouble.BUSY))

    for kind in busy:
        app.add_exception_handler(kind, store)
