"""The exchange with the city, as this station does it and as it stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from db.queries.local import REVOKED
from db.store import Store, Transaction
from db.values import PeerState
from station_app.home.facts import StationFacts
from station_app.station.peers import CITY
from station_app.station.stock import keep_stock
from station_core.ids import DistrictCode, WriterId
from station_core.journal.batch import Batch
from station_core.journal.entry import Head
from station_core.journal.receipt import Received
from station_core.keys import SigningKey
from sync.client import Client
from sync.errors import SyncError, Trouble
from sync.exchange import exchange
from sync.report import Report, Tell
from sync.transport import Transport

T = TypeVar("T")
NO_REASON = "-"


class OnStoreThread(Protocol):
    """Runs something where the store lives, and waits for its answer."""

    def __call__(self, job: Callable[[Store], T], /) -> T: ...


class StationStore:
    """The store as the exchange needs it. The network is waited for elsewhere: each call borrows the store shortly."""

    def __init__(self, own: WriterId, wall_ms: Callable[[], int], run: OnStoreThread) -> None:
        self.own = own
        self.now_ms = wall_ms
        self._run = run

    def heads(self) -> Mapping[WriterId, Head]:
        return self._run(heads_of)

    def hash_at(self, writer: WriterId, seq: int) -> bytes | None:
        def ask(store: Store) -> bytes | None:
            with store.reading() as view:
                return view.journals.hash_at(writer, seq)

        return self._run(ask)

    def batch_after(self, writer: WriterId, seq: int, max_bytes: int) -> Batch | None:
        def ask(store: Store) -> Batch | None:
            with store.reading() as view:
                return view.journals.batch_after(writer, seq, max_bytes)

        return self._run(ask)

    def receive(self, batch: Batch) -> Received:
        def take(store: Store) -> Received:
            with store.writing() as tx:
                return tx.receive(batch)

        return self._run(take)


def heads_of(store: Store) -> Mapping[WriterId, Head]:
    with store.reading() as view:
        return view.journals.heads()


def exchange_with_city(
    facts: StationFacts,
    key: SigningKey,
    wall_ms: Callable[[], int],
    run: OnStoreThread,
    tell: Tell | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Report:
    """One exchange with the city, and the store's note of how it went. Raises SyncError for an unusable address,
    NO_ADDRESS where the station was enrolled by a file and nobody has named one.
    """
    if not facts.city_url:
        raise SyncError(Trouble.NO_ADDRESS)
    with Transport(facts.city_url) as transport:
        client = Client(transport, facts.city_id, key, wall_ms)
        return exchange_with(CITY, client, facts.district, wall_ms, run, tell, stopped)


def exchange_with(
    peer: str,
    client: Client,
    district: DistrictCode,
    wall_ms: Callable[[], int],
    run: OnStoreThread,
    tell: Tell | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Report:
    """One exchange with whoever `client` asks; the store keeps its notes on it under the name `peer`.

    Where what arrived makes the station, which is of `district`, ask for stock, or hand it back, a second exchange
    follows at once.
    """
    own = run(lambda store: store.own)
    tried_ms = wall_ms()
    held = StationStore(own, wall_ms, run)
    report = exchange(held, client, tell, stopped)
    if report.error is None and run(lambda store: keep_stock(store, district)):
        report = report.then(exchange(held, client, tell, stopped))
    run(lambda store: _note(store, peer, report, tried_ms))
    return report


def _note(store: Store, peer: str, report: Report, tried_ms: int) -> None:
    with store.writing() as tx:
        before = tx.local.peer(peer)
        error = report.error
        tx.local.note_peer(
            PeerState(
                peer=peer,
                tried_ms=tried_ms,
                succeeded_ms=before.succeeded_ms if error else tried_ms,
                error=error.code.value if error else None,
                clock_offset_ms=before.clock_offset_ms if report.clock_offset_ms is None else report.clock_offset_ms,
                sent_entries=before.sent_entries + report.pushed_entries,
                received_entries=before.received_entries + report.pulled_entries,
            )
        )
        if peer == CITY:
            _note_standing(tx, report)
        noted = tx.local.peer_heads(peer)
        moved = {writer: seq for writer, seq in report.peer_heads.items() if noted.get(writer) != seq}
        tx.local.note_peer_heads(peer, moved)


def _note_standing(tx: Transaction, report: Report) -> None:
    """Whether the city has taken this device out of service. A hub's word is none: it may be as false as the hub."""
    error = report.pulled.error
    if error is None and report.clock_offset_ms is not None:
        note_revoked(tx, None)
    elif error is not None and error.code is Trouble.REVOKED:
        note_revoked(tx, str(error.params.get("reason", "")))


def note_revoked(tx: Transaction, reason: str | None) -> None:
    """What the city says: nothing is written here from now on; None where the device is in service."""
    said = "" if reason is None else reason or NO_REASON
    if tx.local.setting(REVOKED) != said:
        tx.local.set_setting(REVOKED, said)


@dataclass(frozen=True, slots=True)
class ExchangeStatus:
    """How the exchange stands. `waiting`: entries of this station by kind that the city has not acknowledged."""

    peer: PeerState
    waiting: Mapping[str, int]
    set_aside: int

    @property
    def waiting_entries(self) -> int:
        return sum(self.waiting.values())


def exchange_status(store: Store) -> ExchangeStatus:
    with store.reading() as view:
        held = view.local.peer_heads(CITY).get(store.own, 0)
        return ExchangeStatus(
            view.local.peer(CITY), view.journals.count_after(store.own, held), view.overview.counts().set_aside
        )
