"""Writing small files so that a power cut leaves the old one or the new one, and only their owner can read them."""

import errno
import os
from pathlib import Path

from db.errors import DiskFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def write_private(path: Path, data: bytes) -> None:
    """Put `data` at `path`, mode 0600, on disk before this returns. Raises DiskFull, and what was there stays."""
    beside = path.with_name(f"{path.name}.new")
    try:
        _write(beside, data)
    except OSError as error:
        if error.errno not in _FULL:
            raise
        beside.unlink(missing_ok=True)
        raise DiskFull from error
    beside.replace(path)
    sync_folder(path.parent)


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Let the names in `folder` be on disk; Windows does that by itself and offers no call for it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
