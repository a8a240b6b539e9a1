"""Database errors that have a remedy become the errors of `db.errors`; the others stay what they are: ours."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from db.errors import DamagedStore, DiskFull, NoAccess, StoreBusy, StoreError, StoreUnreachable, WrongKeyOrDamaged

_SQLITE_SIGNS: tuple[tuple[str, type[StoreError]], ...] = (
    ("file is not a database", WrongKeyOrDamaged),
    ("malformed", DamagedStore),
    ("disk I/O error", DamagedStore),
    ("database or disk is full", DiskFull),
    ("database is locked", StoreBusy),
    ("unable to open database file", NoAccess),
    ("attempt to write a readonly database", NoAccess),
)

_POSTGRES_STATES: dict[str | None, type[StoreError]] = {
    None: StoreUnreachable,
    "08006": StoreUnreachable,
    "57P01": StoreUnreachable,
    "57P02": StoreUnreachable,
    "57P03": StoreUnreachable,
    "55P03": StoreBusy,
    "53300": StoreBusy,
    "53100": DiskFull,
}
"""SQLSTATE classes 08, 53, 55 and 57 (PostgreSQL, appendix A); no state at all where no server answered."""


def translate_errors(engine: sa.Engine) -> sa.Engine:
    """Let `engine` raise the known errors by their names; returns it."""

    @sa.event.listens_for(engine, "handle_error")
    def _translate(context: sa.engine.ExceptionContext) -> None:
        known = known_error(context.original_exception)
        if known is not None:
            raise known from None

    return engine


@contextmanager
def translated() -> Iterator[None]:
    """The same for what is asked of the driver itself."""
    try:
        yield
    except Exception as error:
        known = known_error(error)
        if known is None:
            raise
        raise known from None


def known_error(error: BaseException) -> StoreError | None:
    """What `error` from a database driver means to a person, if anything. Values and statements are left out."""
    if type(error).__module__.startswith("psycopg"):
        return _known_postgres_error(error)
    text = str(error)
    return next((kind() for sign, kind in _SQLITE_SIGNS if sign in text), None)


def _known_postgres_error(error: BaseException) -> StoreError | None:
    import psycopg

    if not isinstance(error, psycopg.OperationalError):
        return None
    kind = _POSTGRES_STATES.get(error.sqlstate)
    return kind() if kind else None
