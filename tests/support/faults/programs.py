"""Programs that are killed and started again, the little disks they fill, and waiting for what they do."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
PATIENCE_S = 120.0


@dataclass
class Program:
    """`output` holds what all its lives have said, beside it ``.err`` what went wrong in them.

    `port` is where it serves; None for one that says a line for whatever it does.
    """

    command: list[str]
    output: Path
    port: int | None = None
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**os.environ, "STATION_MDNS": "off", "PYTHONPATH": f"{PROJECT / 'tests'}{os.pathsep}{PROJECT}"}
        with self.output.open("ab") as output, self._errors.open("ab") as errors:
            self.running = subprocess.Popen(
                self.command, cwd=PROJECT, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=errors
            )

    def kill(self) -> bool:
        """Whether it was still running. Raises AssertionError where a failure of its own had ended it."""
        process, self.running = self.running, None
        if process is None:
            return False
        code = process.poll()
        process.kill()
        process.wait()
        if code:
            raise AssertionError(f"{self.output.stem} ended by itself: {self._errors.read_text()[-400:]}")
        return code is None

    def has_ended(self) -> bool:
        return self.running is None or self.running.poll() is not None

    def lines(self) -> list[str]:
        return self.output.read_text().splitlines() if self.output.exists() else []

    @property
    def _errors(self) -> Path:
        return self.output.with_suffix(".err")


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("it never came about")
        time.sleep(0.01)


def takes_connections(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class SmallDisk:
    """A tmpfs that is soon full."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make_room(self) -> None:
        _mount(self.folder, "remount,size=64m")


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[SmallDisk | None]:
    """A disk of `size` in `folder`; an ordinary folder where we may not mount, which takes root on Linux."""
    folder.mkdir()
    if not _mount(folder, f"size={size}"):
        yield None
        return
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def _mount(folder: Path, options: str) -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
