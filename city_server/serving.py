"""Serving a city until somebody ends it."""

import signal
import socket
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import FrameType

import uvicorn

from city_server.app import create_app
from city_server.city import City, open_city
from city_server.errors import CityError
from city_server.garbage import look_for_cycles_rarely
from city_server.log import log_to_stderr, note
from city_server.metrics_apart import METRICS_HOST, metrics_apart
from city_server.workers import keep_working
from sync.serving.listening import listen
from sync.transport import is_loopback

GRACE_S = 15
KEEP_ALIVE_S = 90
"""Longer than a station waits that was told to come again: it should not write on a connection just as that closes."""
MAX_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Place:
    """Where to serve. Without a certificate only on this very machine: members' data does not travel unencrypted."""

    host: str
    port: int
    tls_certificate: Path | None = None
    tls_key: Path | None = None
    metrics_port: int | None = None
    """Where the metrics are served to this machine alone; None: beside everything else, to whoever asks."""

    @property
    def scheme(self) -> str:
        return "https" if self.tls_certificate else "http"


def serve(city: City, place: Place, tell: Callable[[str], None], workers: int = 1) -> None:
    """Serve until SIGTERM or SIGINT; requests that are under way are finished. `tell` is given the address.

    With more than one of `workers` so many processes do it, each with the city opened anew. Port 0 takes a free one.
    Raises CityError: not_loopback, no_tls_file, cannot_listen.
    """
    _check(place)
    with closing(_listen(place)) as listener, metrics_apart(city, place.metrics_port):
        config = _config(city, place)
        host = f"[{place.host}]" if ":" in place.host else place.host
        log_to_stderr()
        tell(f"{place.scheme}://{host}:{listener.getsockname()[1]}")
        if workers > 1:
            keep_working(partial(_work, city.home.folder, place), listener, workers)
        else:
            _answer(config, listener)
    note("stopped")


def _work(folder: Path, place: Place, listener: socket.socket) -> None:
    """What each of several processes does."""
    log_to_stderr()
    with open_city(folder) as city:
        _answer(_config(city, place), listener)


def _answer(config: uvicorn.Config, listener: socket.socket) -> None:
    look_for_cycles_rarely()
    _end_in_peace()
    uvicorn.Server(config).run(sockets=[listener])


def _config(city: City, place: Place) -> uvicorn.Config:
    config = uvicorn.Config(
        create_app(city, shows_metrics=place.metrics_port is None),
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=GRACE_S,
        ssl_certfile=place.tls_certificate,
        ssl_keyfile=place.tls_key,
    )
    _load_tls(config)
    return config


def _check(place: Place) -> None:
    for host, port in ((place.host, place.port), (METRICS_HOST, place.metrics_port or 0)):
        if not 0 <= port <= MAX_PORT:  # the system would take the rest of a division
            raise CityError("cannot_listen", host=host, port=port)
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


def _end_in_peace() -> None:
    """The server catches both signals, and raises them once more when it has ended: to us that is no reason to die."""

    def ended(_number: int, _frame: FrameType | None) -> None:
        note("stopping")

    signal.signal(signal.SIGTERM, ended)
    signal.signal(signal.SIGINT, ended)
