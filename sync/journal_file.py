"""All journals that a store holds in one file, to be kept, read elsewhere, and folded again.

The file begins with `MAGIC` and the city's public root key (32 bytes). Then come frames: the length in four bytes (big
endian), and a batch as on the wire. A frame of length 0 and the SHA-256 of everything before it end the file, so that
a shortened one is told from a whole one. It is not encrypted.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import BinaryIO

from station_core.ids import WriterId
from station_core.journal.batch import Batch, MalformedBatch, decode_batch, encode_batch
from station_core.journal.receipt import Outcome, Received
from sync.answer import BATCH_BYTES
from sync.store import Journals, batches_of

MAGIC = b"worker-station journals 1\n"
KEY_BYTES = 32
MAX_FRAME_BYTES = 64 * 1024 * 1024


class BadJournalFile(Exception):
    """`code` says what is wrong with the file: ``not_one`` of ours, ``damaged`` or cut short."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Replayed:
    """`entries` were taken in; of the journals in `refused` the rest was not, for the reason given."""

    entries: int = 0
    refused: dict[WriterId, Outcome] = field(default_factory=dict)


def all_batches(journals: Journals) -> Iterator[Batch]:
    """Everything that is held, journal by journal."""
    for writer, head in sorted(journals.heads().items()):
        yield from batches_of(journals, writer, 0, head.seq, BATCH_BYTES)


def write_journals(journals: Journals, root_key: bytes, out: BinaryIO) -> int:
    """Put everything that is held into `out`. How many entries that were."""
    running = sha256()

    def put(data: bytes) -> None:
        running.update(data)
        out.write(data)

    put(MAGIC + root_key)
    entries = 0
    for batch in all_batches(journals):
        data = encode_batch(batch)
        put(len(data).to_bytes(4) + data)
        entries += len(batch.items)
    put(bytes(4))
    out.write(running.digest())
    return entries


def read_root_key(source: BinaryIO) -> bytes:
    """The city's public root key, of which the file itself says that it is that. Raises BadJournalFile."""
    source.seek(0)
    head = source.read(len(MAGIC) + KEY_BYTES)
    if len(head) != len(MAGIC) + KEY_BYTES or not head.startswith(MAGIC):
        raise BadJournalFile("not_one")
    return head[len(MAGIC) :]


def read_journals(source: BinaryIO) -> Iterator[Batch]:
    """The batches of the file, in its order; whether their chains hold is for the store to see.

    Raises BadJournalFile, maybe after some batches.
    """
    running = sha256(MAGIC + read_root_key(source))
    while data := _frame(source, running.update):
        try:
            yield decode_batch(data)
        except MalformedBatch:
            raise BadJournalFile("damaged") from None
    if source.read(running.digest_size + 1) != running.digest():
        raise BadJournalFile("damaged")


def _frame(source: BinaryIO, update: Callable[[bytes], None]) -> bytes:
    """The next frame's content, empty at the end."""
    head = source.read(4)
    length = int.from_bytes(head)
    if len(head) < 4 or length > MAX_FRAME_BYTES:
        raise BadJournalFile("damaged")
    data = source.read(length)
    if len(data) < length:
        raise BadJournalFile("damaged")
    update(head + data)
    return data


def replay(batches: Callable[[], Iterator[Batch]], receive: Callable[[Batch], Received]) -> Replayed:
    """Let a store take in what `batches` gives, again and again for as long as that brings something new: a writer's
    certificate may stand in a later journal than its entries.
    """
    done, result = set[WriterId](), Replayed()
    while True:
        before, result.refused, seen = result.entries, {}, set[WriterId]()
        for batch in batches():
            if batch.writer in done or batch.writer in result.refused:
                continue
            seen.add(batch.writer)
            received = receive(batch)
            result.entries += received.new_entries
            if not received.outcome.is_good:
                result.refused[batch.writer] = received.outcome
        done |= seen - result.refused.keys()
        if not result.refused or result.entries == before:
            return result
