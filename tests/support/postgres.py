"""A PostgreSQL server of the tests' own: made in a temporary folder, reached on loopback alone, gone afterwards."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import psycopg
from psycopg import sql

OWNER = "station"
UNPRIVILEGED = ("postgres", "nobody")
"""Whom the server runs as where the tests run as root, which it refuses. The first that the system has."""

START_LIMIT_S = 60.0
STOP_LIMIT_S = 20.0
TRIES = 3

SPEED_BEFORE_SAFETY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "autovacuum": "off",
}
"""Nothing in a throwaway cluster has to outlive a power cut."""

AS_IN_EARNEST = {"shared_buffers": "256MB", "max_wal_size": "2GB"}
"""For measurements: what is acknowledged is on disk, and the memory is what a small server would give it."""


GUARD = """
cat >/dev/null
kill -INT "$1"
for try in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" 2>/dev/null || break; sleep 0.5; done
rm -rf -- "$2"
"""
"""Reads from a pipe whose other end only the tests' process holds. It ends when that process does, however that comes
about (killed, too, when nothing there can tidy up), and then the server is stopped and its folder removed."""


class NoPostgres(Exception):
    """The server's programs are not on this machine."""


def find_programs() -> Path:
    """The folder with initdb and postgres: Debian's newest version, or whatever PATH has. Raises NoPostgres."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).parent)
    for folder in folders:
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise NoPostgres("PostgreSQL's initdb and postgres are not here; `python3 dev.py test` installs them")


@dataclass
class Cluster:
    """A running server; as a context it starts on entering and is stopped and removed on leaving."""

    programs: Path
    settings: Mapping[str, str] = field(default_factory=lambda: SPEED_BEFORE_SAFETY)
    folder: Path = field(init=False)
    port: int = field(init=False)
    _server: subprocess.Popen[bytes] | None = field(init=False, default=None)
    _guard: subprocess.Popen[bytes] | None = field(init=False, default=None)

    def __enter__(self) -> Self:
        # Not pytest's folder: that one only its owner may enter. And a short path: a socket's has at most 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="station-pg-", dir="/tmp"))
        try:
            self._lay_out()
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._stop()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def create_database(self, template: str = "template1") -> str:
        """A fresh database with what `template` holds; answers its name. Nobody may be connected to the template."""
        name = f"test_{secrets.token_hex(6)}"
        self._command(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def drop_database(self, name: str) -> None:
        """Away with it, whoever is still connected."""
        self._command(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def url(self, database: str) -> str:
        """The address of `database` as SQLAlchemy takes it."""
        return f"postgresql+psycopg://{OWNER}@127.0.0.1:{self.port}/{database}"

    def is_running(self) -> bool:
        return self._server is not None and self._server.poll() is None

    @property
    def process_id(self) -> int:
        if self._server is None:
            raise ValueError("the server is not running")
        return self._server.pid

    def _lay_out(self) -> None:
        os.chown(self.folder, _unprivileged().get("user", -1), -1)
        manner = ["--auth=trust", f"--username={OWNER}", "--encoding=UTF8", "--locale=C", "--no-sync"]
        made = subprocess.run(
            [self.programs / "initdb", *manner, "-D", self.folder / "data"],
            cwd=self.folder,
            capture_output=True,
            check=False,
            **_unprivileged(),
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr.decode(errors='replace')}")

    def _start(self) -> None:
        """Another program may take the free port between our look and the server's start: then with another one."""
        for _ in range(TRIES):
            self.port = _free_port()
            self._launch()
            if self._answers():
                return
            self._stop()
        raise RuntimeError(f"PostgreSQL did not start: {self._log().read_text(errors='replace')}")

    def _launch(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
            **self.settings,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self._log().open("ab") as log:
            self._server = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", *options],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C in the terminal is pytest's; the server is stopped after its tests.
                **_unprivileged(),
            )
        self._guard = subprocess.Popen(
            ["/bin/sh", "-c", GUARD, "guard", str(self._server.pid), str(self.folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _answers(self) -> bool:
        """Waits until it takes connections; False where it ended instead."""
        deadline = time.monotonic() + START_LIMIT_S
        while self.is_running() and time.monotonic() < deadline:
            with contextlib.suppress(psycopg.OperationalError):
                self._command(sql.SQL("SELECT 1"))
                return True
            time.sleep(0.05)
        return False

    def _stop(self) -> None:
        """Fast shutdown; killed where that takes too long. Only ever the process that we started."""
        self._dismiss_guard()
        server, self._server = self._server, None
        if server is None or server.poll() is not None:
            return
        server.send_signal(signal.SIGINT)
        try:
            server.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait(STOP_LIMIT_S)

    def _dismiss_guard(self) -> None:
        """Before the server ends: afterwards its number may belong to another process."""
        guard, self._guard = self._guard, None
        if guard is not None:
            guard.kill()
            guard.communicate()

    def _command(self, statement: sql.SQL | sql.Composed) -> None:
        # Through the socket in our own folder: on the port it could be another's server that answers.
        with psycopg.connect(
            host=str(self.folder), port=self.port, user=OWNER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)

    def _log(self) -> Path:
        return self.folder / "server.log"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _unprivileged() -> dict[str, Any]:
    """What makes subprocess start a program as an ordinary user; nothing where we are one already."""
    if os.geteuid() != 0:
        return {}
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    raise NoPostgres(f"none of the users {', '.join(UNPRIVILEGED)} exists, and PostgreSQL does not run as root")
