"""Known troubles as HTTP answers: ``application/problem+json`` (RFC 9457) whose ``code`` a station understands."""

from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from resources.texts import Language, say
from sync.errors import ClockOff, SyncError, Trouble

STATUS = {
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
    Trouble.WRONG_MEDIA_TYPE: 415,
    Trouble.BUSY: 503,
}
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 5


def problem(error: SyncError, *, retry_after_s: int = RETRY_AFTER_S, **members: str | int) -> JSONResponse:
    """`members` are further members of the answer, such as ``offset_ms``; `retry_after_s` is what BUSY asks for."""
    status = STATUS.get(error.code, 500)
    detail = say(Language.ENGLISH, f"sync_errors.what.{error.code}", **error.params)
    content = {"type": "about:blank", "status": status, "code": error.code.value, "detail": detail}
    headers = _headers(status, retry_after_s)
    return JSONResponse(content | dict(error.params) | members, status, headers, media_type=MEDIA_TYPE)


def _headers(status: int, retry_after_s: int) -> Mapping[str, str]:
    """What RFC 9110 wants beside the status."""
    match status:
        case 401:
            return {"WWW-Authenticate": "Bearer"}
        case 415:
            return {"Accept-Encoding": "identity"}
        case 503:
            return {"Retry-After": str(retry_after_s)}
    return {}


def answer_troubles(app: FastAPI, *busy: type[Exception]) -> None:
    """Let `app` answer known troubles in words instead of failing; a store's own errors, `busy`, as BUSY."""

    @app.exception_handler(SyncError)
    def _known(request: Request, error: SyncError) -> JSONResponse:
        request.scope["trouble"] = error.code.value
        return problem(error, offset_ms=error.offset_ms) if isinstance(error, ClockOff) else problem(error)

    @app.exception_handler(HTTPException)
    def _no_such_question(_: Request, error: HTTPException) -> JSONResponse:
        """No such path, or not by this method: a client finds no `code` and knows that this is not what it sought."""
        content = {"type": "about:blank", "status": error.status_code, "title": error.detail}
        return JSONResponse(content, error.status_code, error.headers, media_type=MEDIA_TYPE)

    def store(request: Request, error: Exception) -> JSONResponse:
        request.scope["trouble"] = f"store_{getattr(error, 'code', 'unknown')}"
        return problem(SyncError(Trouble.BUSY))

    for kind in busy:
        app.add_exception_handler(kind, store)
