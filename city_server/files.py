"""Small files that must be whole or not there at all."""

import contextlib
import os
from pathlib import Path

PRIVATE = 0o600


def write_new(file: Path, content: bytes) -> None:
    """Write `content` to `file`, readable by its owner alone, on disk when this returns.

    Raises FileExistsError where something is there already: it is linked into place, which replaces nothing.
    """
    temporary = file.with_name(f".{file.name}.{os.getpid()}.new")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(temporary, file)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
    _sync_folder(file.parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder, and needs no such thing
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
