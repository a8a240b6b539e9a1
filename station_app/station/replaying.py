"""Proving that the tables follow from the journals: they are folded again in a scratch store and compared."""

import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from db.engine import sqlcipher_engine
from db.queries.digests import TableDigest
from db.store import Store, prepare
from db.values import Counts
from station_app.station.clock import now_ms
from station_core.ids import WriterId
from station_core.journal.batch import Batch
from station_core.journal.receipt import Outcome, Received
from station_core.keys import SigningKey
from sync.journal_file import all_batches, read_journals, read_root_key, replay


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What came of the journals alone. `refused`: journals that do not hold together, with the reason."""

    entries: int
    counts: Counts
    tables: dict[str, TableDigest]
    refused: dict[WriterId, Outcome] = field(default_factory=dict)

    def differences(self, live: dict[str, TableDigest]) -> dict[str, tuple[int, int]]:
        """The tables that are not the same, each with its rows here and in `live`."""
        return {name: (digest.rows, live[name].rows) for name, digest in self.tables.items() if digest != live[name]}


def rebuild_apart(store: Store) -> tuple[Rebuilt, dict[str, TableDigest]]:
    """What the journals of `store` fold to by themselves, and the tables as they are, both at one moment."""
    with store.reading() as view:
        return _rebuilt(store.root_key, lambda: all_batches(view.journals)), view.digests.all()


def rebuild_file(file: Path) -> tuple[Rebuilt, bytes]:
    """What the journals in `file` fold to, and the root key by which. Raises BadJournalFile, OSError."""
    with file.open("rb") as source:
        root_key = read_root_key(source)
        return _rebuilt(root_key, lambda: read_journals(source)), root_key


def _rebuilt(root_key: bytes, batches: Callable[[], Iterator[Batch]]) -> Rebuilt:
    with _scratch_store(root_key) as scratch:

        def receive(batch: Batch) -> Received:
            with scratch.writing() as tx:
                return tx.receive(batch)

        replayed = replay(batches, receive)
        with scratch.reading() as view:
            return Rebuilt(replayed.entries, view.overview.counts(), view.digests.all(), replayed.refused)


@contextmanager
def _scratch_store(root_key: bytes) -> Iterator[Store]:
    """An empty store in a folder of its own, encrypted with a key that nobody keeps; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="station-replay-") as folder:
        engine = sqlcipher_engine(Path(folder) / "scratch.db", secrets.token_bytes(32), create=True)
        prepare(engine)
        store = Store(engine, root_key, SigningKey.generate(), now_ms)
        try:
            yield store
        finally:
            store.close()
