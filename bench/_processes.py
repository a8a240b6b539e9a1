"""Programs beneath a bench: each says where it listens in its first line, and is ended with the bench."""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
STOP_LIMIT_S = 30


@contextmanager
def listening(command: Sequence[str | Path], log: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The running `command` and the port that it printed; what it complains of goes into `log`."""
    with (
        log.open("ab") as complaints,
        subprocess.Popen(
            command, cwd=PROJECT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=complaints
        ) as process,
    ):
        try:
            yield process, _port_in(_answer(process), log)
        finally:
            _end(process)


def python(module: str, *arguments: str | Path) -> list[str | Path]:
    return [sys.executable, "-m", module, *arguments]


def ask(process: subprocess.Popen[str]) -> str:
    """What `process` answers to an empty line."""
    if process.stdin is None:
        raise ValueError("nothing can be said to the process")
    process.stdin.write("\n")
    process.stdin.flush()
    return _answer(process)


def _answer(process: subprocess.Popen[str]) -> str:
    if process.stdout is None:
        raise ValueError("the process cannot be heard")
    return process.stdout.readline()


def _port_in(line: str, log: Path) -> int:
    found = re.search(r"(\d+)\s*$", line)
    if found is None:
        raise RuntimeError(f"a program did not start: {log.read_text(errors='replace')[-2_000:]}")
    return int(found[1])


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
