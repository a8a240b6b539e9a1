"""Copies of the encrypted store: whole, encrypted, proved, seven of them."""

import threading

import pytest
from support.worlds import given

from db.engine import sqlcipher_engine
from db.errors import DamagedStore, NoStore, StoreError, WrongKeyOrDamaged
from db.store import Store
from station_app.home.home import station_key
from station_app.station.backup import KEPT, back_up, last_backup
from station_app.station.clock import now_ms
from station_core.journal.entry import Head


def heads(made, file) -> dict[bytes, Head]:
    store = Store(
        sqlcipher_engine(file, made.store_key),
        made.facts.root_key_bytes,
        station_key(made.home, made.store_key),
        now_ms,
    )
    with store.reading() as view:
        found = view.journals.heads()
    store.close()
    return found


def test_a_copy_holds_every_journal_and_is_encrypted(made):
    done = back_up(made.home, made.store_key)
    assert last_backup(made.home) == done
    assert heads(made, done.file) == heads(made, made.home / "store.db")
    raw = done.file.read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert "王德明".encode() not in raw
    with pytest.raises(WrongKeyOrDamaged):
        sqlcipher_engine(done.file, bytes(32)).connect()
    assert sorted(file.name for file in done.file.parent.iterdir()) == [done.file.name], "nothing lies beside it"


def test_it_is_made_while_the_counter_records(made):
    """What was acknowledged before it began is in it; what comes meanwhile holds nothing up."""
    station, stop = made.open(), threading.Event()
    recorded: list[int] = []

    def one() -> int:
        with station.store.writing() as tx:
            (entry,) = tx.append(given(None))
        return entry.seq

    before = one()
    copied: list[object] = []
    copying = threading.Thread(target=lambda: (copied.append(back_up(made.home, made.store_key)), stop.set()))
    copying.start()
    while not stop.is_set():
        recorded.append(one())
        stop.wait(0.002)
    copying.join()
    own = station.store.own
    station.close()
    assert recorded
    assert before <= heads(made, copied[0].file)[own].seq <= recorded[-1]


def test_only_the_last_seven_days_are_kept(made):
    folder = made.home / "backups"
    folder.mkdir()
    for day in range(1, 11):
        (folder / f"2020-01-{day:02}.db").write_bytes(b"old")
    (folder / "of-somebody-else.db").write_bytes(b"kept")
    done = back_up(made.home, made.store_key)
    names = sorted(file.name for file in folder.glob("2*.db"))
    assert len(names) == KEPT
    assert names == [f"2020-01-{day:02}.db" for day in range(5, 11)] + [done.file.name]
    assert (folder / "of-somebody-else.db").exists()


def _break_the_journal(made) -> None:
    """One entry's hash is another than it was."""
    engine = sqlcipher_engine(made.home / "store.db", made.store_key)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE entry SET hash = zeroblob(32) WHERE seq = 2 AND writer_no = 1")
    engine.dispose()


def _damage_pages(made) -> None:
    """In the middle of the file."""
    file = made.home / "store.db"
    data = bytearray(file.read_bytes())
    middle = len(data) // 2 // 4096 * 4096
    data[middle : middle + 8192] = bytes(8192)
    file.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (_break_the_journal, DamagedStore),
        (_damage_pages, StoreError),
        (lambda made: (made.home / "store.db").unlink(), NoStore),
    ],
    ids=["journal", "pages", "gone"],
)
def test_what_is_not_whole_does_not_replace_an_earlier_copy(made, spoil, error):
    good = back_up(made.home, made.store_key)
    kept = good.file.read_bytes()
    spoil(made)
    with pytest.raises(error):
        back_up(made.home, made.store_key)
    assert good.file.read_bytes() == kept
    assert [file.name for file in good.file.parent.iterdir()] == [good.file.name]


def test_another_stations_key_copies_nothing(made):
    with pytest.raises(StoreError):
        back_up(made.home, bytes(32))
    assert last_backup(made.home) is None
