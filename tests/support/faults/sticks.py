"""Batches carried by hand: packed at one machine, taken in at others, more than once and in any order."""

from dataclasses import dataclass, field
from random import Random

from support.faults.link import damaged
from support.faults.node import Crash, Node
from support.faults.tally import Fault, Tally

from db.errors import DiskFull
from station_core.journal.batch import MalformedBatch, decode_batch, encode_batch


@dataclass
class Sticks:
    """Everything that was ever packed stays on a stick somewhere."""

    rng: Random
    tally: Tally
    batches: list[bytes] = field(default_factory=list)

    def pack(self, node: Node) -> None:
        """Some journals of `node`, from an entry of chance on, in batches of any size."""
        store = node.exchange_store
        for writer, head in store.heads().items():
            seq = self.rng.randrange(head.seq)
            while self.rng.random() < 0.8 and (
                batch := store.batch_after(writer, seq, self.rng.choice((1, 500, 1 << 20)))
            ):
                self.batches.append(encode_batch(batch))
                seq = batch.last_seq

    def take_in(self, node: Node) -> None:
        """A handful, as they come; some have suffered on the way."""
        store = node.exchange_store
        for data in self.rng.choices(self.batches, k=min(6, len(self.batches))):
            is_damaged = self.rng.random() < 0.25
            self.tally[Fault.STICK_DAMAGED if is_damaged else Fault.STICK] += 1
            try:
                store.receive(decode_batch(damaged(data, self.rng) if is_damaged else data))
            except MalformedBatch:
                continue
            except DiskFull:
                self.tally[Fault.DISK_FULL] += 1
            except Crash as crash:
                crash.node.restart()
