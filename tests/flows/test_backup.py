"""Copies of the encrypted store: whole, encrypted, proved, seven days and four weeks of them."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from support.worlds import given

from db.engine import sqlcipher_engine
from db.errors import DamagedStore, NoStore, StoreError, WrongKeyOrDamaged
from db.store import Store
from station_app.home.home import STORE_FILE, station_key
from station_app.station.backup import KEPT_DAYS, KEPT_WEEKS, SMALL_FILES, back_up, last_backup
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
    assert heads(made, done.place / STORE_FILE) == heads(made, made.home / "store.db")
    raw = (done.place / STORE_FILE).read_bytes()
    assert not raw.startswith(b"SQLite format 3")
    assert "王德明".encode() not in raw
    with pytest.raises(WrongKeyOrDamaged):
        sqlcipher_engine(done.place / STORE_FILE, bytes(32)).connect()
    assert [place.name for place in done.place.parent.iterdir()] == [done.place.name], "nothing lies beside it"
    assert sorted(file.name for file in done.place.iterdir()) == sorted((STORE_FILE, *SMALL_FILES)), "no device key"


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
    assert before <= heads(made, copied[0].place / STORE_FILE)[own].seq <= recorded[-1]


def test_seven_days_and_four_weeks_are_kept(made):
    folder = made.home / "backups"
    folder.mkdir()
    first = datetime(2020, 1, 1, 9, tzinfo=UTC)
    for day in range(40):
        for hour in (9, 18):
            (folder / f"{first + timedelta(days=day):%Y-%m-%d}-{hour:02}0000").mkdir()
    (folder / "of-somebody-else").mkdir()
    done = back_up(made.home, made.store_key)
    names = sorted(place.name for place in folder.iterdir())
    assert names == [
        "2020-01-26-180000",  # the newest of its week, and out of the seven days
        "2020-02-02-180000",
        *(f"2020-02-{day:02}-180000" for day in range(4, 10)),
        done.place.name,
        "of-somebody-else",
    ]
    assert (KEPT_DAYS, KEPT_WEEKS) == (7, 4)


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
    kept = (good.place / STORE_FILE).read_bytes()
    spoil(made)
    with pytest.raises(error):
        back_up(made.home, made.store_key)
    assert (good.place / STORE_FILE).read_bytes() == kept
    assert [place.name for place in good.place.parent.iterdir()] == [good.place.name]


def test_another_stations_key_copies_nothing(made):
    with pytest.raises(StoreError):
        back_up(made.home, bytes(32))
    assert last_backup(made.home) is None
