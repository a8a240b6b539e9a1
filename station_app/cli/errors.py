"""What goes wrong on the command line: one sentence, one exit code."""

from enum import IntEnum


class Exit(IntEnum):
    """Scripts rely on these; docs/command-line.md names them."""

    OK = 0
    NEGATIVE = 1
    """The answer is no: nobody found, no code read, a journal that does not verify, a service refused."""
    USAGE = 2
    TROUBLE = 3
    """A known trouble of the surroundings, with a remedy."""
    BUG = 70
    """Our mistake; the log has it."""


class CliError(Exception):
    """`sentence` is for the person; it ends the command with `code`."""

    def __init__(self, sentence: str, code: Exit = Exit.TROUBLE) -> None:
        super().__init__(sentence)
        self.code = code
