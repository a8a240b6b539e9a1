"""The first schema: journals, the tables folded from them, and what belongs to one store only."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ENTRY_PARTITIONS = 16
"""A thousand stations' journals come to some sixty in each; more partitions make every plan dearer."""


def upgrade() -> None:
    op.create_table(
        "card",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=True, comment="absent where the holder was erased"),
        sa.Column("issued_day", sa.Integer(), nullable=False),
        sa.Column("expires_day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_card"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_card_person", "card", ["person"], unique=False)
    op.create_index("ix_card_writer", "card", ["writer", "id"], unique=False)
    op.create_table(
        "card_revocation",
        sa.Column("card", sa.LargeBinary(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("card", name="pk_card_revocation"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "document",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name="pk_document"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entry",
        sa.Column("writer_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=True, comment="only where the body was redacted"),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.SmallInteger(), nullable=False, comment="db.fold.judge.EntryState"),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column(
            "subject",
            sa.LargeBinary(),
            nullable=True,
            comment="whom it is about (station_core.records.erasure.Subject), until redacted",
        ),
        sa.PrimaryKeyConstraint("writer_no", "seq", name="pk_entry"),
        sqlite_with_rowid=False,
        postgresql_partition_by="HASH (writer_no)",
    )
    _create_partitions()
    op.create_index(
        "ix_entry_subject",
        "entry",
        ["subject"],
        unique=False,
        sqlite_where=sa.text("subject IS NOT NULL"),
        postgresql_where=sa.text("subject IS NOT NULL"),
    )
    op.create_index(
        "ix_entry_not_folded",
        "entry",
        ["state"],
        unique=False,
        sqlite_where=sa.text("state != 0"),
        postgresql_where=sa.text("state != 0"),
    )
    op.create_table(
        "erased_import",
        sa.Column("of_writer", sa.LargeBinary(), nullable=False),
        sa.Column("seq", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("of_writer", "seq", name="pk_erased_import"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "erased_subject",
        sa.Column("subject", sa.LargeBinary(), nullable=False, comment="station_core.records.erasure.Subject"),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_erased_subject"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_stock",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("event", "service", name="pk_event_stock"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_device_seen",
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.Column("seen_ms", NUMBER, nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=True, comment="entries that it said it still held back"),
        sa.PrimaryKeyConstraint("writer", name="pk_local_device_seen"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_enrolment",
        sa.Column("code_digest", sa.LargeBinary(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("made_ms", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=True, comment="who used it"),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code_digest", name="pk_local_enrolment"),
        sa.UniqueConstraint("number", name="uq_local_enrolment_number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_peer",
        sa.Column("peer", sa.Text(), nullable=False, comment="the name of the store on the other side"),
        sa.Column("tried_ms", NUMBER, nullable=True),
        sa.Column("succeeded_ms", NUMBER, nullable=True),
        sa.Column("error", sa.Text(), nullable=True, comment="a reason code, absent after a success"),
        sa.Column("clock_offset_ms", NUMBER, nullable=True),
        sa.Column("sent_entries", NUMBER, nullable=False),
        sa.Column("received_entries", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("peer", name="pk_local_peer"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_peer_head",
        sa.Column("peer", sa.Text(), nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.Column("seq", NUMBER, nullable=False, comment="the last entry of the writer that the peer is known to hold"),
        sa.PrimaryKeyConstraint("peer", "writer", name="pk_local_peer_head"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "local_setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_local_setting"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("canonical", sa.LargeBinary(), nullable=False, comment="the earliest person with the same ID number"),
        sa.Column(
            "registered_at", NUMBER, nullable=True, comment="absent while only changes to the person have arrived"
        ),
        sa.Column("registered_by", sa.LargeBinary(), nullable=True),
        sa.Column("member_no", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True, comment="found through the search index"),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("employer", sa.Text(), nullable=True),
        sa.Column("union_code", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("household", sa.Text(), nullable=True),
        sa.Column("groups", sa.Text(), nullable=True, comment="codes between spaces"),
        sa.Column("membership", sa.Text(), nullable=True),
        sa.Column("consent", sa.Text(), nullable=True),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.Column(
            "stamps",
            sa.LargeBinary(),
            nullable=True,
            comment="CBOR {field: [at, writer]} of the fields with a stamp of their own",
        ),
        sa.PrimaryKeyConstraint("no", name="pk_person"),
        sa.UniqueConstraint("id", name="uq_person_id"),
    )
    op.create_index(
        "ix_person_household",
        "person",
        ["household"],
        unique=False,
        sqlite_where=sa.text("household IS NOT NULL"),
        postgresql_where=sa.text("household IS NOT NULL"),
    )
    op.create_index("ix_person_id_number", "person", ["id_number"], unique=False)
    op.create_index("ix_person_member_no", "person", ["member_no"], unique=False)
    op.create_index(
        "ix_person_merged",
        "person",
        ["canonical"],
        unique=False,
        sqlite_where=sa.text("canonical != id"),
        postgresql_where=sa.text("canonical != id"),
    )
    op.create_table(
        "person_photo",
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_person_photo"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "record_void",
        sa.Column("target", sa.LargeBinary(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("target", name="pk_record_void"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "service_given",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=True),
        sa.Column(
            "member_no", sa.Text(), nullable=True, comment="whose card was shown, where the person was not known"
        ),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("operator", sa.Text(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_service_given"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_service_given_member_no",
        "service_given",
        ["member_no"],
        unique=False,
        sqlite_where=sa.text("member_no IS NOT NULL"),
        postgresql_where=sa.text("member_no IS NOT NULL"),
    )
    op.create_index("ix_service_given_event", "service_given", ["event", "service", "writer", "quantity"], unique=False)
    op.create_index("ix_service_given_person", "service_given", ["person", "service", "day"], unique=False)
    op.create_table(
        "stock_transfer",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("receiver", sa.LargeBinary(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stock_transfer"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stock_transfer_event", "stock_transfer", ["event", "service"], unique=False)
    op.create_index("ix_stock_transfer_receiver", "stock_transfer", ["receiver", "event"], unique=False)
    op.create_table(
        "stock_want",
        sa.Column("writer", sa.LargeBinary(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("at", NUMBER, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("writer", "event", "service", name="pk_stock_want"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stock_want_event", "stock_want", ["event"], unique=False)
    op.create_table(
        "writer",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("last_seq", NUMBER, nullable=False),
        sa.Column("last_hash", sa.LargeBinary(), nullable=False),
        sa.Column("last_at", NUMBER, nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=True),
        sa.Column("key_id", sa.LargeBinary(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("district", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("valid_from_ms", NUMBER, nullable=True),
        sa.Column("valid_until_ms", NUMBER, nullable=True),
        sa.Column("revoked_since", NUMBER, nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("no", name="pk_writer"),
        sa.UniqueConstraint("id", name="uq_writer_id"),
    )
    op.create_index("ix_writer_key_id", "writer", ["key_id"], unique=False)

    _create_search_index()


def _create_partitions() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for number in range(ENTRY_PARTITIONS):
            values = f"WITH (MODULUS {ENTRY_PARTITIONS}, REMAINDER {number})"
            op.execute(f"CREATE TABLE entry_p{number:02} PARTITION OF entry FOR VALUES {values}")


def _create_search_index() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE person_search USING fts5"
            "(tokens, content='', contentless_delete=1, tokenize='ascii', detail=none, prefix='1 2 3 4 5')"
        )
        for option, value in _SEARCH_INDEX.items():
            set_option = sa.text("INSERT INTO person_search (person_search, rank) VALUES (:option, :value)")
            op.execute(set_option.bindparams(option=option, value=value))
    else:
        op.execute("CREATE TABLE person_search (no integer PRIMARY KEY, tokens tsvector NOT NULL)")
        op.execute("CREATE INDEX ix_person_search_tokens ON person_search USING gin (tokens)")


_SEARCH_INDEX = {"pgsz": 3_900, "hashsize": 8 * 1024 * 1024, "automerge": 8}
"""A page of the index fits into one of SQLCipher's, which keep 80 bytes of 4,096 for themselves. For rosters: what an
entry brings is written out in one piece, and merged less often than by default, which writes a third less.
"""
