"""This station as its event's hub: whom it knows, and what they get."""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from fastapi import FastAPI

from db.errors import StoreBusy, StoreError
from db.fold.trust import key_in_batch
from db.lending import answer_wants
from db.store import Store
from db.values import Writer
from station_app.home.facts import StationFacts
from station_app.station.exchange import OnStoreThread, StationStore
from station_core.ids import WriterId
from station_core.journal.batch import Batch
from station_core.journal.receipt import Received
from sync.errors import SyncError, Trouble
from sync.lan.announcement import sign_fingerprint
from sync.messages import MAX_DEPUTIES, Deputy, HubAnswer, Standby
from sync.serving.host import Grant, KeyOf
from sync.serving.hub_routes import hub_router
from sync.serving.problems import answer_troubles
from sync.serving.requests_log import LogRequests
from sync.serving.routes import PURPOSES, exchange_router
from sync.serving.strangers import prove_by_journal
from sync.store import HeldJournals
from sync.token import Verified, check_token
from sync.transport import PATH

DEPUTY_S = 10.0
"""How long a guest that has not asked again still counts as one; it asks twice a second."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class HubGuest:
    """A device of the city whose token was good."""

    writer: Writer
    verified: Verified

    @property
    def number(self) -> int | None:
        return self.writer.number


@dataclass(frozen=True, slots=True)
class Heard:
    """A device that exchanges with this hub, and when it last asked."""

    writer: WriterId
    label: str
    at_ms: int


class HubHost:
    """Answers every device that the city certified. What it gives them is everything that it holds.

    `arrived` is called, in a thread of the server, when entries were taken in, or some stock was lent to a guest.
    """

    def __init__(
        self, facts: StationFacts, wall_ms: Callable[[], int], run: OnStoreThread, arrived: Callable[[], None]
    ) -> None:
        self.store = _TellingStore(run(lambda store: store.own), wall_ms, run, arrived)
        self._facts, self._wall_ms, self._run, self._arrived = facts, wall_ms, run, arrived
        self._lock = threading.Lock()
        self._heard: dict[WriterId, Heard] = {}
        self._deputies: dict[WriterId, tuple[float, Deputy]] = {}

    def snapshot(self) -> AbstractContextManager[HeldJournals]:
        """The store's thread is borrowed anew for each question: a counter does not wait for a whole answer."""
        return nullcontext(self.store)

    def recognise(self, token: str, purpose: str) -> HubGuest:
        verified = self._check(token, purpose, lambda named: self._run(lambda store: _public_key(store, named)))
        writer = self._run(lambda store: _writer(store, verified.writer))
        if writer is None or writer.certificate is None:
            raise SyncError(Trouble.NOT_ENROLLED)
        return HubGuest(writer, verified)

    def prove(self, token: str, purpose: str, batches: Iterable[Batch]) -> Verified:
        root_key = self._facts.root_key_bytes
        return prove_by_journal(
            batches, lambda batch: key_in_batch(root_key, batch), lambda key_of: self._check(token, purpose, key_of)
        )

    def heard(self, guest: HubGuest, said_seq: int | None) -> None:
        del said_seq  # a hub keeps no account of what others hold back: they know themselves
        heard = Heard(guest.writer.id, guest.writer.label, self._wall_ms())
        with self._lock:
            self._heard[heard.writer] = heard

    def deputies(self, guest: HubGuest, standby: Standby | None, host: str) -> Sequence[Deputy]:
        """Those who have offered it within the last moments, `guest` among them; nobody whom a guest would not ask."""
        now_s = time.monotonic()
        with self._lock:
            self._deputies.pop(guest.writer.id, None)
            if standby is not None and self._objection(guest) is None:
                deputy = Deputy(guest.writer.id, _url(host, standby.port), standby.fingerprint)
                self._deputies[guest.writer.id] = (now_s, deputy)
            recent = [deputy for at_s, deputy in self._deputies.values() if now_s - at_s < DEPUTY_S]
        return sorted(recent, key=lambda deputy: deputy.writer)[:MAX_DEPUTIES]

    def grant(self, guest: HubGuest) -> Grant:
        """A revoked device, and one whose certificate has run out, may hand in what they hold and get nothing."""
        objection = self._objection(guest)
        if objection is not None:
            raise objection
        self._lend(guest.writer.id)
        return Grant(lambda _: True)

    def _objection(self, guest: HubGuest) -> SyncError | None:
        if guest.writer.revoked_since is not None:
            return SyncError(Trouble.REVOKED, reason=guest.writer.revoked_reason or "")
        holds = (guest.writer.valid_from_ms or 0) <= self._wall_ms() < (guest.writer.valid_until_ms or 0)
        return None if holds else SyncError(Trouble.EXPIRED)

    def guests(self) -> tuple[Heard, ...]:
        """Who has asked since the hub began, the latest first."""
        with self._lock:
            return tuple(sorted(self._heard.values(), key=lambda heard: -heard.at_ms))

    def _lend(self, asker: WriterId) -> None:
        """Of this station's own part of the stock. At a busy moment nothing is lent: the next request brings it."""
        try:
            lent = self._run(lambda store: answer_wants(store, asker))
        except StoreBusy:
            return
        if lent:
            self._arrived()

    def _check(self, token: str, purpose: str, key_of: KeyOf) -> Verified:
        return check_token(token, key_of, self._facts.city_id, purpose, self._wall_ms())


class _TellingStore(StationStore):
    def __init__(
        self, own: WriterId, wall_ms: Callable[[], int], run: OnStoreThread, arrived: Callable[[], None]
    ) -> None:
        super().__init__(own, wall_ms, run)
        self._arrived = arrived

    def receive(self, batch: Batch) -> Received:
        received = super().receive(batch)
        if received.new_entries:
            self._arrived()
        return received


def _url(host: str, port: int) -> str:
    return f"https://[{host}]:{port}" if ":" in host else f"https://{host}:{port}"


def _public_key(store: Store, writer: WriterId) -> bytes | None:
    with store.reading() as view:
        return view.writers.public_key(writer)


def _writer(store: Store, writer: WriterId) -> Writer | None:
    with store.reading() as view:
        return view.writers.get(writer)


def who_serves(store: Store, city_id: str, fingerprint: bytes) -> HubAnswer:
    """This device's proof that the TLS certificate is its own. Raises SyncError(NOT_ENROLLED) without a certificate."""
    own = _writer(store, store.own)
    if own is None or own.certificate is None:
        raise SyncError(Trouble.NOT_ENROLLED)
    return HubAnswer(
        certificate=own.certificate,
        signature=sign_fingerprint(store.key, city_id, fingerprint),
    )


def hub_app(host: HubHost, answer: HubAnswer) -> FastAPI:
    """The same exchange as the city's, and the proof of who serves it."""
    app = FastAPI(title="Worker service station: hub", version="1", openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(exchange_router(host), prefix=PATH)
    app.include_router(hub_router(answer), prefix=PATH)
    answer_troubles(app, StoreError)
    app.add_middleware(LogRequests, log=_log, routes=[f"{PATH}/{purpose}" for purpose in (*PURPOSES, "hub")])
    return app
