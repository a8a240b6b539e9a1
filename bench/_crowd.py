"""Stations that come online at their time and exchange with a city over HTTP: run as a process by `bench.stations`.

Reads on stdin, as a pickle, the city's address and id, and of each station its key, its journal and when it starts.
Prints a line of JSON for each station when it is through. A station keeps of what it fetches only where journals end,
and what many stations of one process fetch alike is decoded and verified once: each would have a computer of its own.
"""

import json
import pickle
import random
import ssl
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar
from unittest.mock import patch

from bench._devices import now_ms
from bench._journals import batches
from station_core.ids import WriterId
from station_core.journal.batch import Batch, decode_batch, verify_batch
from station_core.journal.entry import EMPTY, Entry, Head
from station_core.journal.receipt import Outcome, Received
from station_core.keys import SigningKey, writer_id
from sync import taking
from sync.backoff import next_delay_s
from sync.client import Client
from sync.errors import SyncError
from sync.exchange import exchange
from sync.messages import BatchResult, PullAnswer
from sync.transport import Transport

T = TypeVar("T")
ALIKE = 20_000


@dataclass(frozen=True, slots=True)
class Plan:
    """`starts_s` counts from the moment when the crowd is let in; `keys` are the public keys of all journals."""

    raw_key: bytes
    entries: list[Entry]
    starts_s: float


@dataclass(frozen=True, slots=True)
class Crowd:
    address: str
    city_id: str
    public_keys: dict[WriterId, bytes]
    plans: list[Plan]


@dataclass(frozen=True, slots=True)
class Shared:
    """What the stations of one process have together."""

    tls: ssl.SSLContext
    verified: dict[bytes, Head] = field(default_factory=dict)
    printing: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Journals:
    """What the exchange needs of a station's store: its own journal, and the heads of others'.

    `verified` is shared by the stations of a process: where batches end, by their signatures.
    """

    own: WriterId
    entries: list[Entry]
    public_keys: dict[WriterId, bytes]
    verified: dict[bytes, Head]
    _heads: dict[WriterId, Head] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._heads[self.own] = self.entries[-1].head

    def now_ms(self) -> int:
        return now_ms()

    def heads(self) -> Mapping[WriterId, Head]:
        return self._heads

    def hash_at(self, writer: WriterId, seq: int) -> bytes | None:
        if seq == 0:
            return EMPTY.hash
        if writer == self.own:
            return self.entries[seq - 1].hash if seq <= len(self.entries) else None
        head = self._heads.get(writer)
        return head.hash if head is not None and head.seq == seq else None

    def batch_after(self, writer: WriterId, seq: int, max_bytes: int) -> Batch | None:
        rest = self.entries[seq:] if writer == self.own else []
        previous = self.hash_at(writer, seq)
        return next(batches(rest, previous, max_bytes), None) if previous is not None else None

    def receive(self, batch: Batch) -> Received:
        head = self.verified.get(batch.signature)
        if head is None:
            head = verify_batch(batch, self.public_keys[batch.writer])[-1].head
            self.verified[batch.signature] = head
        self._heads[batch.writer] = head
        return Received(Outcome.HELD, head, len(batch.items))


class Measured(Client):
    """Notes how long each question took, and what went wrong with it."""

    def __init__(self, transport: Transport, city_id: str, key: SigningKey) -> None:
        super().__init__(transport, city_id, key, now_ms)
        self.took_ms: dict[str, list[float]] = {"heads": [], "push": [], "pull": []}
        self.troubles: Counter[str] = Counter()

    def heads(self, own: Mapping[WriterId, Head]) -> dict[WriterId, Head]:
        return self._note("heads", lambda: super(Measured, self).heads(own))

    def push(self, batches: "list[bytes]") -> tuple[BatchResult, ...]:  # type: ignore[override]
        return self._note("push", lambda: super(Measured, self).push(batches))

    def pull(self, own: Mapping[WriterId, Head], skip: "set[WriterId]") -> PullAnswer:  # type: ignore[override]
        return self._note("pull", lambda: super(Measured, self).pull(own, skip))

    def _note(self, question: str, ask: Callable[[], T]) -> T:
        asked_s = time.perf_counter()
        try:
            answer = ask()
        except SyncError as error:
            self.troubles[error.code.value] += 1
            raise
        self.took_ms[question].append(round((time.perf_counter() - asked_s) * 1000, 1))
        return answer


def main() -> None:
    crowd: Crowd = pickle.load(sys.stdin.buffer)
    print("ready", flush=True)
    go_s = float(sys.stdin.buffer.readline())
    with patch.object(taking, "decode_batch", lru_cache(ALIKE)(decode_batch)):
        _let_in(crowd, go_s)


def _let_in(crowd: Crowd, go_s: float) -> None:
    shared = Shared(ssl.create_default_context())
    threads = [threading.Thread(target=_come, args=(crowd, plan, go_s, shared)) for plan in crowd.plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _come(crowd: Crowd, plan: Plan, go_s: float, shared: Shared) -> None:
    key = SigningKey(plan.raw_key)
    store = Journals(writer_id(key.public), plan.entries, crowd.public_keys, shared.verified)
    time.sleep(max(0.0, go_s + plan.starts_s - time.monotonic()))
    began_s, failures, pushed, pulled = time.monotonic(), 0, 0, 0
    with Transport(crowd.address, tls=shared.tls) as transport:
        client = Measured(transport, crowd.city_id, key)
        while True:
            report = exchange(store, client)
            pushed, pulled = pushed + report.pushed.entries, pulled + report.pulled.entries
            if report.error is None:
                break
            failures += 1
            time.sleep(next_delay_s(failures, random.random()))
    ended_s = time.monotonic()
    line = {
        "took_ms": round((ended_s - began_s) * 1000),
        "ended_s": round(ended_s - go_s, 1),
        "failures": failures,
        "troubles": client.troubles,
        "questions_ms": client.took_ms,
        "pushed": pushed,
        "pulled": pulled,
    }
    with shared.printing:
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
