"""Is what the locks hold enough to install from, and do they name no place to install from?"""

import re
import sys

from devtools import ROOT
from devtools.checks.findings import Findings, tell

LOCKS = ("requirements.lock", "requirements-dev.lock")
PLACE = re.compile(r"://|^\s*(?:-i|-f|--(?:extra-)?index-url|--find-links|--trusted-host|--no-index)\b| @ ")
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==[^\s;]+")


def problems_in_lock(text: str) -> list[str]:
    """Lines that name an index or a host, packages without a version or a hash. Empty where all is well."""
    problems = [
        f"line {number}: names a place to install from"
        for number, line in enumerate(text.splitlines(), 1)
        if PLACE.search(line)
    ]
    for requirement in _requirements(text):
        pinned = PINNED.match(requirement)
        if pinned is None:
            problems.append(f"{requirement.split()[0]}: is not pinned to one version")
        elif "--hash=sha256:" not in requirement:
            problems.append(f"{pinned['name']}: has no hash")
    return problems


def pins(text: str) -> dict[str, set[str]]:
    """The versions of every package in a lock; more than one where they depend on the system."""
    found: dict[str, set[str]] = {}
    for requirement in _requirements(text):
        if PINNED.match(requirement):
            name, version = requirement.split()[0].split("==")
            found.setdefault(name, set()).add(version)
    return found


def differences(run_lock: str, dev_lock: str) -> list[str]:
    """Packages of the product that are tested in another version than they are shipped in."""
    shipped, tested = pins(run_lock), pins(dev_lock)
    return [
        f"{name}: shipped as {sorted(versions)}, tested as {sorted(tested.get(name, set()))}"
        for name, versions in shipped.items()
        if tested.get(name) != versions
    ]


def check() -> Findings:
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in LOCKS]
    problems = [
        f"{name}: {problem}" for name, text in zip(LOCKS, texts, strict=True) for problem in problems_in_lock(text)
    ]
    return Findings(tuple(problems + differences(*texts)))


def _requirements(text: str) -> list[str]:
    """The requirements of a lock, each joined to one line, without comments and lines that name a place."""
    kept = [line for line in text.splitlines() if not line.lstrip().startswith("#") and not PLACE.search(line)]
    joined = "\n".join(kept).replace("\\\n", " ")
    return [line.strip() for line in joined.splitlines() if line.strip()]


if __name__ == "__main__":
    sys.exit(tell(check()))
