"""The station's lease: renewed by contact with the city, warned of, and locked where it has run out.

Contact is an exchange with the city, or a file that the city made for this station. A hub is none: two stolen stations
could renew each other for ever, and what a hub knows of revocations is as old as its own last contact.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from db.errors import DiskFull
from db.store import Store
from db.view import View
from station_app.home.closed_lease import LeaseStands
from station_app.home.errors import DamagedHome
from station_app.home.keyslots import KeySlots
from station_app.home.lease import Lease
from station_app.home.locking import lock, new_lock_key, unlock
from station_app.station.peers import CITY
from station_core.clock import wall_ms
from station_core.lease.codes import answer_of_station, new_challenge
from station_core.lease.terms import DAY_MS, UNLOCK_DAYS, Term, Terms, terms_of
from station_core.records.documents import LeaseSet
from sync.errors import Trouble

SETTING = "lease"
NOTED_EVERY_MS = 10 * 60 * 1000
"""How much may pass until it is written down that it has: disks last longer so."""
_JUMP_MS = 60 * 60 * 1000


@dataclass(frozen=True, slots=True)
class _Known:
    """What the store says of the lease and of time. `heard_ms`: the contact that counts, None where there is none."""

    noted: Lease | None
    heard_ms: int | None
    newest_ms: int
    terms: Terms


def keep_lease(home: Path, store: Store, number: int) -> LeaseStands:
    """Take note of contact and of time; lock the data, or open it again, as the lease has it.

    On the thread that owns the store: when it is opened, after every exchange, and every now and then. An open store
    stays open: what it holds goes on to the city, and contact opens the lock again.
    """
    beside = Lease.read(home)
    with store.reading() as view:
        known = _known(view, store)
    stands = _stands(known, beside, store, number)
    # A station whose disk is full can still be opened: the next time writes it down.
    with suppress(DiskFull):
        if stands.lease != known.noted:
            with store.writing() as tx:
                tx.local.set_setting(SETTING, stands.lease.to_text())
        if stands.lease != beside:
            stands.lease.write(home)
    if stands.is_over:
        lock(home, stands.lease)
    elif KeySlots.read(home).locked is not None:
        unlock(home, lambda challenge: answer_of_station(store.key, store.root_key, challenge))
    return stands


def _known(view: View, store: Store) -> _Known:
    peer, own = view.local.peer(CITY), view.journals.heads().get(store.own)
    heard_ms = None if peer.error == Trouble.REVOKED else peer.succeeded_ms
    newest_ms = 0 if own is None else wall_ms(own.at)
    return _Known(_noted(view), heard_ms, newest_ms, terms_of(view.documents.get(LeaseSet)))


def _noted(view: View) -> Lease | None:
    text = view.local.setting(SETTING)
    try:
        return Lease.from_text(text) if text else None
    except DamagedHome:  # written by another version: begin anew
        return None


def _stands(known: _Known, beside: Lease | None, store: Store, number: int) -> LeaseStands:
    clock_ms, noted = store.now_ms(), known.noted
    if noted is None:
        lease = _begun(known, clock_ms, store, number)
    elif known.heard_ms is not None and known.heard_ms != noted.heard_ms:
        lease = replace(_since(noted, known, known.heard_ms), seen_ms=clock_ms)
    else:
        lease = _aged(noted, known, beside, clock_ms, store)
    if lease.writer != store.own.hex():
        lease = _for_device(lease, store, number)
    return LeaseStands(_with_term(lease, known.terms), max(clock_ms, lease.seen_ms))


def _begun(known: _Known, clock_ms: int, store: Store, number: int) -> Lease:
    """The first: enrolment is contact, and so is a station's first opening by a version that knows leases."""
    lease = Lease(clock_ms, known.heard_ms or 0, known.newest_ms, clock_ms, None, None, 0, "", "", "")
    return _for_device(lease, store, number)


def _since(noted: Lease, known: _Known, contact_ms: int) -> Lease:
    return replace(
        noted, since_ms=contact_ms, heard_ms=contact_ms, newest_ms=known.newest_ms, granted_until_ms=0, answer=""
    )


def _aged(noted: Lease, known: _Known, beside: Lease | None, clock_ms: int, store: Store) -> Lease:
    """Time goes on, by whatever shows the most of it: the clock, what was seen of it, the journal."""
    journal_ms = known.newest_ms if known.newest_ms > noted.newest_ms + _JUMP_MS else 0
    beside_ms = beside.seen_ms if beside is not None and beside.challenge == noted.challenge else 0
    at_ms = max(clock_ms, noted.seen_ms, beside_ms, journal_ms)
    aged = replace(noted, seen_ms=at_ms) if at_ms - noted.seen_ms >= NOTED_EVERY_MS else noted
    if beside is None or not _is_proven(beside, noted, store):
        return aged
    granted_ms = min(beside.granted_until_ms, at_ms + UNLOCK_DAYS * DAY_MS)
    return replace(aged, granted_until_ms=granted_ms, writer="", seen_ms=at_ms)


def _is_proven(beside: Lease, noted: Lease, store: Store) -> bool:
    """Whether the city has answered the present challenge; an answer counts once, for another challenge follows."""
    if not beside.answer or beside.challenge != noted.challenge:
        return False
    return beside.answer == answer_of_station(store.key, store.root_key, noted.challenge)


def _for_device(lease: Lease, store: Store, number: int) -> Lease:
    """With a new challenge for the device that this one is now."""
    challenge = new_challenge()
    key = new_lock_key(answer_of_station(store.key, store.root_key, challenge), challenge)
    return replace(lease, number=number, writer=store.own.hex(), challenge=challenge, lock_key=key)


def _with_term(lease: Lease, terms: Terms) -> Lease:
    term = Term.from_contact(terms, lease.since_ms, lease.granted_until_ms)
    return replace(lease, until_ms=term.until_ms, warn_ms=term.warn_ms)
