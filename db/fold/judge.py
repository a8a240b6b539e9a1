"""Whether an entry is folded, waits for its writer's certificate, or is set aside with a reason.

The answer depends on the entry and on what is known of its writer, never on the order of arrival; when more becomes
known, `db.fold.take_in` asks again.
"""

from collections.abc import Iterable, Mapping
from enum import IntEnum, StrEnum
from typing import NamedTuple

from station_core.clock import HybridTime
from station_core.credential.certificate import Role
from station_core.journal.entry import Entry
from station_core.records.base import MalformedRecord, Record, decode_body
from station_core.records.erasure import PersonErased
from station_core.records.registry import KINDS, may_write
from station_core.records.trust import WriterCertified, WriterRevoked


class EntryState(IntEnum):
    """What became of a stored entry."""

    FOLDED = 0
    WAITING = 1
    ASIDE = 2


class Reason(StrEnum):
    """Why an entry is not folded; also the key of its text (``sync.aside.<reason>``)."""

    UNCERTIFIED = "uncertified"
    WRITER_REVOKED = "writer_revoked"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN_KIND = "unknown_kind"
    MALFORMED = "malformed"
    BAD_CERTIFICATE = "bad_certificate"


_IRREVOCABLE = frozenset({WriterRevoked.kind, PersonErased.kind})


class Standing(NamedTuple):
    """What is known of a writer; `role` is None while no certificate has arrived."""

    role: Role | None
    revoked_since: HybridTime | None


UNKNOWN_STANDING = Standing(None, None)


class Judgement(NamedTuple):
    """`record` is given where `state` is FOLDED and the body has not been redacted."""

    state: EntryState
    reason: str | None = None
    record: Record | None = None


Readings = Mapping[bytes, Judgement]
"""What `read` answers, by the hashes of entries. It depends on nothing but the entry."""
NOTHING_READ: Readings = {}


def read_ahead(entries: Iterable[Entry]) -> Readings:
    return {entry.hash: read(entry) for entry in entries if entry.kind in KINDS}


def judge(entry: Entry, standing: Standing, readings: Readings = NOTHING_READ) -> Judgement:
    """`readings` are those that were made before, which spares making them now."""
    objection = objection_to(entry.kind, entry.at, standing)
    if objection is None:
        return readings.get(entry.hash) or read(entry)
    return Judgement(EntryState.WAITING if objection is Reason.UNCERTIFIED else EntryState.ASIDE, objection)


def objection_to(kind: str, at: HybridTime, standing: Standing) -> Reason | None:
    """Why an entry of `kind`, written at `at` by a writer of that standing, does not count, if it does not.

    A certificate proves itself. A revocation stands even if its author is revoked: otherwise two could undo each other.
    So does an erasure: what it redacted cannot come back.
    """
    if kind == WriterCertified.kind:
        return None
    if standing.role is None:
        return Reason.UNCERTIFIED
    if kind not in KINDS:
        return Reason.UNKNOWN_KIND
    if not may_write(standing.role, kind):
        return Reason.NOT_ALLOWED
    revoked = standing.revoked_since is not None and at > standing.revoked_since
    return Reason.WRITER_REVOKED if revoked and kind not in _IRREVOCABLE else None


def read(entry: Entry) -> Judgement:
    """The record of an entry that may be folded."""
    if entry.body is None:
        return Judgement(EntryState.FOLDED)
    try:
        return Judgement(EntryState.FOLDED, None, decode_body(KINDS[entry.kind], entry.body))
    except MalformedRecord as error:
        return Judgement(EntryState.ASIDE, f"{Reason.MALFORMED}: {error}")


def after_redaction(entry: Entry, before: Judgement) -> Judgement:
    """What `entry`, whose body was redacted since, is by now. Only what its writer may not write stays aside."""
    malformed = before.reason is not None and before.reason.startswith(Reason.MALFORMED)
    return read(entry) if before.state is EntryState.FOLDED or malformed else before
