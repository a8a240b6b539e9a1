"""Requests over HTTP: TLS with the system's authorities, plain HTTP to this very machine only, answers bounded."""

import ipaddress
import re
import ssl
from typing import Any, Self

import httpx
import truststore

from sync.errors import Busy, ClockOff, SyncError, Trouble
from sync.wire import MAX_BODY_BYTES, MEDIA_TYPE

CONNECT_S = 10.0
ANSWER_S = 60.0
MAX_PROBLEM_BYTES = 16 * 1024
RETRY_AFTER_S = 5.0
"""Where a busy city does not say how long it will be."""
MAX_RETRY_AFTER_DIGITS = 6
PATH = "/exchange/v1"

_HOST = re.compile(rb"[A-Za-z0-9._:-]+")


class Transport:
    """One city's address. Connections are kept open between requests; use as a context, or `close`."""

    def __init__(self, address: str, *, tls: ssl.SSLContext | None = None, answer_s: float = ANSWER_S) -> None:
        """`tls` replaces the system's authorities. Raises SyncError: BAD_ADDRESS, INSECURE."""
        self.address = checked_address(address)
        self._client = httpx.Client(
            verify=tls or truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            timeout=httpx.Timeout(answer_s, connect=CONNECT_S),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def post(self, purpose: str, body: bytes, token: str) -> bytes:
        """The body of the answer. Raises SyncError for whatever keeps it from coming."""
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": MEDIA_TYPE,
            "Accept": MEDIA_TYPE,
            "Accept-Encoding": "identity",
        }
        return self._ask("POST", purpose, headers, body)

    def get(self, purpose: str) -> bytes:
        """The body of the answer to a question that anybody may ask. Raises SyncError."""
        return self._ask("GET", purpose, {"Accept": MEDIA_TYPE, "Accept-Encoding": "identity"}, None)

    def _ask(self, method: str, purpose: str, headers: dict[str, str], body: bytes | None) -> bytes:
        url = f"{self.address}{PATH}/{purpose}"
        try:
            with self._client.stream(method, url, content=body, headers=headers) as response:
                return _read(response)
        except httpx.TimeoutException as error:
            known = Trouble.UNREACHABLE if isinstance(error, httpx.ConnectTimeout) else Trouble.TIMED_OUT
            raise SyncError(known) from error
        except httpx.TransportError as error:
            raise SyncError(Trouble.TLS if _is_about_tls(error) else Trouble.UNREACHABLE) from error


def checked_address(address: str) -> str:
    """`address` without what follows the path. Raises SyncError: BAD_ADDRESS, or INSECURE for http to elsewhere."""
    try:
        url = httpx.URL(address.strip())
    except httpx.InvalidURL as error:
        raise SyncError(Trouble.BAD_ADDRESS) from error
    if url.scheme not in ("http", "https") or not _HOST.fullmatch(url.raw_host) or url.userinfo:
        raise SyncError(Trouble.BAD_ADDRESS)
    if url.scheme == "http" and not is_loopback(url.host):
        raise SyncError(Trouble.INSECURE)
    return str(url.copy_with(query=None, fragment=None)).rstrip("/")


def is_loopback(host: str) -> bool:
    """Whether `host` can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _is_about_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _read(response: httpx.Response) -> bytes:
    kind = response.headers.get("Content-Type", "").partition(";")[0].strip()
    if response.status_code == httpx.codes.OK and kind == MEDIA_TYPE:
        return _bounded(response, MAX_BODY_BYTES)
    if kind == "application/problem+json":
        raise _problem(response)
    raise SyncError(Trouble.CITY_FAILED if response.status_code >= 500 else Trouble.NOT_A_CITY)


def _bounded(response: httpx.Response, most: int) -> bytes:
    body = bytearray()
    for part in response.iter_raw():
        body += part
        if len(body) > most:
            raise SyncError(Trouble.TOO_LARGE)
    return bytes(body)


def _problem(response: httpx.Response) -> SyncError:
    """The city's own word (RFC 9457); its ``code`` is one of ours unless the city is newer."""
    try:
        said: Any = httpx.Response(200, content=_bounded(response, MAX_PROBLEM_BYTES)).json()
        code = Trouble(said["code"])
    except (ValueError, KeyError, TypeError):
        return SyncError(Trouble.CITY_FAILED if response.status_code >= 500 else Trouble.NOT_A_CITY)
    if code is Trouble.CLOCK_OFF and type(said.get("offset_ms")) is int:
        return ClockOff(said["offset_ms"])
    if code is Trouble.BUSY:
        return Busy(_seconds(response.headers.get("Retry-After", "")))
    reason = said.get("reason")
    return SyncError(code, reason=reason) if isinstance(reason, str) else SyncError(code)


def _seconds(retry_after: str) -> float:
    """RFC 9110 §10.2.3; a city says it in seconds."""
    return (
        float(retry_after) if retry_after.isdecimal() and len(retry_after) <= MAX_RETRY_AFTER_DIGITS else RETRY_AFTER_S
    )
