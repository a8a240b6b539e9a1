"""What becomes of a forked journal: its device goes on under a new writer, others let go of the lost branch.

An entry that is written again keeps its time, its kind and its body with the salt, so that whatever it says folds to
the same tables, and a fact that stands in both journals counts once.
"""

import secrets
from collections.abc import Iterator, Sequence
from typing import Protocol

import sqlalchemy as sa

from db import schema
from db.dialect import chunked
from db.entries import Journal, head_at, insert_entries, journal_of, stream_entries
from db.fold.judge import EntryState, Judgement
from db.fold.take_in import rebuild, take_in
from station_core.clock import HybridTime
from station_core.ids import WriterId
from station_core.journal.entry import Entry, Head, entry_hash, seal
from station_core.keys import SigningKey, writer_id
from station_core.records.base import SALT_BYTES, encode_body
from station_core.records.trust import WriterCertified

_entry, _writer = schema.entry.c, schema.writer.c
_PAGE = 500
_TO_BE_JUDGED = Judgement(EntryState.WAITING)


class Owner(Protocol):
    """The store whose device begins a new epoch."""

    root_key: bytes

    @property
    def own(self) -> WriterId: ...

    def tick(self, after: HybridTime) -> HybridTime: ...


def start_epoch(connection: sa.Connection, owner: Owner, key: SigningKey, after: int, certificate: bytes) -> int:
    """Write what the owner's journal has after entry `after` again in the journal of `key`, and end the old one there.

    The certificate comes last: the entries before it keep their earlier times. Every table is folded anew.
    """
    old = journal_of(connection, owner.own)
    written = 0
    for page in chunked(_tail(connection, old, after), _PAGE):
        new = journal_of(connection, writer_id(key.public))
        insert_entries(connection, new, _sealed_again(page, key, new.head), [_TO_BE_JUDGED] * len(page))
        written += len(page)
    _cut(connection, old, after)
    rebuild(connection, owner.root_key)
    new = journal_of(connection, writer_id(key.public))
    at = owner.tick(after=max(new.head.at, old.head.at, key=int))
    body = encode_body(WriterCertified(certificate=certificate), secrets.token_bytes(SALT_BYTES))
    take_in(connection, owner.root_key, new, [seal(key, new.head, at, WriterCertified.kind, body)])
    return written


def drop_branch(connection: sa.Connection, root_key: bytes, branch: tuple[WriterId, int], successor: WriterId) -> bool:
    """Let go of the entries of a writer after a number, if each of them is held in the journal of `successor` too."""
    writer, after = branch
    lost = journal_of(connection, writer)
    if lost.head.seq <= after:
        return False
    saved = {entry.digest for entry in _tail(connection, journal_of(connection, successor), 0)}
    if any(entry.digest not in saved for entry in _tail(connection, lost, after)):
        return False
    _cut(connection, lost, after)
    rebuild(connection, root_key)
    return True


def _tail(connection: sa.Connection, journal: Journal, after: int) -> Iterator[Entry]:
    if journal.no is None:
        return iter(())
    return stream_entries(connection, (_entry.writer_no == journal.no) & (_entry.seq > after))


def _sealed_again(entries: Sequence[Entry], key: SigningKey, head: Head) -> list[Entry]:
    """The same entries as the next ones after `head` in the journal of `key`; a redacted one stays redacted."""
    again: list[Entry] = []
    writer = writer_id(key.public)
    for old in entries:
        hash_ = entry_hash(writer, head.seq + 1, old.at, old.kind, old.digest, head.hash)
        entry = Entry(writer, head.seq + 1, old.at, old.kind, old.digest, hash_, key.sign(hash_), old.body)
        again.append(entry)
        head = entry.head
    return again


def _cut(connection: sa.Connection, journal: Journal, after: int) -> None:
    """Let `journal` end with entry `after`, which is held."""
    head = head_at(connection, journal.writer, after)
    if head is None or journal.no is None:
        raise ValueError(f"entry {after} is not held")
    connection.execute(sa.delete(schema.entry).where(_entry.writer_no == journal.no, _entry.seq > after))
    moved = {"last_seq": head.seq, "last_hash": head.hash, "last_at": head.at}
    connection.execute(sa.update(schema.writer).where(_writer.no == journal.no).values(moved))
