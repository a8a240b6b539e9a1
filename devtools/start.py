"""Starts programs of .venv in the project's folder."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools import ROOT


def program(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> int:
    """Runs `command` to its end with `extra` in its environment; answers its exit code.

    A program that a signal ended answers 128 and the signal's number, as a shell would. Ctrl-C in the terminal reaches
    the program too: it is given the time to tidy up, then KeyboardInterrupt goes on.
    """
    interrupted = False
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(extra or {})}) as process:
        while process.returncode is None:
            try:
                process.wait()
            except KeyboardInterrupt:
                interrupted = True
    if interrupted:
        raise KeyboardInterrupt
    return 128 - process.returncode if process.returncode < 0 else process.returncode


def takes_place(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> int:
    """Lets `command` take the place of dev.py, so that signals reach it alone. On Windows it runs beneath."""
    if os.name != "nt":
        os.chdir(ROOT)
        environment = {**os.environ, **(extra or {})}
        os.execve(command[0], [str(part) for part in command], environment)  # noqa: S606 -- no shell is wanted
    return program(command, extra)
