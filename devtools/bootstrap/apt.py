"""Asks dpkg what is there and lets apt install the rest."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from devtools.bootstrap.needs import Need, candidate_names, choose, installed_names, missing
from devtools.problem import Problem

INSTALL_SCRIPT = Path(__file__).with_name("apt_install.sh")
SERVER_FOLDERS = "/usr/lib/postgresql/*/bin:/usr/local/sbin:/usr/sbin:/sbin"
"""Where programs lie that an ordinary user's PATH leaves out."""
GO_ON_WITHOUT = "Set DEV_NO_APT=1 to go on without them."


def missing_needs(needs: tuple[Need, ...]) -> tuple[Need, ...]:
    """Those of `needs` that this machine does not meet. Without dpkg no library is known: all count as missing."""
    installed = _installed(needs) if shutil.which("dpkg-query") else frozenset[str]()
    return missing(needs, installed, has_command)


def has_command(name: str) -> bool:
    """Whether the program `name` is on the machine, on PATH or where servers' programs lie."""
    if shutil.which(name):
        return True
    return any(any(Path("/").glob(f"{folder.lstrip('/')}/{name}")) for folder in SERVER_FOLDERS.split(":"))


def ensure(needs: tuple[Need, ...]) -> None:
    """Installs what is missing of `needs`. Nothing is asked of the network or of root where nothing is missing.

    Raises Problem where apt has to help and cannot. On a system without apt it says what is needed and goes on.
    """
    if sys.platform != "linux" or os.environ.get("DEV_NO_APT"):
        return
    lacking = missing_needs(needs)
    if not lacking:
        return
    if shutil.which("apt-get") is None:
        print(
            f"This system has no apt. Please see to it that it has what Debian calls {_in_words(lacking)}."
            " (DEV_NO_APT=1 silences this.)",
            file=sys.stderr,
        )
        return
    _install(lacking)


def _install(lacking: tuple[Need, ...]) -> None:
    as_root = _prefix_for_root(lacking)
    choice = choose(lacking, _candidates(lacking))
    if choice.unmet:
        _update(as_root)
        choice = choose(lacking, _candidates(lacking))
    if choice.unmet:
        raise Problem(
            f"apt has no package for {_in_words(choice.unmet)}. Is the network there, and are this system's"
            f" package sources complete? {GO_ON_WITHOUT}"
        )
    print(f"Installing system packages: {' '.join(choice.packages)}", flush=True)
    command = [*as_root, "sh", str(INSTALL_SCRIPT), *choice.packages]
    if subprocess.run(command, check=False).returncode == 0:
        return
    _update(as_root)  # The list may have named versions that are gone by now.
    if subprocess.run(command, check=False).returncode:
        raise Problem(
            f"apt-get could not install {' '.join(choice.packages)}; what it said stands above. {GO_ON_WITHOUT}"
        )


def _installed(needs: tuple[Need, ...]) -> frozenset[str]:
    # dpkg-query answers 1 when it knows nothing of one of the names; what it does know is printed all the same.
    names = [name for need in needs for name in need.names]
    command = ["dpkg-query", "-W", "-f", "${db:Status-Status} ${Package}\\n", *names]
    return installed_names(subprocess.run(command, check=False, capture_output=True, text=True).stdout)


def _candidates(needs: tuple[Need, ...]) -> frozenset[str]:
    command = ["apt-cache", "policy", *(name for need in needs for name in need.names)]
    plain = {**os.environ, "LC_ALL": "C"}
    return candidate_names(subprocess.run(command, check=False, capture_output=True, text=True, env=plain).stdout)


def _update(as_root: list[str]) -> None:
    print("Reading the lists of system packages (apt-get update)", flush=True)
    if subprocess.run([*as_root, "apt-get", "-o", "DPkg::Lock::Timeout=300", "update", "-qq"], check=False).returncode:
        raise Problem(f"apt-get update failed; what it said stands above. {GO_ON_WITHOUT}")


def _prefix_for_root(lacking: tuple[Need, ...]) -> list[str]:
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        return ["sudo"]
    raise Problem(
        f"these system packages are missing: {_in_words(lacking)}. Installing them takes root or sudo, and here is"
        f" neither. Ask somebody who may, then start again. {GO_ON_WITHOUT}"
    )


def _in_words(needs: tuple[Need, ...]) -> str:
    return ", ".join(" or ".join(need.names) for need in needs)
