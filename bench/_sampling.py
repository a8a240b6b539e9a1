"""Where a thread's time goes: looked at from another thread, many times a second."""

import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_ROOT = Path(__file__).resolve().parents[1]
_ROOMS = tuple(f"{_ROOT / room}/" for room in ("db", "station_core", "sync"))
_PAUSE_S = 0.005


class Sampler:
    """Counts, for the thread that made it, which of the product's files it was in, or had called a library from.

    Wakes: every 5 ms. Stops: `stop`. Drops: what happens outside of `watching`.
    """

    def __init__(self) -> None:
        self._watched = threading.get_ident()
        self._seen: Counter[str] = Counter()
        self._watching, self._stopped = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="sampler", daemon=True)
        self._thread.start()

    @contextmanager
    def watching(self) -> Iterator[None]:
        self._watching.set()
        try:
            yield
        finally:
            self._watching.clear()

    def stop(self) -> dict[str, float]:
        """The share of each file, in per cent, the largest first."""
        self._stopped.set()
        self._thread.join()
        total = self._seen.total() or 1
        return {name: round(100 * count / total, 1) for name, count in self._seen.most_common()}

    def _run(self) -> None:
        while not self._stopped.wait(_PAUSE_S):
            frame = sys._current_frames().get(self._watched)  # noqa: SLF001  # what samplers are there for
            if self._watching.is_set() and (name := _place(frame)):
                self._seen[name] += 1


def _place(frame: FrameType | None) -> str | None:
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(_ROOMS):
            return str(Path(name).relative_to(_ROOT))
        frame = frame.f_back
    return None
