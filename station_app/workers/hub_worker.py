"""Serving this station as its event's hub."""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from station_app.home.facts import StationFacts
from station_app.home.hub_files import hub_files
from station_app.station.hub import Heard, HubHost, hub_app, who_serves
from station_app.workers.store_thread import StoreThread
from sync.errors import SyncError, Trouble
from sync.lan.address import PORT, HubAddress
from sync.lan.discovery import announced, interfaces_of, lan_addresses
from sync.messages import Standby
from sync.serving.listening import listen

EVERYWHERE = "0.0.0.0"  # noqa: S104 - becoming the hub of an event is an explicit act
GRACE_S = 3


@dataclass(frozen=True, slots=True)
class Serving:
    """Under which addresses others reach this hub, the likeliest first; none where the computer is in no network."""

    port: int
    fingerprint: bytes
    addresses: tuple[HubAddress, ...]


class HubWorker:
    """Serves the exchange to the other stations of the event, in a thread with a loop of its own. A `StandIn`.

    Wakes: with each request. Stops: `stop`, which lets requests under way finish for a moment and waits; may be
    started again. Drops: nothing: who was not answered asks again, here or elsewhere, and what was acknowledged is in
    the store.

    `arrived` is called in a thread of the server whenever entries were taken in.
    """

    def __init__(
        self,
        home: Path,
        facts: StationFacts,
        store: StoreThread,
        wall_ms: Callable[[], int],
        arrived: Callable[[], None],
        place: tuple[str, int] = (EVERYWHERE, PORT),
    ) -> None:
        """`place`: host and port at which it serves where it takes another's place."""
        self._home, self._facts, self._store = home, facts, store
        self._wall_ms, self._arrived = wall_ms, arrived
        self._place = place
        self._fingerprint: bytes | None = None
        self._turn = threading.RLock()
        self._host: HubHost | None = None
        self._listens_at = EVERYWHERE
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.serving: Serving | None = None

    def start(self, host: str = EVERYWHERE, port: int = PORT) -> Serving:
        """Serve from now on; port 0 takes a free one. Where it is serving already, nothing changes.

        Raises SyncError: CANNOT_SERVE, NOT_ENROLLED; HomeError for a damaged folder.
        """
        with self._turn:
            return self.serving or self._start(host, port)

    def offered(self) -> Standby:
        """Where it serves, or would if it took over. Raises HomeError for a damaged folder."""
        serving = self.serving
        port = self._place[1] if serving is None else serving.port
        if self._fingerprint is None:
            self._fingerprint = hub_files(self._home).fingerprint
        return Standby(port, self._fingerprint)

    def take_over(self) -> None:
        """Serve in the place of a hub that has gone. Raises as `start` does."""
        self.start(*self._place)

    def _start(self, host: str, port: int) -> Serving:
        files = hub_files(self._home)
        answer = self._store.call(lambda station: who_serves(station.store, self._facts.city_id, files.fingerprint))
        run = lambda job: self._store.call(lambda station: job(station.store))  # noqa: E731
        self._host = HubHost(self._facts, self._wall_ms, run, self._arrived)
        config = uvicorn.Config(
            hub_app(self._host, answer),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_graceful_shutdown=GRACE_S,
            ssl_certfile=files.certificate,
            ssl_keyfile=files.key,
        )
        listener = _listen(host, port)
        self._listens_at = host
        port = listener.getsockname()[1]
        addresses = tuple(HubAddress(f"https://{one}:{port}", files.fingerprint) for one in lan_addresses(host))
        self.serving = Serving(port, files.fingerprint, addresses)
        self._server = uvicorn.Server(config)
        announcement = announced(
            self._host.store.own,
            files.fingerprint,
            answer.signature,
            lan_addresses(host),
            port,
            interfaces_of(host),
        )
        serve = _serve(self._server, listener, announcement)
        self._thread = threading.Thread(target=lambda: asyncio.run(serve), name="hub", daemon=True)
        self._thread.start()
        return self.serving

    def stop(self) -> None:
        with self._turn:
            self._stop()

    def _stop(self) -> None:
        if self._server is None or self._thread is None:
            return
        self._server.should_exit = True
        self._thread.join()
        self._server = self._thread = self._host = self.serving = None

    def restart(self) -> Serving | None:
        """Serve anew at the same place, as the device that this one is now; None where it is not serving.

        For a device that goes on under another key: what it announces is signed by the one that it had. Raises as
        `start` does.
        """
        with self._turn:
            if self.serving is None:
                return None
            port = self.serving.port
            self.stop()
            return self.start(self._listens_at, port)

    def guests(self) -> tuple[Heard, ...]:
        """Who has asked since the hub began, the latest first."""
        host = self._host
        return () if host is None else host.guests()


def _listen(host: str, port: int) -> socket.socket:
    try:
        return listen(host, port)
    except (OSError, OverflowError) as error:
        raise SyncError(Trouble.CANNOT_SERVE, port=port) from error


async def _serve(
    server: uvicorn.Server, listener: socket.socket, announcement: AbstractAsyncContextManager[None]
) -> None:
    """Serve at once; the announcement follows, since it takes a second to see that nobody else has the name."""

    async def announce() -> None:
        async with announcement:
            await ended.wait()

    ended = asyncio.Event()
    announcing = asyncio.create_task(announce())
    try:
        await server.serve(sockets=[listener])
    finally:
        ended.set()
        await asyncio.gather(announcing, return_exceptions=True)
        listener.close()
