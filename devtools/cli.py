"""Finds the command that was asked for, or explains them all."""

import subprocess
import sys

from devtools.command import Command, Group
from devtools.commands import COMMANDS
from devtools.problem import Problem

HELP_WORDS = frozenset({"-h", "--help", "help"})
USAGE_ERROR = 2
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    """Runs one command; the answer is the process's exit code."""
    if not arguments or arguments[0] in HELP_WORDS:
        print(overview(), flush=True)
        return 0
    name, rest = arguments[0], arguments[1:]
    command = next((one for one in COMMANDS if one.name == name), None)
    if command is None:
        names = ", ".join(one.name for one in COMMANDS)
        print(f"dev.py knows no command {name!r}. It knows: {names}.", file=sys.stderr)
        return USAGE_ERROR
    if rest[:1] and rest[0] in {"-h", "--help"} and not command.passes_help_on:
        print(manual(command))
        return 0
    return _run(command, rest)


def overview() -> str:
    """The help: every command under its heading."""
    width = max(len(command.usage) for command in COMMANDS)
    lines = ["usage: python3 dev.py COMMAND [ARGUMENTS]", ""]
    for group in Group:
        lines.append(f"{group.value}:")
        lines += [f"  {one.usage:<{width}}  {one.summary}" for one in COMMANDS if one.group is group]
        lines.append("")
    lines.append(
        "What a command needs is installed when it is first used: system libraries through apt, Python packages"
    )
    lines.append("from the locks into .venv. `python3 dev.py COMMAND --help` tells more about one of them.")
    return "\n".join(lines)


def manual(command: Command) -> str:
    """The help of one command."""
    return f"usage: python3 dev.py {command.usage}\n\n{command.summary}\n\n{command.details}".rstrip()


def _run(command: Command, arguments: list[str]) -> int:
    try:
        return command.run(arguments)
    except Problem as problem:
        print(f"dev.py {command.name}: {problem}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"dev.py {command.name}: {error}", file=sys.stderr)
        return error.returncode or 1
    except KeyboardInterrupt:
        return INTERRUPTED
