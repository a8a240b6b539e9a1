"""Counting in several processes: each keeps its figures in files of one folder, and all are read together.

Apart from `metrics`, because the folder must be known before anything is counted: the library decides as it is loaded.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prometheus_client.core import Metric

PROCESSES = Path("/proc")
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_PREFIX = "city-metrics-"
_OF_A_LIVING_PROCESS = re.compile(r"gauge_live[a-z]*_(\d+)\.db")


@contextmanager
def counting_folder() -> Iterator[None]:
    """Set the folder for this process and those that it starts, unless an administrator has named one."""
    if FOLDER in os.environ:
        yield
        return
    _remove_folders_of_the_dead()
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        os.environ[FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[FOLDER]


def _remove_folders_of_the_dead() -> None:
    """Whoever was killed could not tidy up."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        process = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if process.isdecimal() and not _lives(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


class CountedTogether:
    """What all processes have counted that have the folder in common."""

    def __init__(self) -> None:
        from prometheus_client.multiprocess import MultiProcessCollector

        self._files = MultiProcessCollector(None)  # type: ignore[no-untyped-call]

    def collect(self) -> "Iterable[Metric]":
        _forget_the_dead()
        metrics: Iterable[Metric] = self._files.collect()  # type: ignore[no-untyped-call]
        return metrics


def _forget_the_dead() -> None:
    """What a process that was killed had in use is in use no longer. What it counted still counts."""
    from prometheus_client.multiprocess import mark_process_dead

    for file in Path(os.environ[FOLDER]).iterdir():
        found = _OF_A_LIVING_PROCESS.fullmatch(file.name)
        if found and not _lives(int(found[1])):
            mark_process_dead(int(found[1]))  # type: ignore[no-untyped-call]


def _lives(process: int) -> bool:
    """Where the system does not tell, every process does."""
    return not PROCESSES.is_dir() or (PROCESSES / str(process)).exists()
