"""dev.py faults: random histories of trouble, and whether anything was lost."""

import os

from devtools.bootstrap import prepare
from devtools.command import Command, Group
from devtools.start import program


def run(arguments: list[str]) -> int:
    return program([prepare.for_testing(), "-m", "support.faults", *arguments], surroundings())


def surroundings() -> dict[str, str]:
    """The suite lies beside the tests, which find their helpers in the same way."""
    return {"PYTHONPATH": os.pathsep.join(("tests", "."))}


COMMAND = Command(
    name="faults",
    group=Group.CHECK,
    usage="faults [--histories N] [--seed S] [--json]",
    summary="Play random histories of cut links, killed processes and dying disks; nothing may be lost or doubled.",
    run=run,
    details="A history follows from its seed alone: --histories 1 --seed S plays one of them again, and looks for\n"
    "the fewest steps with which it still fails. What is done to them, and how to\n"
    "read what is printed, stands in docs/faults.md.",
    passes_help_on=True,
)
