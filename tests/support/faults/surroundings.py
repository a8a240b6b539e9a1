"""The world around the product, replaced for one history: chance, lines, TLS, pools of threads."""

import logging
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from support.faults.asgi import at_once
from support.faults.link import Lines, Link
from support.faults.machines import certificate_of
from support.faults.node import sharing_statements

import city_server.http.enrol_routes
import station_app.home.home
import station_app.station.exchange
import station_app.station.healing
import sync.lan.link
import sync.serving.routes
from db.engine import sqlcipher_engine
from station_core.keys import SigningKey
from sync.errors import SyncError, Trouble
from sync.lan.address import HubAddress

_PLACES = (station_app.station.exchange, station_app.station.healing, sync.lan.link)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Salts, tokens and keys follow from `seed`: the same history has the same bytes."""
    salts = Random(seed)

    def token_bytes(size: int = 32) -> bytes:
        return salts.randbytes(size)

    with (
        patch.object(secrets, "token_bytes", token_bytes),
        patch.object(SigningKey, "generate", lambda: SigningKey(token_bytes())),
    ):
        yield


@contextmanager
def on_lines(lines: Lines) -> Iterator[None]:
    """Whoever opens a transport gets one of `lines`; what answers there does one thing after the other."""

    def link(address: str, **_: Any) -> Link:
        return Link(address, lines)

    def shown(address: HubAddress) -> bytes:
        host = address.url.removeprefix("https://").partition(":")[0]
        if lines.serving(host) is None:
            raise SyncError(Trouble.UNREACHABLE)
        return certificate_of(host)

    with ExitStack() as stack:
        for place in _PLACES:
            stack.enter_context(patch.object(place, "Transport", link))
        stack.enter_context(patch.object(sync.lan.link, "certificate_at", shown))
        stack.enter_context(patch.object(sync.lan.link, "trusting_only", lambda _certificate: None))
        stack.enter_context(patch.object(sync.serving.routes, "run_in_threadpool", at_once))
        stack.enter_context(patch.object(city_server.http.enrol_routes, "run_in_threadpool", at_once))
        stack.enter_context(patch.object(station_app.home.home, "sqlcipher_engine", _opened))
        yield


def _opened(path: Path, key: bytes) -> sa.Engine:
    return sharing_statements(sqlcipher_engine(path, key))


class Unexpected(logging.Handler):
    """What servers answered with 500 and logged: mistakes of ours, which a station hears of only as a trouble."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith("sqlalchemy.pool"):  # a process that was ended gives back what it no longer has
            return
        fields = getattr(record, "fields", {})
        places = fields.get("places", [""])
        self.seen.append(f"{record.getMessage()}: {fields.get('error')} at {places[-1]}")


@contextmanager
def listening() -> Iterator[Unexpected]:
    handler, root = Unexpected(), logging.getLogger()
    root.addHandler(handler)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
