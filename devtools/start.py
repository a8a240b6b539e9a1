"""Starts programs of .venv in the project's folder."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools import ROOT


def program(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> int:
    """Runs `command` to its end with `extra` in its environment; answers its exit code.

    A program that a signal ended answers 128 and the signal's number, as a shell would. Ctrl-C in the terminal reaches
    the program too: it is given the time to tidy up, then KeyboardInterrupt goes on.
    """
    interruptions: list[int] = []
    # In place before the program starts, and a function: a signal that is ignored would be ignored beneath as well.
    previous = signal.signal(signal.SIGINT, lambda number, _: interruptions.append(number))
    try:
        code = subprocess.run(command, cwd=ROOT, env={**os.environ, **(extra or {})}, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, previous)
    if interruptions:
        raise KeyboardInterrupt
    return 128 - code if code < 0 else code


def takes_place(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> int:
    """Lets `command` take the place of dev.py, so that signals reach it alone. On Windows it runs beneath."""
    if os.name != "nt":
        os.chdir(ROOT)
        environment = {**os.environ, **(extra or {})}
        os.execve(command[0], [str(part) for part in command], environment)  # noqa: S606 -- no shell is wanted
    return program(command, extra)
