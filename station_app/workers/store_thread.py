"""The one thread that owns the station's store."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from station_app.station.station import Station

T = TypeVar("T")
_Job = tuple[Callable[[Station], Any], "Future[Any]"]


class StoreThread:
    """Opens a station and does jobs on it, one after another, in the order in which they were given.

    Wakes: with each job. Stops: `stop`, which lets the jobs given before it finish, closes the store and waits.
    Drops: nothing; a job given after `stop` fails at once with RuntimeError.
    """

    def __init__(self, open_station: Callable[[], Station]) -> None:
        self._open_station = open_station
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._accepting = threading.Lock()
        self._stopped = False
        self.opened: Future[None] = Future()
        """Done once the store is open; carries what opening raised."""
        self._thread = threading.Thread(target=self._run, name="store", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def submit(self, job: Callable[[Station], T]) -> "Future[T]":
        """Do `job` when its turn comes; from any thread."""
        future: Future[T] = Future()
        with self._accepting:
            if self._stopped:
                future.set_exception(RuntimeError("the store is closed"))
            else:
                self._jobs.put((job, future))
        return future

    def call(self, job: Callable[[Station], T]) -> T:
        """Do `job` and wait for its answer: for worker threads, never for the window's."""
        return self.submit(job).result()

    def stop(self) -> None:
        with self._accepting:
            self._stopped = True
            self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            station = self._open_station()
        except BaseException as error:
            self.opened.set_exception(error)
            self._refuse_all(error)
            return
        self.opened.set_result(None)
        try:
            while (item := self._jobs.get()) is not None:
                _do(station, *item)
        finally:
            station.close()

    def _refuse_all(self, error: BaseException) -> None:
        with self._accepting:
            self._stopped = True
        while not self._jobs.empty():
            item = self._jobs.get()
            if item is not None:
                item[1].set_exception(error)


def _do(station: Station, job: Callable[[Station], Any], future: "Future[Any]") -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        future.set_result(job(station))
    except BaseException as error:
        future.set_exception(error)
