"""Serving a city until somebody ends it."""

import gc
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import uvicorn

from city_server.app import create_app
from city_server.city import City
from city_server.errors import CityError
from city_server.log import log_to_stderr, note
from sync.serving.listening import listen
from sync.transport import is_loopback

GRACE_S = 15
GC_ALLOCATIONS = 50_000
MAX_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Place:
    """Where to serve. Without a certificate only on this very machine: members' data does not travel unencrypted."""

    host: str
    port: int
    tls_certificate: Path | None = None
    tls_key: Path | None = None

    @property
    def scheme(self) -> str:
        return "https" if self.tls_certificate else "http"


def serve(city: City, place: Place, tell: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; requests that are under way are finished. `tell` is given the address.

    Port 0 takes a free one. Raises CityError: not_loopback, no_tls_file, cannot_listen.
    """
    _check(place)
    listener = _listen(place)
    config = uvicorn.Config(
        create_app(city),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_S,
        ssl_certfile=place.tls_certificate,
        ssl_keyfile=place.tls_key,
    )
    _load_tls(config)
    host = f"[{place.host}]" if ":" in place.host else place.host
    log_to_stderr()
    _look_for_cycles_rarely()
    tell(f"{place.scheme}://{host}:{listener.getsockname()[1]}")
    _end_in_peace()
    uvicorn.Server(config).run(sockets=[listener])
    note("stopped")


def _check(place: Place) -> None:
    if not 0 <= place.port <= MAX_PORT:  # the system would take the rest of a division
        raise CityError("cannot_listen", host=place.host, port=place.port)
    if place.tls_certificate is None and not is_loopback(place.host):
        raise CityError("not_loopback", host=place.host)
    for file in (place.tls_certificate, place.tls_key):
        if file is not None and not file.is_file():
            raise CityError("no_tls_file", file=str(file))


def _listen(place: Place) -> socket.socket:
    try:
        return listen(place.host, place.port)
    except OSError:
        raise CityError("cannot_listen", host=place.host, port=place.port) from None


def _load_tls(config: uvicorn.Config) -> None:
    try:
        config.load()
    except OSError:  # ssl.SSLError is one
        raise CityError("no_tls_file", file=str(config.ssl_certfile)) from None


def _look_for_cycles_rarely() -> None:
    """A batch becomes some hundred thousand objects that refer to each other in no circles and go with it. Looking
    through them, and through all that was loaded, every 700 allocations took a fifth of the time of taking them in.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GC_ALLOCATIONS)


def _end_in_peace() -> None:
    """The server catches both signals, and raises them once more when it has ended: to us that is no reason to die."""

    def ended(_number: int, _frame: FrameType | None) -> None:
        note("stopping")

    signal.signal(signal.SIGTERM, ended)
    signal.signal(signal.SIGINT, ended)
