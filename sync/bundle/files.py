"""Files on sticks: whole under their name or not there, and their troubles in words."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sync.errors import SyncError, Trouble

SUFFIX = ".bundle"


@contextmanager
def new_file(target: Path) -> Iterator[BinaryIO]:
    """A file to fill. It takes its place as `target` when the block ends well and it is on the medium.

    Raises SyncError(FILE_UNWRITABLE) for a full, protected or vanished medium; nothing half-written stays.
    """
    partial = target.with_name(f".{target.name}.{secrets.token_hex(4)}.partial")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            partial.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                partial.unlink()
            raise
    except OSError as error:
        raise SyncError(Trouble.FILE_UNWRITABLE) from error
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Let the name be on the medium. Windows has no such call, and not every file system of sticks does."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The file to read. Raises SyncError(FILE_UNREADABLE), also where the stick is pulled out in the middle."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise SyncError(Trouble.FILE_UNREADABLE) from error
