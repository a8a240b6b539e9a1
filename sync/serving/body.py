"""Reading what a request brings, never more than is allowed."""

from fastapi import Request

from sync.errors import SyncError, Trouble


async def read_body(request: Request, most: int) -> bytes:
    """The whole body. Raises SyncError(TOO_LARGE) as soon as more than `most` bytes are announced or have come."""
    announced = request.headers.get("Content-Length", "0")
    if announced.isdecimal() and int(announced) > most:
        raise SyncError(Trouble.TOO_LARGE)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most:
            raise SyncError(Trouble.TOO_LARGE)
    return bytes(body)


def bearer_token(request: Request) -> str:
    """The token of the Authorization header. Raises SyncError(REFUSED) where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise SyncError(Trouble.REFUSED)
    return token.strip()
