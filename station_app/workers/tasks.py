"""Bringing what threads answer to the window's thread, success and failure alike."""

import logging
from collections.abc import Callable
from os import urandom
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

    from station_app.station.station import Station
    from station_app.workers.store_thread import StoreThread

_log = logging.getLogger(__name__)
T = TypeVar("T")
StoreJob = Callable[["Station"], T]
Then = Callable[[T], None]
Failed = Callable[[Exception], bool]
"""Takes what a job raised; True where it has dealt with it."""


class TaskRunner(QObject):
    """Runs jobs off the window's thread and answers on it.

    A job that fails and whose caller does not deal with it is told by `failed`, known trouble and mistake alike; the
    reference finds a mistake in the log.
    """

    failed = Signal(object, str)
    """The exception, and a reference that names nobody."""
    _arrived = Signal(object)

    def __init__(self, pool: "Executor", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = pool
        self._store: StoreThread | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def use_store(self, store: "StoreThread") -> None:
        """From now on there is a store to do jobs on."""
        self._store = store

    def on_store(self, job: StoreJob[T], then: Then[T] | None = None, failed: Failed | None = None) -> None:
        """Do `job` on the store's thread; `then` gets its answer on the window's."""
        if self._store is None:
            raise RuntimeError("no store has been opened")
        self._watch(self._store.submit(job), then, failed)

    def in_background(self, job: Callable[[], T], then: Then[T] | None = None, failed: Failed | None = None) -> None:
        """Do `job`, which may wait for devices or networks, on the pool."""
        self._watch(self._pool.submit(job), then, failed)

    def after(self, future: "Future[T]", then: Then[T] | None = None, failed: Failed | None = None) -> None:
        """Answer on the window's thread once `future` is done."""
        self._watch(future, then, failed)

    def on_window(self, job: Callable[[], None]) -> None:
        """Do `job` on the window's thread, soon; from any thread."""
        self._arrived.emit(job)

    def _watch(self, future: "Future[Any]", then: Then[Any] | None, failed: Failed | None) -> None:
        future.add_done_callback(lambda done: self._arrived.emit(lambda: self._answer(done, then, failed)))

    def _answer(self, done: "Future[Any]", then: Then[Any] | None, failed: Failed | None) -> None:
        if done.cancelled():
            return
        error = done.exception()
        if error is None:
            if then is not None:
                then(done.result())
        elif not isinstance(error, Exception):
            raise error
        elif failed is None or not failed(error):
            self.report(error)

    def report(self, error: Exception) -> None:
        """Tell the window of a failure nobody dealt with."""
        reference = urandom(3).hex().upper()
        _log.error("failure %s: %s", reference, type(error).__name__, exc_info=error)
        self.failed.emit(error, reference)

    def _deliver(self, job: Callable[[], None]) -> None:
        try:
            job()
        except Exception as error:
            self.report(error)
