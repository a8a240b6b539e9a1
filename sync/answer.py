"""The answering side of the exchange, over any store: a city's server has it, and so can a hub.

Whether the asking side may ask at all is settled before: nothing here looks at tokens.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256

from station_core.ids import WriterId
from station_core.journal.batch import MalformedBatch, decode_batch, encode_batch
from station_core.journal.entry import EMPTY, Head
from station_core.journal.receipt import Outcome, Received
from sync.messages import (
    MAX_BATCHES,
    BatchResult,
    Deputy,
    HeadsAnswer,
    HeadsRequest,
    PullAnswer,
    PullRequest,
    PushAnswer,
    PushRequest,
    StateAnswer,
    positions_of,
)
from sync.store import ExchangeStore, HeldJournals

BATCH_BYTES = 256 * 1024
"""How many bytes of bodies one batch holds, save where a single signed run is longer.

Whoever takes a batch in keeps its store busy for so long: a counter must not wait half a second for a roster's piece.
"""

MAX_PULL_BYTES = 4 * 1024 * 1024
MAX_BATCH_BYTES = 16 * 1024 * 1024
"""A batch that was taken in must also fit into an answer that passes it on."""


def answer_heads(store: HeldJournals, request: HeadsRequest) -> HeadsAnswer:
    """Where the journals that the other side named end here; it learns nothing of others."""
    held = store.heads()
    named = {WriterId(writer): held.get(WriterId(writer), EMPTY) for writer in request.heads}
    return HeadsAnswer(now_ms=store.now_ms(), heads=positions_of(named))


def answer_state(store: ExchangeStore, deputies: Sequence[Deputy] = ()) -> StateAnswer:
    return StateAnswer(now_ms=store.now_ms(), state=state_of(store.heads()), deputies=tuple(deputies))


def state_of(heads: Mapping[WriterId, Head]) -> bytes:
    """32 bytes that stand for all of `heads`, and so for every entry: two stores that agree on it hold the same."""
    digest = sha256()
    for writer in sorted(heads):
        digest.update(writer + heads[writer].seq.to_bytes(8) + heads[writer].hash)
    return digest.digest()


def answer_push(store: ExchangeStore, request: PushRequest) -> PushAnswer:
    """Take the batches in, each by itself: one that cannot be taken stops none behind it."""
    results = tuple(_result(_receive(store, data)) for data in request.batches)
    return PushAnswer(now_ms=store.now_ms(), results=results)


def _receive(store: ExchangeStore, data: bytes) -> Received:
    if len(data) > MAX_BATCH_BYTES:
        return Received(Outcome.BROKEN, EMPTY)
    try:
        return store.receive(decode_batch(data))
    except MalformedBatch:
        return Received(Outcome.BROKEN, EMPTY)


def _result(received: Received) -> BatchResult:
    outcome, head, new_entries, aside = received
    return BatchResult(outcome, head.seq, head.hash, new_entries, aside)


def answer_pull(
    store: HeldJournals,
    request: PullRequest,
    scope: Callable[[WriterId], bool],
    first: Iterable[WriterId] = (),
) -> PullAnswer:
    """What the other side lacks of the journals in `scope`, those of `first` before others, up to what it asked for.

    A journal whose last entry there has another hash here is a fork: it is named, and nothing of it is sent.
    """
    held = store.heads()
    skip = {WriterId(writer) for writer in request.skip}
    order = dict.fromkeys(writer for writer in (*first, *sorted(held)) if writer in held)
    packed = _Packed(min(request.max_bytes, MAX_PULL_BYTES))
    forks: list[tuple[bytes, int]] = []
    for writer in order:
        if not scope(writer) or writer in skip:
            continue
        seq, hash_ = request.heads.get(writer, (EMPTY.seq, EMPTY.hash))
        if _differs(store, writer, held[writer], seq, hash_):
            forks.append((writer, seq))
        else:
            packed.fill(store, writer, seq, held[writer].seq)
    return PullAnswer(now_ms=store.now_ms(), batches=tuple(packed.batches), more=packed.left_out, forks=tuple(forks))


class _Packed:
    """The batches of one answer. `left_out`: something did not fit any more. One batch always does."""

    def __init__(self, room: int) -> None:
        self.batches: list[bytes] = []
        self.left_out = False
        self._room = room

    def fill(self, store: HeldJournals, writer: WriterId, seq: int, last: int) -> None:
        """Put in the entries of `writer` after `seq` until `last`, as far as there is room."""
        while seq < last:
            if self.batches and (self._room <= 0 or len(self.batches) == MAX_BATCHES):
                self.left_out = True
                return
            batch = store.batch_after(writer, seq, min(BATCH_BYTES, max(self._room, 1)))
            if batch is None:
                return
            self.batches.append(encode_batch(batch))
            self._room -= len(self.batches[-1])
            seq = batch.last_seq


def _differs(store: HeldJournals, writer: WriterId, held: Head, seq: int, hash_: bytes) -> bool:
    """Whether both hold entry `seq` and it is not the same one."""
    if seq > held.seq:
        return False
    return (held.hash if seq == held.seq else store.hash_at(writer, seq)) != hash_
