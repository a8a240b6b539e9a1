"""A copy of an encrypted store while it is in use."""

from contextlib import closing
from pathlib import Path

from db.engine import sqlcipher_engine
from db.translate import known_error


def copy_store(source: Path, target: Path, key: bytes) -> None:
    """Copy the encrypted store `source`, as it is at one moment, to the new file `target`, encrypted with the same key.

    Has a connection of its own: from any thread, while others read and write. ``VACUUM INTO`` reads every page, and
    SQLCipher checks each one's HMAC, so that a damaged store is found out and not copied.
    Raises the errors of `db.errors`; what came of `target` until then is the caller's to remove.
    """
    engine = sqlcipher_engine(source, key)
    try:
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("VACUUM INTO ?", (str(target),))
    except Exception as error:
        known = known_error(error)
        if known is None:
            raise
        raise known from None
    finally:
        engine.dispose()
