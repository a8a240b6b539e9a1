"""dev.py env: what this machine has and what it lacks."""

import platform
import sys

from devtools.bootstrap import apt, environment, prepare
from devtools.command import Command, Group

INSTALLERS = {"run": prepare.for_running, "check": prepare.for_checking, "test": prepare.for_testing}


def run(arguments: list[str]) -> int:
    if not arguments:
        print(report())
        return 0
    if len(arguments) == 2 and arguments[0] == "--install" and arguments[1] in INSTALLERS:
        print(f"Ready: {INSTALLERS[arguments[1]]()}")
        return 0
    print(f"usage: python3 dev.py {COMMAND.usage}", file=sys.stderr)
    return 2


def report() -> str:
    """Looks only; changes nothing."""
    lacking = [" or ".join(need.names) for need in apt.missing_needs(prepare.all_needs())]
    stamp = environment.read_stamp()
    lines = [
        f"system           {platform.platform()}",
        f"python           {platform.python_version()} ({sys.executable})",
        f".venv            {f'made for {stamp.profile}' if stamp else 'not made yet, or not whole'}",
        f"system packages  {'complete' if not lacking else 'missing: ' + ', '.join(lacking)}",
    ]
    return "\n".join(lines)


COMMAND = Command(
    name="env",
    group=Group.KEEP,
    usage="env [--install run|check|test]",
    summary="Say what is installed and what is missing; with --install, make it so.",
    run=run,
)
