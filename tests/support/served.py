"""The city's own command serving in processes of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@contextmanager
def served(home: Path, *arguments: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """`city serve` for the city in `home` with further `arguments`: the process, and the address it serves at.

    What it logs goes to ``served.log`` in the folder. It is killed on leaving, unless it has ended by then.
    """
    command = [sys.executable, "-m", "city_server.cli", "serve", "--home", str(home), "--port", "0", *arguments]
    with (home / "served.log").open("a", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, cwd=PROJECT, env={**os.environ, "LC_ALL": "C.UTF-8"}, stdout=subprocess.PIPE, stderr=log, text=True
        )
    if server.stdout is None:
        raise ValueError("the server's output was to be read")
    try:
        yield server, server.stdout.readline().split()[-1]
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
