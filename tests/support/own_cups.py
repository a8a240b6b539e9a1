"""A real CUPS scheduler of a test's own, on a loopback port; queues end at a socket of the test's own or elsewhere."""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

_SEARCH_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])


def program(name: str) -> str | None:
    """Where a program lies; servers' programs are not on everybody's PATH."""
    return shutil.which(name, path=_SEARCH_PATH)


CUPSD = program("cupsd")
HAS_CUPS = CUPSD is not None and program("lpadmin") is not None
_FOLDERS = ("spool", "cache", "state", "tmp", "root", "log")
_FILES_CONF = """\
ServerRoot {0}/root
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
TempDir {0}/tmp
AccessLog {0}/log/access
ErrorLog {0}/log/error
PageLog {0}/log/page
Printcap
FileDevice Yes
"""
_CUPSD_CONF = """\
Listen 127.0.0.1:{port}
Listen {folder}/cups.sock
DefaultAuthType None
WebInterface No
Browsing No
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""


@dataclass
class Sink:
    """A printer on the network that takes whatever comes and keeps it."""

    listener: socket.socket
    arrived: list[bytes] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def serve(self) -> None:
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as stream:
                self.arrived.append(stream.read())


@dataclass
class Scheduler:
    process: subprocess.Popen[bytes]
    folder: Path
    server: str
    sink: Sink

    def admin(self, *command: str) -> None:
        environment = {**os.environ, "CUPS_SERVER": self.server, "LC_ALL": "C"}
        subprocess.run(
            [program(command[0]) or command[0], *command[1:]],
            env=environment,
            check=True,
            capture_output=True,
            timeout=30,
        )

    def add_queue(self, name: str, model: str, device: str | None = None) -> None:
        self.admin("lpadmin", "-p", name, "-v", device or f"socket://127.0.0.1:{self.sink.port}", "-E", "-m", model)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


@contextmanager
def own_scheduler() -> Iterator[Scheduler]:
    """A scheduler with files and folders of its own, on a free port."""
    folder = Path(tempfile.mkdtemp(prefix="own-cups-"))
    listener = socket.create_server(("127.0.0.1", 0))
    sink = Sink(listener)
    threading.Thread(target=sink.serve, daemon=True).start()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    prepare(folder, port)
    configuration = ["-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    process = subprocess.Popen([str(CUPSD), "-f", *configuration], stderr=subprocess.DEVNULL)
    running = Scheduler(process, folder, f"127.0.0.1:{port}", sink)
    try:
        wait_until(lambda: listens(port), "cupsd listens")
        yield running
    finally:
        running.stop()
        listener.close()
        shutil.rmtree(folder, ignore_errors=True)


def prepare(folder: Path, port: int) -> None:
    """Open to the account that filters run under, which is another one when the test runs as root."""
    folder.chmod(0o755)
    for name in _FOLDERS:
        (folder / name).mkdir()
        (folder / name).chmod(0o1777 if name in ("tmp", "cache", "spool") else 0o755)
    (folder / "cups-files.conf").write_text(_FILES_CONF.format(folder))
    (folder / "cupsd.conf").write_text(_CUPSD_CONF.format(port=port, folder=folder))


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(reached: Callable[[], bool], what: str) -> None:
    for _ in range(600):
        if reached():
            return
        time.sleep(0.1)
    pytest.fail(f"never seen: {what}")
