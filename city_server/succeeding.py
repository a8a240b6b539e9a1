"""A device whose journal forked is certified under its next key."""

from hashlib import sha256

from city_server.certifying import CITY_NUMBER, station_certificate
from city_server.home import Home
from db.store import Store, Transaction
from db.values import Writer
from station_core.ids import DistrictCode, WriterId
from station_core.keys import writer_id
from station_core.records.trust import WriterCertified, WriterRevoked, WriterSucceeded
from sync.errors import SyncError, Trouble
from sync.messages import RenewRequest
from sync.renew import is_proven


def succeed(home: Home, store: Store, old: Writer, asked: RenewRequest) -> bytes:
    """The certificate for the key that follows that of `old`, with a writer number of its own.

    Given only where the fork is there to see: the city has the entry that the device names, and others after it.
    Asking again with the same key gives the same certificate. What follows a revoked device is revoked since the same
    moment: it hands in what the copy wrote before, and gets nothing. Raises SyncError(REFUSED).
    """
    if not is_proven(asked, old.id, home.about.id) or old.number is None or old.number == CITY_NUMBER:
        raise SyncError(Trouble.REFUSED)
    successor = writer_id(asked.public_key)
    with store.writing() as tx:
        known = tx.writers.get(successor)
        if known is not None and known.certificate is not None:
            return _again(tx, old, known)
        if old.last_seq <= asked.seq or tx.journals.hash_at(old.id, asked.seq) != asked.hash:
            raise SyncError(Trouble.REFUSED)
        number = _next_number(tx, old, asked.public_key, store.now_ms())
        district = old.district or ""
        certificate = station_certificate(home, asked.public_key, old.label, district, number, store.now_ms())
        tx.append(
            WriterCertified(certificate=certificate),
            WriterSucceeded(writer=old.id, seq=asked.seq, hash=asked.hash, successor=successor),
            *_revocation(old, successor),
        )
        return certificate


def _revocation(old: Writer, successor: WriterId) -> tuple[WriterRevoked, ...]:
    if old.revoked_since is None:
        return ()
    return (WriterRevoked(writer=successor, since=old.revoked_since, reason=old.revoked_reason or ""),)


def _again(tx: Transaction, old: Writer, known: Writer) -> bytes:
    noted = tx.documents.get(WriterSucceeded, known.id.hex())
    if noted is None or noted.writer != old.id or known.certificate is None:
        raise SyncError(Trouble.REFUSED)
    return known.certificate


def _next_number(tx: Transaction, old: Writer, public_key: bytes, now_ms: int) -> int:
    """Numbers come from the invitations: this one is used in the moment it is made, and no code has its digest."""
    digest = sha256(b"renewal" + public_key).digest()
    enrolment = tx.enrolments.invite(digest, old.label, DistrictCode(old.district or ""), now_ms)
    tx.enrolments.note_used(digest, writer_id(public_key))
    return enrolment.number
