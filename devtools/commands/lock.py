"""dev.py lock: requirements*.in become requirements*.lock, for every system and with hashes."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from devtools import ROOT
from devtools.checks import locks
from devtools.checks.findings import tell
from devtools.command import Command, Group
from devtools.problem import Problem

SOURCES = {"requirements.in": "requirements.lock", "requirements-dev.in": "requirements-dev.lock"}
"""The second is held to the first's versions, so that what is tested is what is shipped."""
OLDEST_PYTHON = "3.11"
MANNER = ("--universal", "--python-version", OLDEST_PYTHON, "--generate-hashes", "--no-header", "--quiet")


def run(arguments: list[str]) -> int:
    if set(arguments) - {"--upgrade"}:
        print(f"usage: python3 dev.py {COMMAND.usage}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="lock-") as folder:
        uv = _install_uv(Path(folder))
        for source, lock in SOURCES.items():
            print(f"{source} → {lock}", flush=True)
            _compile(uv, source, lock, arguments)
    return tell(locks.check())


def _install_uv(folder: Path) -> Path:
    """uv in an environment of its own: it is no part of what it locks."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    tools = folder / ("Scripts" if os.name == "nt" else "bin")
    installed = subprocess.run([tools / "python", "-m", "pip", "install", "--quiet", "uv"], check=False)
    if installed.returncode:
        raise Problem("pip could not install uv; what it said stands above. Is the network there?")
    return tools / "uv"


def _compile(uv: Path, source: str, lock: str, options: list[str]) -> None:
    """Versions that the lock has already stay, unless --upgrade is asked or they no longer fit."""
    command: list[str | Path] = [uv, "pip", "compile", *MANNER, *options, source, "--output-file", lock]
    # A machine's own settings of uv could write an index into the lock.
    quiet = {**os.environ, "UV_NO_CONFIG": "1"}
    if subprocess.run(command, cwd=ROOT, env=quiet, check=False).returncode:
        raise Problem(f"{source} could not be resolved; what uv said stands above. {lock} is as it was.")


COMMAND = Command(
    name="lock",
    group=Group.KEEP,
    usage="lock [--upgrade]",
    summary="Pin what requirements*.in ask for into the locks; with --upgrade to the newest versions.",
    run=run,
)
