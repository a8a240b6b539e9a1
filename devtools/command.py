"""What every command of dev.py is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Group(StrEnum):
    """The heading that a command stands under in the help."""

    USE = "Try it"
    CHECK = "Prove it"
    KEEP = "Keep it"


@dataclass(frozen=True, slots=True)
class Command:
    """One word after `dev.py`. `run` gets what follows it and answers the exit code."""

    name: str
    group: Group
    usage: str
    summary: str
    run: Callable[[list[str]], int]
    details: str = ""
    passes_help_on: bool = False
    """Whether --help belongs to the program that is started and not to the command itself."""
