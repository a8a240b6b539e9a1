"""Opening the database under a store: SQLCipher on a kiosk, PostgreSQL or plain SQLite in a city.

Acknowledged means on disk: SQLite runs with a write-ahead log and synchronous=FULL, and every transaction that
may write takes its lock at the beginning.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from db.errors import NoStore
from db.translate import translate_errors

KEY_BYTES = 32
BUSY_TIMEOUT_MS = 5_000


def sqlcipher_engine(path: Path, key: bytes, *, create: bool = False) -> sa.Engine:
    """An engine with one connection to the encrypted file at `path`, opened with the raw 32-byte `key`.

    Raises NoStore where there is no file and `create` is not set: opening never makes an empty store.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a store's key has {KEY_BYTES} bytes")
    _check_there(path, create)
    return _sqlite_engine(str(path), StaticPool, key)


def url_engine(url: str, *, create: bool = False) -> sa.Engine:
    """An engine for a city's database: ``postgresql+psycopg://…`` or ``sqlite:///FILE``.

    Raises NoStore where the SQLite file is not there and `create` is not set.
    """
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return translate_errors(sa.create_engine(parsed, pool_pre_ping=True))
    if parsed.database in (None, "", ":memory:"):
        return _sqlite_engine(":memory:", StaticPool)
    _check_there(Path(parsed.database), create)
    return _sqlite_engine(parsed.database, sa.QueuePool)


def _check_there(path: Path, create: bool) -> None:
    if not create and not path.is_file():
        raise NoStore(str(path))


def _sqlite_engine(file: str, pool: type[sa.Pool], key: bytes | None = None) -> sa.Engine:
    """SQLCipher's library serves plain files too: one and the same SQLite everywhere, whatever the system ships."""
    from sqlcipher3 import dbapi2 as sqlcipher

    def connect() -> Any:
        connection = sqlcipher.connect(file, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA cipher_log = off")
        if key is not None:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        _configure(connection)
        return connection

    engine = sa.create_engine("sqlite://", module=sqlcipher, creator=connect, poolclass=pool)
    return translate_errors(_begin_explicitly(engine))


def _configure(connection: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -65536")


def _begin_explicitly(engine: sa.Engine) -> sa.Engine:
    """The driver starts no transactions of its own; ours take the write lock at once, so that none dies half-way."""

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql("BEGIN" if options.get("reading") else "BEGIN IMMEDIATE")

    return engine
