"""Folding of what is known about writers: certificates (the latest stands) and revocations (the earliest wins)."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from db import schema
from db.fold.judge import UNKNOWN_STANDING, Standing
from station_core.clock import HybridTime
from station_core.credential.certificate import Certificate, CertificateRefused, Role, read_certificate
from station_core.ids import WriterId
from station_core.journal.batch import Batch
from station_core.journal.entry import GENESIS_HASH
from station_core.records.base import MalformedRecord, decode_body
from station_core.records.trust import WriterCertified, WriterRevoked

_writer = schema.writer.c


def certify(connection: sa.Connection, root_key: bytes, record: WriterCertified) -> tuple[bool, WriterId | None]:
    """Whether the certificate is the root's, and the writer whose standing it changed, if any."""
    try:
        certificate = read_certificate(record.certificate, root_key)
    except CertificateRefused:
        return False, None
    row = ensure_writer(connection, certificate.writer)
    if row.certificate is not None and _order(row) >= (certificate.valid_from_ms, record.certificate):
        return True, None
    update = sa.update(schema.writer).where(_writer.no == row.no)
    connection.execute(update.values(certificate=record.certificate, **_columns(certificate)))
    changed = row.role != certificate.role.value
    return True, certificate.writer if changed else None


def _order(row: Any) -> tuple[int, bytes]:
    return row.valid_from_ms, row.certificate


def _columns(certificate: Certificate) -> dict[str, Any]:
    return {
        "public_key": certificate.public_key,
        "key_id": certificate.key_id,
        "role": certificate.role.value,
        "label": certificate.label,
        "district": certificate.district,
        "number": certificate.writer_number,
        "valid_from_ms": certificate.valid_from_ms,
        "valid_until_ms": certificate.valid_until_ms,
    }


def key_in_batch(root_key: bytes, batch: Batch) -> bytes | None:
    """The key of the batch's writer, where the batch itself brings the writer's certificate."""
    for item in batch.items:
        if item.kind != WriterCertified.kind or item.body is None:
            continue
        try:
            certificate = read_certificate(decode_body(WriterCertified, item.body).certificate, root_key)
        except (MalformedRecord, CertificateRefused):
            continue
        if certificate.writer == batch.writer:
            return certificate.public_key
    return None


def revoke(connection: sa.Connection, record: WriterRevoked) -> WriterId | None:
    """The writer whose standing the revocation changed, if it did."""
    row = ensure_writer(connection, record.writer)
    if row.revoked_since is not None and (row.revoked_since, row.revoked_reason) <= (record.since, record.reason):
        return None
    update = sa.update(schema.writer).where(_writer.no == row.no)
    connection.execute(update.values(revoked_since=record.since, revoked_reason=record.reason))
    return record.writer


def ensure_writer(connection: sa.Connection, writer: WriterId) -> Any:
    """The row of `writer`, made where it was not known; a writer can be certified before any entry of it arrives."""
    query = sa.select(schema.writer).where(_writer.id == writer)
    row = connection.execute(query).one_or_none()
    if row is None:
        connection.execute(sa.insert(schema.writer).values(id=writer, last_seq=0, last_hash=GENESIS_HASH, last_at=0))
        row = connection.execute(query).one()
    return row


def standings(connection: sa.Connection, writers: Iterable[WriterId]) -> dict[WriterId, Standing]:
    """What is known of each of `writers`; those never heard of have no standing."""
    wanted = list(writers)
    query = sa.select(_writer.id, _writer.role, _writer.revoked_since).where(_writer.id.in_(wanted))
    known = {WriterId(row.id): standing_of(row) for row in connection.execute(query)}
    return {writer: known.get(writer, UNKNOWN_STANDING) for writer in wanted}


def standing_of(row: Any) -> Standing:
    """The standing that a row of `writer` holds."""
    return Standing(
        None if row.role is None else Role(row.role),
        None if row.revoked_since is None else HybridTime(row.revoked_since),
    )


TRUST_COLUMNS = (
    "certificate",
    "key_id",
    "role",
    "label",
    "district",
    "number",
    "valid_from_ms",
    "valid_until_ms",
    "revoked_since",
    "revoked_reason",
)
"""The columns of `writer` that are folded from records; the public key stays, since the chain needs it."""


def forget_trust(connection: sa.Connection) -> None:
    """Before a rebuild: everything that records said about writers."""
    connection.execute(sa.update(schema.writer).values(dict.fromkeys(TRUST_COLUMNS)))
