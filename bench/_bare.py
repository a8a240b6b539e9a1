"""What the product is compared with: the database alone, without the product's code around it."""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from db.engine import sqlcipher_engine
from db.store import prepare
from station_app.home.home import STORE_FILE
from station_app.home.keyslots import KeySlots

BODY = bytes(300)
"""About as much as an entry of a recorded service."""
Row = Sequence[Any]


def plain(file: Path, journal_mode: str) -> sqlite3.Connection:
    """The system's SQLite with synchronous=FULL. ``DELETE`` is how SQLite comes, ``WAL`` the quickest that is safe."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute(f"PRAGMA journal_mode = {journal_mode}")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def encrypted(file: Path) -> Any:
    """The driver's connection to a new SQLCipher file, set up as a station's store with the same tables."""
    engine = sqlcipher_engine(file, bytes(32), create=True)
    prepare(engine)
    return engine.raw_connection().driver_connection


def encrypted_of(home: Path) -> Any:
    """Another connection to the store of the station in `home`, for looking at."""
    key = KeySlots.read(home).open_with_device(home)
    return sqlcipher_engine(home / STORE_FILE, key).raw_connection().driver_connection


def committer(connection: Any) -> Callable[[], None]:
    """Each call puts one row on disk."""
    connection.execute("CREATE TABLE record (id INTEGER PRIMARY KEY, body BLOB)")

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO record (body) VALUES (?)", (BODY,))
        connection.execute("COMMIT")

    return commit


def rows_of(connection: Any, table: str, which: str = "") -> list[Row]:
    return list(connection.execute(f"SELECT * FROM {table} {which}").fetchall())


def insert_like(row: Row, table: str) -> str:
    """The statement that writes rows like `row`."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})"
