"""The exchange by a file on a stick, as this station does it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from db.store import Store
from db.values import Receipt
from db.view import View
from station_app.station.exchange import OnStoreThread, StationStore, note_revoked
from station_app.station.peers import CITY
from station_core.credential.certificate import Certificate, Role, read_certificate
from sync.bundle.read import Checked, Taken, check_bundle, take_bundle
from sync.bundle.write import Outgoing, Written, bundle_name, write_bundle
from sync.errors import SyncError, Trouble
from sync.report import Phase, Progress, Tell

Stopped = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Imported:
    """`acknowledged`: entries of this station that the sender, if it is the city, now is first known to hold."""

    taken: Taken
    acknowledged: int

    @property
    def rest(self) -> dict[str, int]:
        """What was not taken, by why."""
        return self.taken.rest

    @property
    def figures(self) -> dict[str, str | int]:
        """What fills ``bundle.taken``."""
        sender, received = self.taken.checked.sender.label, self.taken.half.entries
        return {"sender": sender, "received": received, "acknowledged": self.acknowledged}

    @property
    def revoked(self) -> str | None:
        """Why the city has taken this station out of service, where it says so."""
        return self.taken.checked.header.revoked


@dataclass(frozen=True, slots=True)
class _Mail:
    outgoing: Outgoing
    name: str


def export_to_city(
    run: OnStoreThread,
    to: Path,
    *,
    everything: bool = False,
    tell: Tell = lambda _progress: None,
    stopped: Stopped = lambda: False,
) -> Written:
    """Write what the city lacks into the file `to`, or under a name of its own into the folder `to`.

    `everything`: without regard to what the city is known to hold. The store is borrowed for moments only.
    Raises SyncError: NO_CITY_KEY, FILE_UNWRITABLE, STOPPED.
    """
    mail = run(lambda store: _mail(store, everything))
    key, wall_ms, own = run(lambda store: (store.key, store.now_ms, store.own))
    target = to / mail.name if to.is_dir() else to
    return write_bundle(target, StationStore(own, wall_ms, run), key, mail.outgoing, tell, stopped)


def _mail(store: Store, everything: bool) -> _Mail:
    with store.reading() as view:
        city, own = _city(view, store.root_key), view.writers.get(store.own)
        known = {} if everything else view.local.peer_heads(CITY)
    if city is None or own is None or own.certificate is None:
        raise SyncError(Trouble.NO_CITY_KEY)
    outgoing = Outgoing(own.certificate, city.public_key, known, first=(store.own,))
    return _Mail(outgoing, bundle_name(own.number or 0, city.writer_number, store.now_ms()))


def _city(view: View, root_key: bytes) -> Certificate | None:
    """The city's own certificate; of several the one that was made last."""
    certificates = (
        read_certificate(writer.certificate, root_key)
        for writer in view.writers.all()
        if writer.role is Role.CITY and writer.certificate is not None
    )
    return max(certificates, key=lambda certificate: certificate.valid_from_ms, default=None)


def import_bundle(
    run: OnStoreThread, path: Path, tell: Tell = lambda _progress: None, stopped: Stopped = lambda: False
) -> Imported:
    """Take the file at `path` in, and note what its sender holds. Raises SyncError as `check_bundle` does."""
    key, root_key = run(lambda store: (store.key, store.root_key))
    tell(Progress(Phase.CHECKING))
    checked = check_bundle(path, key, lambda _header: root_key, stopped)
    return take_checked(run, checked, tell, stopped)


def take_checked(
    run: OnStoreThread, checked: Checked, tell: Tell = lambda _progress: None, stopped: Stopped = lambda: False
) -> Imported:
    key, wall_ms, own = run(lambda store: (store.key, store.now_ms, store.own))
    taken = take_bundle(checked, StationStore(own, wall_ms, run), key, tell, stopped)
    return run(lambda store: Imported(taken, _note(store, taken)))


def _note(store: Store, taken: Taken) -> int:
    """How many own entries the receipt newly acknowledges."""
    header, sender = taken.checked.header, taken.checked.sender
    peer = CITY if sender.role is Role.CITY else sender.writer.hex()
    receipt = Receipt(header.made_ms, taken.proven.heads, taken.proven.open)
    with store.writing() as tx:
        before = tx.local.peer_heads(peer).get(store.own, 0)
        newest = tx.local.note_receipt(peer, receipt, store.now_ms())
        acknowledged = max(0, tx.local.peer_heads(peer).get(store.own, 0) - before)
        noted = tx.local.peer(peer)
        noted = replace(
            noted,
            sent_entries=noted.sent_entries + acknowledged,
            received_entries=noted.received_entries + taken.half.entries,
        )
        if peer == CITY and newest:
            note_revoked(tx, header.revoked)
        if header.revoked is not None and newest:
            noted = replace(noted, error=Trouble.REVOKED.value, tried_ms=store.now_ms())
        tx.local.note_peer(noted)
    return acknowledged
