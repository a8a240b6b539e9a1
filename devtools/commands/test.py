"""dev.py test: the tests, in parallel, with what they need on the machine."""

import os

from devtools.bootstrap import prepare
from devtools.command import Command, Group
from devtools.start import program

MOST_WORKERS = 8
FAST = "--fast"
OWN_PARALLELISM = ("-n", "--numprocesses", "-p", "--pdb", "--trace", "-s")
"""Arguments that say how tests are spread, or that need the terminal: with one of them the choice is the caller's."""


def run(arguments: list[str]) -> int:
    python = prepare.for_checking() if FAST in arguments else prepare.for_testing()
    return program([python, "-m", "pytest", *pytest_arguments(arguments, workers())], surroundings(os.environ))


def pytest_arguments(arguments: list[str], worker_count: int) -> list[str]:
    """What pytest is told for what dev.py was told."""
    passed = [one for one in arguments if one != FAST]
    extra: list[str] = []
    if not any(one.startswith(OWN_PARALLELISM) for one in passed):
        extra += ["-n", str(worker_count)]
    if FAST in arguments:
        extra += ["-m", "not postgres and not photos"]
    return extra + passed


def workers() -> int:
    """One test process a core that this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_WORKERS)


def surroundings(environment: os._Environ[str] | dict[str, str]) -> dict[str, str]:
    """What tests find in their environment on every machine: no screen, and a locale that Qt does not warn of."""
    extra = {"QT_QPA_PLATFORM": environment.get("QT_QPA_PLATFORM", "offscreen")}
    locale = environment.get("LC_ALL") or environment.get("LC_CTYPE") or environment.get("LANG") or ""
    if "utf" not in locale.lower():
        extra["LC_ALL"] = "C.UTF-8"
    return extra


COMMAND = Command(
    name="test",
    group=Group.CHECK,
    usage="test [--fast] [PYTEST ARGUMENTS]",
    summary="Run the tests, PostgreSQL ones included.",
    run=run,
    details="--fast leaves out the tests that start PostgreSQL or read the shared photographs, and installs nothing for"
    " them.\nAll other arguments are pytest's: dev.py test tests/db -k journal -x.",
)
