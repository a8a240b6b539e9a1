"""What the other side lacks, by what is known of it, as messages for a file."""

from collections.abc import Iterator, Mapping, Sequence

from station_core.ids import WriterId
from station_core.journal.batch import encode_batch
from station_core.journal.entry import Head
from sync.answer import BATCH_BYTES
from sync.messages import MAX_BATCHES, PushRequest, encode
from sync.store import ExchangeStore, batches_of

MESSAGE_BYTES = 2 * 1024 * 1024


def count(heads: Mapping[WriterId, Head], known: Mapping[WriterId, int]) -> int:
    """How many entries follow `known` up to `heads`."""
    return sum(max(0, head.seq - known.get(writer, 0)) for writer, head in heads.items())


def lacking(
    store: ExchangeStore, heads: Mapping[WriterId, Head], known: Mapping[WriterId, int], first: Sequence[WriterId]
) -> Iterator[tuple[int, bytes]]:
    """The entries after `known` up to `heads`: (how many of them, the message), the journals of `first` in front."""
    waiting: list[bytes] = []
    size, entries = 0, 0
    for writer in dict.fromkeys((*(one for one in first if one in heads), *sorted(heads))):
        for batch in batches_of(store, writer, known.get(writer, 0), heads[writer].seq, BATCH_BYTES):
            data = encode_batch(batch)
            if waiting and (size + len(data) > MESSAGE_BYTES or len(waiting) == MAX_BATCHES):
                yield entries, encode(PushRequest(batches=tuple(waiting)))
                waiting, size, entries = [], 0, 0
            waiting.append(data)
            size, entries = size + len(data), entries + len(batch.items)
    if waiting:
        yield entries, encode(PushRequest(batches=tuple(waiting)))
