"""What the page of the exchange asks of the station; all of it runs on the store's thread."""

from collections import Counter
from collections.abc import Mapping

from db.fold.judge import Reason
from db.values import PeerState, Writer
from db.values import SetAside as Held
from db.view import View
from station_app.flows.troubles import words_for
from station_app.screens.sync.state import (
    Device,
    Peer,
    PeerKind,
    RecordKind,
    SetAside,
    Standing,
    SyncState,
    Trouble,
    Waiting,
)
from station_app.station.clock import local_day, local_time
from station_app.station.exchange import exchange_status
from station_app.station.station import Station
from station_app.words import Phrase
from station_core.clock import wall_ms
from station_core.ids import RecordId, WriterId
from station_core.records.cards import CardIssued, CardRevoked
from station_core.records.documents import EventPublished, OperatorNamed
from station_core.records.people import PersonChanged, PersonRegistered
from station_core.records.services import RecordVoided, ServiceGiven
from sync.errors import NOTHING_REACHED, ClockOff, SyncError
from sync.errors import Trouble as Code

EXPIRING_MS = 30 * 24 * 60 * 60 * 1000
"""How long before its end a certificate counts as expiring."""
_KINDS = {
    PersonRegistered.kind: RecordKind.MEMBER,
    PersonChanged.kind: RecordKind.MEMBER,
    ServiceGiven.kind: RecordKind.SERVICE,
    RecordVoided.kind: RecordKind.VOID,
    CardIssued.kind: RecordKind.CARD,
    CardRevoked.kind: RecordKind.REVOCATION,
    EventPublished.kind: RecordKind.EVENT,
    OperatorNamed.kind: RecordKind.STAFF,
}
_NOBODY_ANSWERED = NOTHING_REACHED | {Code.TIMED_OUT}


def look(station: Station) -> SyncState:
    """How the exchange stands by the store's notes."""
    status = exchange_status(station.store)
    with station.store.reading() as view:
        own = view.writers.get(station.store.own)
        set_aside = _set_aside(view)
    peer = status.peer
    return SyncState(
        device=_device(station.store.own, own, station.now_ms()),
        city_address=station.facts.city_url,
        waiting=_waiting(status.waiting),
        sent=peer.sent_entries,
        received=peer.received_entries,
        last_success=None if peer.succeeded_ms is None else local_time(peer.succeeded_ms),
        set_aside=set_aside,
        peers=(_city(station, peer),),
        trouble=_noted(peer, own.revoked_reason or "" if own else ""),
    )


def trouble(error: SyncError, at_ms: int) -> Trouble | None:
    """What failed at `at_ms`, in words."""
    words = words_for(error)
    return None if words is None else Trouble(*words, local_time(at_ms))


def _noted(peer: PeerState, revoked_for: str) -> Trouble | None:
    """What the last exchange ended with. Its code was noted; what fills its words is known otherwise."""
    if peer.error is None or peer.tried_ms is None:
        return None
    if peer.error == Code.CLOCK_OFF:
        return trouble(ClockOff(peer.clock_offset_ms or 0), peer.tried_ms)
    return trouble(SyncError(Code(peer.error), reason=revoked_for), peer.tried_ms)


def kind_of(kind: str) -> RecordKind:
    return _KINDS.get(kind, RecordKind.OTHER)


def _waiting(waiting: Mapping[str, int]) -> tuple[Waiting, ...]:
    counts: Counter[RecordKind] = Counter()
    for kind, number in waiting.items():
        counts[kind_of(kind)] += number
    return tuple(Waiting(kind, counts[kind]) for kind in RecordKind if counts[kind])


def _device(own: WriterId, known: Writer | None, now_ms: int) -> Device:
    name = str(known.number) if known and known.number else own.hex()[:8]
    until_ms = known.valid_until_ms if known else None
    if known is None or until_ms is None:
        return Device(name, Standing.NOT_ENROLLED)
    standing = Standing.VALID
    if known.revoked_since is not None:
        standing = Standing.REVOKED
    elif until_ms <= now_ms:
        standing = Standing.EXPIRED
    elif until_ms - now_ms <= EXPIRING_MS:
        standing = Standing.EXPIRING
    return Device(name, standing, local_day(until_ms))


def _city(station: Station, peer: PeerState) -> Peer:
    reached = peer.tried_ms is not None and peer.error not in _NOBODY_ANSWERED
    heard_ms = peer.tried_ms if reached else peer.succeeded_ms
    heard = None if heard_ms is None else local_time(heard_ms)
    return Peer(station.facts.city_name, PeerKind.CITY, station.facts.city_url, heard, reached)


def _set_aside(view: View) -> tuple[SetAside, ...]:
    held = view.journals.set_aside()
    writers = {writer.id: writer for writer in view.writers.all()} if held else {}
    return tuple(_aside(entry, writers.get(entry.writer)) for entry in held)


def _aside(entry: Held, writer: Writer | None) -> SetAside:
    """A reason is a code, and for what cannot be read the details behind a colon, which are for the log."""
    code = entry.reason.partition(":")[0]
    return SetAside(
        record_id=RecordId(entry.writer + entry.seq.to_bytes(8)),
        at=local_time(wall_ms(entry.at)),
        source=writer.label if writer and writer.label else entry.writer.hex()[:8],
        kind=kind_of(entry.kind),
        reason=Phrase(f"sync.aside.{Reason(code)}"),
    )
