"""Several processes that serve one city on one socket, so that it uses more than one core.

They share nothing but the socket and the database, which keeps their writing in order (`db.engine`).
"""

import multiprocessing
import os
import signal
import socket
import threading
from collections.abc import Callable
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from city_server.log import note

RESTART_AFTER_S = 1.0
"""A worker that dies at once each time should not keep the machine busy with dying."""

Work = Callable[[socket.socket], None]


def keep_working(work: Work, listener: socket.socket, number: int) -> None:
    """Run `work` with `listener` in `number` processes until SIGTERM or SIGINT; one that ends before is replaced.

    `work` must be a module's function, or a partial of one: the processes are begun afresh.
    """
    ended = threading.Event()
    _on_ending(ended.set)
    processes = [_begin(work, listener) for _ in range(number)]
    while not ended.is_set():
        wait([process.sentinel for process in processes], timeout=RESTART_AFTER_S)
        for place, process in enumerate(processes):
            if not process.is_alive() and not ended.wait(RESTART_AFTER_S):
                note("worker_ended", code=process.exitcode)
                processes[place] = _begin(work, listener)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join()


def _begin(work: Work, listener: socket.socket) -> BaseProcess:
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(work, listener), name="city-worker")
    process.start()
    return process


def _run(work: Work, listener: socket.socket) -> None:
    """In the new process."""
    threading.Thread(target=_end_with_parent, name="parent-watch", daemon=True).start()
    work(listener)


def _end_with_parent() -> None:
    """Whoever was to end this process has been killed: it would hold the socket for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _on_ending(react: Callable[[], None]) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: react())
