"""Running the product's own commands, as somebody at a terminal would."""

import contextlib
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

START_LIMIT_S = 30.0
STOP_LIMIT_S = 10.0
_ROOT = Path(__file__).resolve().parents[1]


class CommandFailed(RuntimeError):
    """A command of the demonstration did not do what it should; the text is what it said."""


def city(*arguments: str | Path, typed: str = "") -> str:
    return _run("city_server.cli", arguments, typed)


def station(*arguments: str | Path, typed: str = "") -> str:
    return _run("station_app.cli", arguments, typed)


def as_json(answer: str) -> Any:
    return json.loads(answer)


def _run(module: str, arguments: tuple[str | Path, ...], typed: str) -> str:
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=_ROOT, input=typed, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailed(f"{module} {arguments[0]}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


@contextlib.contextmanager
def serving(home: Path, port: int, log: Path) -> Iterator[str]:
    """The city's server on loopback while the block lasts; gives its address."""
    command = [sys.executable, "-m", "city_server.cli", "serve", "--home", str(home), "--port", str(port)]
    with log.open("ab") as file:
        process = subprocess.Popen(command, cwd=_ROOT, stdout=file, stderr=file, start_new_session=True)
    try:
        _wait_for(port, process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        _stop(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_LIMIT_S
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise CommandFailed(f"the city's server did not start; {log} says why")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
