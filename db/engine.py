"""Opening the database under a store: SQLCipher on a kiosk, PostgreSQL or plain SQLite in a city.

What is deleted is overwritten (`secure_delete`); after an erasure the write-ahead log is emptied too (`empty_log`).
Acknowledged means on disk: SQLite runs with a write-ahead log and synchronous=FULL. Every transaction that may write
takes the store's one write lock at the beginning, on PostgreSQL too: folding reads what it then writes, and two that
fold at once would each overlook the other. Only a note that nothing is folded from does without (`noting`).
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from db.errors import BadAddress, DamagedStore, NoStore
from db.prepared import Prepared
from db.translate import translate_errors

KEY_BYTES = 32
BUSY_TIMEOUT_MS = 5_000
_POSTGRES_LOCK_TIMEOUT_MS = 15_000
_POSTGRES_WRITE_LOCK = 7_310_169
"""The number of the advisory lock; any would do, as long as all processes of a city take the same."""
_BEGIN, _BEGIN_WRITING = Prepared(sa.text("BEGIN")), Prepared(sa.text("BEGIN IMMEDIATE"))
POSTGRES_CONNECTIONS = 20
"""The most that one process holds. A server of PostgreSQL has a hundred, if nobody says otherwise."""


def sqlcipher_engine(path: Path, key: bytes, *, create: bool = False) -> sa.Engine:
    """An engine with one connection to the encrypted file at `path`, opened with the raw 32-byte `key`.

    Raises NoStore where there is no file and `create` is not set, and DamagedStore where it is empty: opening never
    makes an empty store.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a store's key has {KEY_BYTES} bytes")
    _check_there(path, create)
    return _sqlite_engine(str(path), StaticPool, key)


def url_engine(url: str, *, create: bool = False) -> sa.Engine:
    """An engine for a city's database: ``postgresql+psycopg://…`` or ``sqlite:///FILE``.

    Raises NoStore and DamagedStore as above, and BadAddress.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == "postgresql":
        return _postgres_engine(parsed)
    if parsed.database in (None, "", ":memory:"):
        return _sqlite_engine(":memory:", StaticPool)
    _check_there(Path(parsed.database), create)
    return _sqlite_engine(parsed.database, sa.QueuePool)


def _parsed(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
        backend = parsed.get_backend_name()
    except sa.exc.ArgumentError:
        raise BadAddress from None
    if backend not in ("postgresql", "sqlite"):
        raise BadAddress
    return parsed.set(drivername="postgresql+psycopg") if backend == "postgresql" else parsed


def _postgres_engine(url: sa.URL) -> sa.Engine:
    """Parameters are people's data: they stay out of errors."""
    from psycopg.types.string import BytesBinaryDumper

    engine = sa.create_engine(
        url,
        pool_pre_ping=True,
        hide_parameters=True,
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=0,
        connect_args={"options": f"-c lock_timeout={_POSTGRES_LOCK_TIMEOUT_MS}"},
    )

    @sa.event.listens_for(engine, "connect")
    def _connect(driver: Any, _: object) -> None:
        """The driver writes bytes faster than `dbapi20.Binary`, which else comes before it."""
        driver.adapters.register_dumper(bytes, BytesBinaryDumper)

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        if options.get("reading"):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        elif options.get("noting"):
            connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRES_WRITE_LOCK})")

    return translate_errors(engine)


def _check_there(path: Path, create: bool) -> None:
    """An empty file is what a failing disk leaves of a store; to SQLite it is a new database."""
    if create:
        return
    if not path.is_file():
        raise NoStore(str(path))
    if path.stat().st_size == 0:
        raise DamagedStore(str(path))


def _sqlite_engine(file: str, pool: type[sa.Pool], key: bytes | None = None) -> sa.Engine:
    """SQLCipher's library serves plain files too: one and the same SQLite everywhere, whatever the system ships."""
    from sqlcipher3 import dbapi2 as sqlcipher

    def connect() -> Any:
        connection = sqlcipher.connect(file, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log = off")
            if key is not None:
                connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            _configure(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    engine = sa.create_engine("sqlite://", module=sqlcipher, creator=connect, poolclass=pool, hide_parameters=True)
    return translate_errors(_begin_explicitly(engine))


def _configure(connection: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA cache_size = -65536")


def empty_log(engine: sa.Engine) -> None:
    """Bring the write-ahead log into the file and cut it to nothing; as far as others' readers let it, now."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()


def _begin_explicitly(engine: sa.Engine) -> sa.Engine:
    """The driver starts no transactions of its own; ours take the write lock at once, so that none dies half-way."""

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        begin = _BEGIN if connection.get_execution_options().get("reading") else _BEGIN_WRITING
        begin.run(connection)

    return engine
