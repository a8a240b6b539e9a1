"""Handing in: everything that the other side lacks of the journals that are held here, the own one first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from station_core.ids import WriterId
from station_core.journal.batch import Batch, encode_batch
from station_core.journal.entry import Head
from station_core.journal.receipt import Outcome
from sync.answer import BATCH_BYTES
from sync.client import Client
from sync.errors import SyncError, Trouble
from sync.messages import MAX_BATCHES, BatchResult
from sync.patience import ask_patiently
from sync.report import Aside, Fork, Half, NotTaken, Phase, Progress, Tell
from sync.store import ExchangeStore

PUSH_BYTES = 2 * 1024 * 1024


@dataclass
class _Sent:
    batch: Batch
    data: bytes


class Push:
    """One push. `peer` says where each journal ends at the other side, as far as it has said so."""

    def __init__(self, store: ExchangeStore, client: Client, half: Half, tell: Tell) -> None:
        self._store, self._client, self._half, self._tell = store, client, half, tell
        self.peer: dict[WriterId, Head] = {}
        self._stuck: set[WriterId] = set()

    def run(self, go_on: Callable[[], None]) -> None:
        """Raises SyncError; what was acknowledged before stays so. `go_on` may raise one between two requests."""
        own = dict(self._store.heads())
        self.peer = self._ask_heads(own, go_on)
        self._find_forks(own)
        total = sum(self._missing(writer, head) for writer, head in own.items())
        for sent in self._requests(own):
            self._tell(Progress(Phase.SENDING, self._half.entries, total))
            go_on()
            results = self._push([one.data for one in sent], go_on)
            for one, result in zip(sent, results, strict=True):
                self._note(one.batch, result)
            self._tell(Progress(Phase.SENDING, self._half.entries, total))

    def _push(self, batches: list[bytes], go_on: Callable[[], None]) -> tuple[BatchResult, ...]:
        return ask_patiently(lambda: self._client.push(batches), go_on)

    def _ask_heads(self, own: dict[WriterId, Head], go_on: Callable[[], None]) -> dict[WriterId, Head]:
        try:
            return ask_patiently(lambda: self._client.heads(own), go_on)
        except SyncError as error:
            if error.code is not Trouble.NOT_ENROLLED or self._store.own not in own:
                raise
        self._introduce(go_on)
        return ask_patiently(lambda: self._client.heads(own), go_on)

    def _introduce(self, go_on: Callable[[], None]) -> None:
        """The own journal begins with the device's certificate: who gets its beginning knows who asks."""
        batch = self._store.batch_after(self._store.own, 0, BATCH_BYTES)
        if batch is not None:
            self._note(batch, self._push([encode_batch(batch)], go_on)[0])

    def _find_forks(self, own: dict[WriterId, Head]) -> None:
        """Where both hold the other's last entry, its hash proves that all before it is the same, or that it is not."""
        for writer, there in self.peer.items():
            if writer in own and there.seq <= own[writer].seq:
                same = self._store.hash_at(writer, there.seq) == there.hash
                if not same:
                    self._half.forks.add(Fork(writer, there.seq))
                    self._stuck.add(writer)

    def _missing(self, writer: WriterId, head: Head) -> int:
        return 0 if writer in self._stuck else max(0, head.seq - self._reached(writer))

    def _reached(self, writer: WriterId) -> int:
        return self.peer[writer].seq if writer in self.peer else 0

    def _first_lacking(self, writer: WriterId, head: Head) -> int:
        """The number after which to send. Where the own journal goes on at the other side, its last entry here is sent
        again: `already_had` or `fork` tells an older disk, which a pull brings up to date, from another history.
        """
        reached = self._reached(writer)
        return head.seq - 1 if writer == self._store.own and reached > head.seq else reached

    def _requests(self, own: dict[WriterId, Head]) -> Iterator[list[_Sent]]:
        """Batches, as many as one request carries. Looks at what was answered to a request before it makes the next."""
        waiting: list[_Sent] = []
        for writer in sorted(own, key=lambda writer: (writer != self._store.own, writer)):
            seq = self._first_lacking(writer, own[writer])
            while writer not in self._stuck and seq < own[writer].seq:
                batch = self._store.batch_after(writer, seq, BATCH_BYTES)
                if batch is None:
                    break
                data = encode_batch(batch)
                if waiting and (_size(waiting) + len(data) > PUSH_BYTES or len(waiting) == MAX_BATCHES):
                    yield waiting
                    waiting = []
                    if writer in self._stuck:
                        break
                waiting.append(_Sent(batch, data))
                seq = batch.last_seq
        if waiting:
            yield waiting

    def _note(self, batch: Batch, result: BatchResult) -> None:
        writer = batch.writer
        if result.outcome.is_good:
            self.peer[writer] = Head(result.seq, result.hash)
            self._half.entries += result.new_entries
            self._half.aside += [Aside(writer, seq, reason) for seq, reason in result.aside]
        elif writer not in self._stuck:
            self._stuck.add(writer)
            self._half.not_taken.append(NotTaken(writer, result.outcome))
            if result.outcome is Outcome.FORK:
                self._half.forks.add(Fork(writer, result.seq))


def _size(sent: list[_Sent]) -> int:
    return sum(len(one.data) for one in sent)
