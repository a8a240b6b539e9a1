"""The suite sees what it is there to see: without the sync to disk, the one transaction, the idempotency, the chain
check, the part of a stock that a station holds, or the redaction of who was erased, histories fail.
"""

from collections.abc import Sequence
from typing import Any

import pytest
import sqlalchemy as sa
from support.faults.history import COPIES_SHARE, Outcome, run_history

import db.engine
from db.entries import Journal
from db.fold import erasure, take_in
from db.fold.judge import Readings
from db.queries.stock import Stock
from db.store import Transaction
from station_app.station import healing
from station_core.desk.stock import StockAccount
from station_core.ids import ServiceCode, WriterId
from station_core.journal import batch as batches
from station_core.journal.batch import Batch
from station_core.journal.entry import Entry
from station_core.journal.receipt import Outcome as Became
from station_core.journal.receipt import Received
from station_core.records.documents import EventPublished
from station_core.records.services import ServiceGiven
from sync.errors import SyncError, Trouble

MOST = 80


def first_failure(first: int = 8_001, copies_share: float = COPIES_SHARE) -> Outcome:
    """`first`: a seed shortly before one that fails today, to save time."""
    for seed in range(first, first + MOST):
        outcome = run_history(seed, copies_share=copies_share)
        if outcome.problems:
            return outcome
    raise AssertionError(f"{MOST} histories passed with a product that is broken on purpose")


def test_acknowledging_before_it_is_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    configure = db.engine._configure

    def carelessly(connection: Any) -> None:
        configure(connection)
        connection.execute("PRAGMA synchronous = NORMAL")

    monkeypatch.setattr(db.engine, "_configure", carelessly)
    assert first_failure(8_010).verdict.lost > 0


def test_every_statement_a_transaction_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.engine, "_begin_explicitly", lambda engine: engine)
    assert first_failure(8_005).problems


def test_acknowledging_before_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was appended counts as recorded, and then the transaction is given up."""

    def forgets(engine: sa.Engine) -> sa.Engine:
        begun = explicitly(engine)
        sa.event.listen(begun, "commit", lambda connection: connection.connection.driver_connection.rollback())
        return begun

    explicitly = db.engine._begin_explicitly
    monkeypatch.setattr(db.engine, "_begin_explicitly", forgets)
    assert first_failure().problems


def test_taking_in_again_what_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    def again(
        self: Transaction, batch: Batch, entries: Sequence[Entry], journal: Journal, readings: Readings
    ) -> Received:
        return self._take_new(entries, journal, readings)

    monkeypatch.setattr(Transaction, "_continue", again)
    assert "IntegrityError" in str(first_failure(8_006).error)


def test_no_look_at_the_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "verify", lambda *_: True)
    assert first_failure(8_003).problems


def test_no_look_at_the_hash_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def unchained(
        self: Transaction, batch: Batch, entries: Sequence[Entry], journal: Journal, readings: Readings
    ) -> Received:
        new = entries[max(0, journal.head.seq - batch.first_seq + 1) :]
        return self._take_new(new, journal, readings) if new else Received(Became.ALREADY_HAD, journal.head)

    monkeypatch.setattr(Transaction, "_continue", unchained)
    assert first_failure(8_007, copies_share=1.0).problems


def test_giving_out_more_than_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each counter takes the whole stock for its own."""

    def everything(self: Stock, event: EventPublished, own: WriterId) -> dict[ServiceCode, int]:
        return dict(event.stock)

    monkeypatch.setattr(Stock, "held", everything)
    assert first_failure().problems


def test_lending_what_was_lent_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a lender has passed on stays its own."""
    monkeypatch.setattr(StockAccount, "lendable", lambda self, own: self.total)
    assert first_failure().problems


def test_erasing_without_redacting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(erasure, "_redact_stored", lambda connection, which: None)
    assert "still has somebody erased in entry" in str(first_failure(8_010).problems)


def test_a_copy_that_is_not_healed(monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> None:
        raise SyncError(Trouble.REFUSED)

    monkeypatch.setattr(healing, "heal", cannot)
    assert first_failure(8_005, copies_share=1.0).verdict.lost > 0


def test_a_fold_that_leaves_something_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """All stores would agree with each other."""
    monkeypatch.setitem(take_in._FOLDS, ServiceGiven.kind, lambda connection, items: None)
    assert "city: service_given does not hold what the journals count" in first_failure().problems
