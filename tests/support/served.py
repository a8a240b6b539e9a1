"""`city serve` as a program of its own."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
GRACE_S = 30


@contextmanager
def served(home: Path, environment: Mapping[str, str], *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the address at which it serves the city in `home`; it logs into `log_of(home)`."""
    command = [sys.executable, "-m", "city_server.cli", "serve", "--home", str(home), "--port", "0", *arguments]
    english = {**environment, "LC_ALL": "C.UTF-8"}
    with log_of(home).open("ab") as log:
        server = subprocess.Popen(command, cwd=PROJECT, env=english, stdout=subprocess.PIPE, stderr=log, text=True)
    if server.stdout is None:
        raise RuntimeError("the program has no output to read its address from")
    try:
        yield server, server.stdout.readline().split()[-1]
    finally:
        server.terminate()
        server.wait(GRACE_S)
        server.stdout.close()


def log_of(home: Path) -> Path:
    return home / "city.log"
