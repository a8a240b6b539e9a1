"""The tables, one schema for SQLCipher, SQLite and PostgreSQL.

`writer` and `entry` are the journals. The tables after them are folded from the journals and can be made again from
them alone. `local_*` belong to this store only and travel nowhere.
Times ending in `_at` are hybrid times; days are proleptic ordinals (`date.toordinal`).
"""

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Bytes = sa.LargeBinary
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _table(name: str, *columns: sa.Column[Any], **options: Any) -> sa.Table:
    return sa.Table(name, metadata, *columns, sqlite_with_rowid=False, **options)


def _stamp() -> tuple[sa.Column[int], sa.Column[bytes]]:
    """Who wrote the value that stands, and when: what decides which of two writes wins."""
    return sa.Column("at", Number, nullable=False), sa.Column("writer", Bytes, nullable=False)


writer = sa.Table(
    "writer",
    metadata,
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("id", Bytes, nullable=False, unique=True),
    sa.Column("public_key", Bytes),
    sa.Column("last_seq", Number, nullable=False),
    sa.Column("last_hash", Bytes, nullable=False),
    sa.Column("last_at", Number, nullable=False),
    sa.Column("certificate", Bytes),
    sa.Column("key_id", Bytes, index=True),
    sa.Column("role", sa.Text),
    sa.Column("label", sa.Text),
    sa.Column("district", sa.Text),
    sa.Column("number", sa.Integer),
    sa.Column("valid_from_ms", Number),
    sa.Column("valid_until_ms", Number),
    sa.Column("revoked_since", Number),
    sa.Column("revoked_reason", sa.Text),
)

entry = _table(
    "entry",
    sa.Column("writer_no", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("seq", Number, primary_key=True, autoincrement=False),
    sa.Column("at", Number, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("hash", Bytes, nullable=False),
    sa.Column("digest", Bytes, comment="only where the body was redacted"),
    sa.Column("signature", Bytes),
    sa.Column("body", Bytes),
    sa.Column("state", sa.SmallInteger, nullable=False, comment="db.fold.judge.EntryState"),
    sa.Column("reason", sa.Text),
    sa.Column("subject", Bytes, comment="whom it is about (station_core.records.erasure.Subject), until redacted"),
    postgresql_partition_by="HASH (writer_no)",
)
"""On PostgreSQL in partitions by writer, `entry_p00` and so on: each holds whole journals."""
ENTRY_PARTITION = "entry_p"
"""What the names of the partitions begin with."""
sa.Index(
    "ix_entry_subject",
    entry.c.subject,
    sqlite_where=entry.c.subject.is_not(None),
    postgresql_where=entry.c.subject.is_not(None),
)
sa.Index("ix_entry_not_folded", entry.c.state, sqlite_where=entry.c.state != 0, postgresql_where=entry.c.state != 0)

person = sa.Table(
    "person",
    metadata,
    sa.Column("no", sa.Integer, primary_key=True),
    sa.Column("id", Bytes, nullable=False, unique=True),
    sa.Column("canonical", Bytes, nullable=False, comment="the earliest person with the same ID number"),
    sa.Column("registered_at", Number, comment="absent while only changes to the person have arrived"),
    sa.Column("registered_by", Bytes),
    sa.Column("member_no", sa.Text, index=True),
    sa.Column("name", sa.Text),
    sa.Column("id_number", sa.Text, index=True),
    sa.Column("phone", sa.Text, comment="found through the search index"),
    sa.Column("occupation", sa.Text),
    sa.Column("employer", sa.Text),
    sa.Column("union_code", sa.Text),
    sa.Column("district", sa.Text),
    sa.Column("household", sa.Text),
    sa.Column("groups", sa.Text, comment="codes between spaces"),
    sa.Column("membership", sa.Text),
    sa.Column("consent", sa.Text),
    *_stamp(),
    sa.Column("stamps", Bytes, comment="CBOR {field: [at, writer]} of the fields with a stamp of their own"),
)
sa.Index(
    "ix_person_merged",
    person.c.canonical,
    sqlite_where=person.c.canonical != person.c.id,
    postgresql_where=person.c.canonical != person.c.id,
)
sa.Index(
    "ix_person_household",
    person.c.household,
    sqlite_where=person.c.household.is_not(None),
    postgresql_where=person.c.household.is_not(None),
)

person_photo = _table(
    "person_photo",
    sa.Column("person", Bytes, primary_key=True),
    *_stamp(),
    sa.Column("image", Bytes, nullable=False),
)

service_given = _table(
    "service_given",
    sa.Column("id", Bytes, primary_key=True),
    *_stamp(),
    sa.Column("person", Bytes),
    sa.Column("member_no", sa.Text, comment="whose card was shown, where the person was not known"),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("day", sa.Integer, nullable=False),
    sa.Column("event", sa.Text),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("operator", sa.Text, nullable=False),
    sa.Column("answers", Bytes),
)
sa.Index("ix_service_given_person", service_given.c.person, service_given.c.service, service_given.c.day)
sa.Index(
    "ix_service_given_member_no",
    service_given.c.member_no,
    sqlite_where=service_given.c.member_no.is_not(None),
    postgresql_where=service_given.c.member_no.is_not(None),
)
sa.Index(
    "ix_service_given_event",
    service_given.c.event,
    service_given.c.service,
    service_given.c.writer,
    service_given.c.quantity,
)
"""With the quantity: what a device gave out of a stock is summed at every touch, without looking at the rows."""

record_void = _table(
    "record_void",
    sa.Column("target", Bytes, primary_key=True),
    *_stamp(),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("operator", sa.Text, nullable=False),
)

card = _table(
    "card",
    sa.Column("id", Bytes, primary_key=True),
    *_stamp(),
    sa.Column("person", Bytes, index=True, comment="absent where the holder was erased"),
    sa.Column("issued_day", sa.Integer, nullable=False),
    sa.Column("expires_day", sa.Integer, nullable=False),
)
sa.Index("ix_card_writer", card.c.writer, card.c.id)
"""A device looks for its last card at each that it issues; without this among everybody's."""

card_revocation = _table(
    "card_revocation",
    sa.Column("card", Bytes, primary_key=True),
    *_stamp(),
    sa.Column("reason", sa.Text, nullable=False),
)

document = _table(
    "document",
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    *_stamp(),
    sa.Column("body", Bytes, nullable=False),
)

erased_subject = _table(
    "erased_subject",
    sa.Column("subject", Bytes, primary_key=True, comment="station_core.records.erasure.Subject"),
    *_stamp(),
)

erased_import = _table(
    "erased_import",
    sa.Column("of_writer", Bytes, primary_key=True),
    sa.Column("seq", Number, primary_key=True, autoincrement=False),
    *_stamp(),
)

event_stock = _table(
    "event_stock",
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("service", sa.Text, primary_key=True),
    *_stamp(),
)
"""Who published a stock first, and so holds it at first; how much it is says the event's document."""

stock_transfer = _table(
    "stock_transfer",
    sa.Column("id", Bytes, primary_key=True),
    *_stamp(),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("service", sa.Text, nullable=False),
    sa.Column("receiver", Bytes, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
)
sa.Index("ix_stock_transfer_event", stock_transfer.c.event, stock_transfer.c.service)
sa.Index("ix_stock_transfer_receiver", stock_transfer.c.receiver, stock_transfer.c.event)

stock_want = _table(
    "stock_want",
    sa.Column("writer", Bytes, primary_key=True),
    sa.Column("event", sa.Text, primary_key=True),
    sa.Column("service", sa.Text, primary_key=True),
    sa.Column("at", Number, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
)
sa.Index("ix_stock_want_event", stock_want.c.event)

local_setting = _table(
    "local_setting",
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

local_peer = _table(
    "local_peer",
    sa.Column("peer", sa.Text, primary_key=True, comment="the name of the store on the other side"),
    sa.Column("tried_ms", Number),
    sa.Column("succeeded_ms", Number),
    sa.Column("error", sa.Text, comment="a reason code, absent after a success"),
    sa.Column("clock_offset_ms", Number),
    sa.Column("sent_entries", Number, nullable=False),
    sa.Column("received_entries", Number, nullable=False),
)

local_peer_head = _table(
    "local_peer_head",
    sa.Column("peer", sa.Text, primary_key=True),
    sa.Column("writer", Bytes, primary_key=True),
    sa.Column("seq", Number, nullable=False, comment="the last entry of the writer that the peer is known to hold"),
)

local_enrolment = _table(
    "local_enrolment",
    sa.Column("code_digest", Bytes, primary_key=True),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("district", sa.Text, nullable=False),
    sa.Column("made_ms", Number, nullable=False),
    sa.Column("writer", Bytes, comment="who used it"),
    sa.Column("number", sa.Integer, nullable=False, unique=True),
)

local_device_seen = _table(
    "local_device_seen",
    sa.Column("writer", Bytes, primary_key=True),
    sa.Column("seen_ms", Number, nullable=False),
    sa.Column("waiting", sa.Integer, comment="entries that it said it still held back"),
)

FOLDED = (
    person,
    person_photo,
    service_given,
    record_void,
    card,
    card_revocation,
    document,
    erased_subject,
    erased_import,
    event_stock,
    stock_transfer,
    stock_want,
)
"""What a rebuild empties and makes again, with the trust columns of `writer` and the search index."""
