"""As much of IPP (RFC 8010, RFC 8011) as it takes to ask a scheduler about its printers and jobs.

`lpstat` shows a cancelled and a completed job alike, and words differ between versions: the state of a job is
therefore read from the `job-state` attribute itself.
"""

import re
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from http.client import HTTPConnection, HTTPException

_ADDRESS = re.compile(r"(?:\[(?P<bracketed>[^]]+)\]|(?P<host>[^:/\[\]]+))(?::(?P<port>\d{1,5}))?(?:/version=.*)?$")
"""As client.conf and CUPS_SERVER write it: ``host:port/version=1.1``, where only the host must be there."""
_MAX_ANSWER_BYTES = 4 * 1024 * 1024
_END_OF_ATTRIBUTES = 0x03
_LAST_DELIMITER = 0x0F
_SUCCESS_BELOW = 0x0100
_NOT_FOUND = 0x0406
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_TEXT_TAGS = range(0x41, 0x4A)
_URI, _CHARSET, _LANGUAGE, _KEYWORD = 0x45, 0x47, 0x48, 0x44


class Operation(IntEnum):
    GET_JOB_ATTRIBUTES = 0x0009
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_PRINTERS = 0x4002


class IppError(ConnectionError):
    """The scheduler does not answer, or not in IPP."""


Value = int | bool | str
Attributes = dict[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class IppClient:
    """Asks the scheduler at `server`: ``host:port``, or the path of its socket."""

    server: str
    timeout_s: float

    def ask(self, operation: Operation, target: tuple[str, str] | None, wanted: tuple[str, ...]) -> list[Attributes]:
        """The attribute groups of the answer, after the operation's own; none where the target does not
        exist.

        `target` is the attribute and the URI that the question is about. Raises IppError.
        """
        status, groups = decoded(self._post(_encoded(operation, target, wanted)))
        if status == _NOT_FOUND:
            return []
        if status >= _SUCCESS_BELOW:
            raise IppError(f"IPP status {status:#06x}")
        return groups[1:]

    def _post(self, body: bytes) -> bytes:
        connection = connection_to(self.server, self.timeout_s)
        try:
            connection.request("POST", "/", body, {"Content-Type": "application/ipp", "Host": "localhost"})
            response = connection.getresponse()
            if response.status != 200:
                raise IppError(f"HTTP status {response.status}")
            return response.read(_MAX_ANSWER_BYTES)
        except (OSError, HTTPException) as error:
            raise IppError(str(error)) from error
        finally:
            connection.close()


class _SocketFileConnection(HTTPConnection):
    def connect(self) -> None:
        family = getattr(socket, "AF_UNIX", None)
        if family is None:
            raise IppError("no sockets in the file system here")
        self.sock = socket.socket(family, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.host)


def connection_to(server: str, timeout_s: float) -> HTTPConnection:
    """Not opened yet. Raises IppError for what is no address."""
    if server.startswith("/"):
        connection: HTTPConnection = _SocketFileConnection("localhost", timeout=timeout_s)
        connection.host = server
        return connection
    address = _ADDRESS.match(server)
    if address is None:
        raise IppError(f"{server} is no address of a scheduler")
    host, bare_host, port = address.group("bracketed", "host", "port")
    return HTTPConnection(host or bare_host, int(port or 631), timeout=timeout_s)


def _encoded(operation: Operation, target: tuple[str, str] | None, wanted: tuple[str, ...]) -> bytes:
    request = bytearray(struct.pack(">BBHiB", 2, 0, operation, 1, 0x01))
    request += _attribute(_CHARSET, "attributes-charset", "utf-8")
    request += _attribute(_LANGUAGE, "attributes-natural-language", "en")
    if target:
        request += _attribute(_URI, *target)
    for number, name in enumerate(wanted):
        request += _attribute(_KEYWORD, "" if number else "requested-attributes", name)
    request.append(_END_OF_ATTRIBUTES)
    return bytes(request)


def _attribute(tag: int, name: str, value: str) -> bytes:
    """A nameless one is a further value of the one before (RFC 8010 §3.1.5)."""
    name_bytes, value_bytes = name.encode(), value.encode()
    head = struct.pack(">BH", tag, len(name_bytes)) + name_bytes
    return head + struct.pack(">H", len(value_bytes)) + value_bytes


def decoded(answer: bytes) -> tuple[int, list[Attributes]]:
    """The status and the groups of attributes, the operation's own first. Raises IppError."""
    groups: list[Attributes] = []
    try:
        status = struct.unpack_from(">H", answer, 2)[0]
        name = ""
        for tag, named, value in _items(answer):
            if tag <= _LAST_DELIMITER:
                groups.append({})
                continue
            name = named or name
            groups[-1][name] = (*groups[-1].get(name, ()), value)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise IppError("the answer is not IPP") from error
    return status, groups


def _items(answer: bytes) -> Iterator[tuple[int, str, Value]]:
    """Delimiters as (tag, "", 0), attributes as (tag, name, value); a name is empty for a further value."""
    at = 8
    while (tag := answer[at]) != _END_OF_ATTRIBUTES:
        at += 1
        if tag <= _LAST_DELIMITER:
            yield tag, "", 0
            continue
        name, at = _counted(answer, at)
        value, at = _counted(answer, at)
        yield tag, name.decode(), _value(tag, value)


def _counted(answer: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack_from(">H", answer, at)
    end = at + 2 + length
    if end > len(answer):
        raise IndexError(end)
    return answer[at + 2 : end], end


def _value(tag: int, raw: bytes) -> Value:
    if tag in (_INTEGER, _ENUM):
        return int(struct.unpack(">i", raw)[0])
    if tag == _BOOLEAN:
        return raw != b"\x00"
    return raw.decode() if tag in _TEXT_TAGS else ""
