"""Starts programs of .venv in the project's folder."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from devtools import ROOT


def program(command: Sequence[str | Path], extra: Mapping[str, str] | None = None) -> int:
    """Runs `command` to its end with `extra` in its environment; answers its exit code.

    A program that a signal ended answers 128 and the signal's number, as a shell would.
    """
    code = subprocess.run(command, cwd=ROOT, env={**os.environ, **(extra or {})}, check=False).returncode
    return 128 - code if code < 0 else code


def takes_place(command: Sequence[str | Path]) -> int:
    """Lets `command` take the place of dev.py, so that signals reach it alone. On Windows it runs beneath."""
    if os.name != "nt":
        os.chdir(ROOT)
        os.execv(command[0], [str(part) for part in command])  # noqa: S606 -- no shell is wanted
    return program(command)
