"""The folder .venv: made from the locks, made anew where it is broken, left alone where it is right."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from devtools import ROOT
from devtools.problem import Problem

FOLDER = ROOT / ".venv"
STAMP = FOLDER / "made-by-dev.json"


class Profile(StrEnum):
    """What the environment is for. DEV holds all of RUN, in the same versions."""

    RUN = "run"
    DEV = "dev"

    @property
    def lock(self) -> Path:
        return ROOT / ("requirements.lock" if self is Profile.RUN else "requirements-dev.lock")


class Plan(StrEnum):
    """What has to be done before the environment serves."""

    KEEP = "keep"
    UPDATE = "update"
    MAKE = "make"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Written last, when all is installed: what an environment was made of, and where.

    `folder` tells a copied environment from one made here: its scripts and the editable install name their first place.
    """

    folder: str
    python: str
    profile: str
    digest: str


def decide(found: Stamp | None, here: str, python: str | None, wanted: Profile, digests: dict[Profile, str]) -> Plan:
    """What to do about an environment stamped `found` in the folder `here`, whose interpreter says it is `python`.

    `python` is None where the interpreter does not start; `digests` are those of the locks as they are now.
    """
    if found is None or python is None or found.folder != here or found.python != python:
        return Plan.MAKE
    serves = found.profile == wanted or found.profile == Profile.DEV
    if serves and found.digest == digests[Profile(found.profile)]:
        return Plan.KEEP
    return Plan.UPDATE


def ensure(wanted: Profile) -> Path:
    """Sees to it that .venv holds what `wanted` names; answers its interpreter. Raises Problem where pip fails."""
    found = read_stamp()
    digests = {profile: _digest(profile) for profile in Profile}
    plan = decide(found, str(FOLDER), _version_inside(), wanted, digests)
    if plan is Plan.KEEP:
        return interpreter()
    # A developer's environment stays one, also when it is `run` that finds it out of date.
    profile = Profile.DEV if plan is Plan.UPDATE and found and found.profile == Profile.DEV else wanted
    if plan is Plan.MAKE:
        _make()
    STAMP.unlink(missing_ok=True)  # Half done from here on: an interrupted installation is made anew.
    _install(profile)
    version = _version_inside()
    if version is None:
        raise Problem(f"{interpreter()} does not start although it was just made.")
    stamp = Stamp(str(FOLDER), version, profile, digests[profile])
    STAMP.write_text(json.dumps(asdict(stamp)), encoding="utf-8")
    return interpreter()


def read_stamp() -> Stamp | None:
    """The stamp of .venv; None where it has none that can be read."""
    try:
        return Stamp(**json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def script(name: str) -> Path:
    """A program that a package put into .venv."""
    return FOLDER / ("Scripts" if os.name == "nt" else "bin") / (f"{name}.exe" if os.name == "nt" else name)


def interpreter() -> Path:
    return script("python")


def _digest(profile: Profile) -> str:
    """Changes with whatever the installed packages and entry points are made from."""
    digest = hashlib.sha256()
    for file in (profile.lock, ROOT / "pyproject.toml"):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _version_inside() -> str | None:
    """Version and prefix, told by .venv's interpreter: a system upgrade can put another Python behind its name."""
    ask = "import sys; print(sys.version_info[:2], sys.prefix)"
    try:
        answer = subprocess.run([interpreter(), "-I", "-S", "-c", ask], check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return answer.stdout.strip()


def _make() -> None:
    if FOLDER.is_symlink() or FOLDER.is_file():
        FOLDER.unlink()
    elif FOLDER.exists():
        shutil.rmtree(FOLDER)
    print(f"Making {FOLDER.name} with Python {sys.version_info.major}.{sys.version_info.minor}", flush=True)
    # Started from inside the .venv that was just removed, only the interpreter beneath it is left.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if subprocess.run([base, "-m", "venv", FOLDER], check=False).returncode:
        raise Problem(f"Python could not make {FOLDER}; what it said stands above.")


def _install(profile: Profile) -> None:
    print(f"Installing Python packages from {profile.lock.name} (the first time takes some minutes)", flush=True)
    _pip("--require-hashes", "-r", str(profile.lock))
    _pip("--no-deps", "--no-build-isolation", "-e", str(ROOT))


def _pip(*arguments: str) -> None:
    manner = [] if sys.stdout.isatty() else ["--quiet"]
    command: list[str | Path] = [
        interpreter(),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        *manner,
        *arguments,
    ]
    if subprocess.run(command, check=False).returncode:
        raise Problem("pip could not install the Python packages; what it said stands above. Is the network there?")
