"""Reading what a request brings, never more than is allowed."""

from fastapi import Request

from sync.errors import SyncError, Trouble
from sync.wire import MEDIA_TYPE


async def read_body(request: Request, most: int) -> bytes:
    """The whole body, at most `most` bytes.

    Raises SyncError: WRONG_MEDIA_TYPE; TOO_LARGE as soon as more bytes are announced or have come.
    """
    _check_media_type(request)
    announced = request.headers.get("Content-Length", "0")
    if announced.isdecimal() and int(announced) > most:
        raise SyncError(Trouble.TOO_LARGE)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise SyncError(Trouble.TOO_LARGE)
    return bytes(body)


def _check_media_type(request: Request) -> None:
    """Nothing but messages, and they bring their compression with them."""
    kind = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if kind != MEDIA_TYPE or coding != "identity":
        raise SyncError(Trouble.WRONG_MEDIA_TYPE)


def bearer_token(request: Request) -> str:
    """The token of the Authorization header. Raises SyncError(REFUSED) where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise SyncError(Trouble.REFUSED)
    return token.strip()
