"""Two dev.py started together must not install into the same .venv at the same time."""

import contextlib
import os
from collections.abc import Iterator

from devtools import ROOT


@contextlib.contextmanager
def taken() -> Iterator[None]:
    """Waits for another dev.py of this folder to finish preparing. On Windows nobody waits."""
    if os.name == "nt":
        yield
        return
    import fcntl

    descriptor = os.open(ROOT, os.O_RDONLY)  # The folder itself is what is locked, so that no file is left behind.
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another dev.py is installing here; waiting for it.", flush=True)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
