"""Healing a forked journal: another copy of this device's disk has written on, and the city has that copy's entries.

The device goes on as a new writer: it makes a key, has it certified by the city on the word of the old one, and in one
transaction writes what the city lacks again under it. Whatever step a power cut falls between, the next exchange goes
on from there: the key is kept before the city hears of it, the city answers the same key with the same certificate, and
the rest happens at once or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from db.view import View
from station_app.home.epoch import Epoch, next_key, note_epoch, present_epoch
from station_app.home.facts import StationFacts
from station_app.station.exchange import StationStore, exchange_with_city
from station_app.station.peers import CITY
from station_app.station.station import Station
from station_core.credential.certificate import Certificate
from station_core.ids import WriterId
from station_core.keys import SigningKey
from station_core.records.trust import WriterSucceeded
from sync.client import Client
from sync.errors import SyncError
from sync.renew import common_head, renew
from sync.report import Report, Tell
from sync.transport import Transport

FORKED, HEALED = "fork.found_ms", "fork.healed_ms"
"""Settings: when the fork that stands was found, and when the last one was healed (empty where there was none)."""

T = TypeVar("T")


class OnStationThread(Protocol):
    """Runs something where the station lives, and waits for its answer."""

    def __call__(self, job: Callable[[Station], T], /) -> T: ...


@dataclass(frozen=True, slots=True)
class Healed:
    """`number` is the device's writer number now; `entries` were written again."""

    number: int
    entries: int


@dataclass(frozen=True, slots=True)
class Synced:
    """What the exchange did; `healed` where a fork of this device's own journal was found and healed."""

    report: Report
    healed: Healed | None = None


def sync_station(
    run: OnStationThread,
    wall_ms: Callable[[], int],
    tell: Tell | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Synced:
    """An exchange with the city; where it names a fork of the own journal that is healed, and another one follows.

    What keeps a fork from being healed now leaves it for the next time: the device goes on working.
    Raises SyncError for an unusable address.
    """
    facts, key = run(_present)
    report = _exchange(facts, key, wall_ms, run, tell, stopped)
    run(lambda station: station.keep_lease())
    own = run(lambda station: station.store.own)
    branches = {fork.writer for fork in report.forks}
    others = frozenset(branches - {own})
    dropped = run(lambda station: _let_go(station, others))
    if dropped:
        report = _exchange(facts, key, wall_ms, run, tell, stopped)
    if own not in branches:
        return Synced(report)
    run(lambda station: _note_fork(station, wall_ms()))
    try:
        healed = heal(facts, key, wall_ms, run)
    except SyncError:
        return Synced(report)
    facts, key = run(_present)
    return Synced(_exchange(facts, key, wall_ms, run, tell, stopped), healed)


def _present(station: Station) -> tuple[StationFacts, SigningKey]:
    """Who this device is now, also where another process has healed it meanwhile."""
    with station.store.reading() as view:
        epoch = present_epoch(view)
    if epoch is not None and epoch.number != station.facts.writer_number:
        station.store.key = epoch.key
        station.facts = replace(station.facts, writer_number=epoch.number)
    return station.facts, station.store.key


def _exchange(
    facts: StationFacts,
    key: SigningKey,
    wall_ms: Callable[[], int],
    run: OnStationThread,
    tell: Tell | None,
    stopped: Callable[[], bool],
) -> Report:
    return exchange_with_city(facts, key, wall_ms, lambda job: run(lambda station: job(station.store)), tell, stopped)


def heal(facts: StationFacts, key: SigningKey, wall_ms: Callable[[], int], run: OnStationThread) -> Healed:
    """Let the device go on as a new writer. Raises SyncError; then the old key stands, and this can be done again."""
    own = run(lambda station: station.store.own)
    following = run(_next_key)
    acknowledged = run(_acknowledged)
    store = StationStore(own, wall_ms, lambda job: run(lambda station: job(station.store)))
    with Transport(facts.city_url) as transport:
        client = Client(transport, facts.city_id, key, wall_ms)
        common = common_head(store, client, key, acknowledged)
        signed, certificate = renew(client, following, own, common, facts.root_key_bytes)
    return run(lambda station: _begin_epoch(station, following, common.seq, (signed, certificate)))


def _next_key(station: Station) -> SigningKey:
    with station.store.writing() as tx:
        return next_key(tx)


def _acknowledged(station: Station) -> int:
    """The last own entry that the city is known to hold, by this copy's own notes."""
    with station.store.reading() as view:
        return min(view.local.peer_heads(CITY).get(station.store.own, 0), view.journals.heads()[station.store.own].seq)


def _begin_epoch(station: Station, key: SigningKey, common_seq: int, certified: tuple[bytes, Certificate]) -> Healed:
    signed, certificate = certified
    store = station.store
    with store.writing() as tx:
        entries = tx.start_epoch(key, common_seq, signed)
        note_epoch(tx, Epoch(key, certificate.writer_number))
        tx.local.note_peer_heads(CITY, {store.own: common_seq})
        tx.local.set_setting(FORKED, "")
        tx.local.set_setting(HEALED, str(store.now_ms()))
    store.key = key
    station.facts = replace(station.facts, writer_number=certificate.writer_number)
    station.facts.write(station.home)
    return Healed(certificate.writer_number, entries)


def _note_fork(station: Station, at_ms: int) -> None:
    with station.store.writing() as tx:
        if not tx.local.setting(FORKED):
            tx.local.set_setting(FORKED, str(at_ms))


def _let_go(station: Station, writers: frozenset[WriterId]) -> bool:
    """Other devices that went on as new writers: let go of their lost branches here. Whether there were any.

    What is let go of stands in the successor's journal, which is held here: nothing is lost that only this store has.
    """
    store = station.store
    if not writers:
        return False
    with store.reading() as view:
        found = [one for one in view.documents.all(WriterSucceeded) if _is_branch(view, one, writers)]
    dropped = False
    for one in found:
        with store.writing() as tx:
            dropped |= tx.drop_branch(one.writer, one.seq, one.successor)
    return dropped


def _is_branch(view: View, one: WriterSucceeded, writers: frozenset[WriterId]) -> bool:
    return one.writer in writers and view.journals.hash_at(one.writer, one.seq) == one.hash


def copies_known(view: View, own: WriterId) -> int:
    """How many other devices have gone on from copies of this one's disk, as far as is known here."""
    return sum(one.writer == own for one in view.documents.all(WriterSucceeded))
