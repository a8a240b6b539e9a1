"""What a store answers to a batch that it was given."""

from enum import StrEnum
from typing import NamedTuple

from station_core.journal.entry import Head


class Outcome(StrEnum):
    """What became of the batch."""

    HELD = "held"
    ALREADY_HAD = "already_had"
    GAP = "gap"
    FORK = "fork"
    BROKEN = "broken"
    UNKNOWN_WRITER = "unknown_writer"

    @property
    def is_good(self) -> bool:
        """Whether all of the batch is held now; else nothing of it was taken."""
        return self in (Outcome.HELD, Outcome.ALREADY_HAD)


class Received(NamedTuple):
    """`head` is where the writer's journal ends here now; `aside` are the numbers of entries held but not folded."""

    outcome: Outcome
    head: Head
    new_entries: int = 0
    aside: tuple[tuple[int, str], ...] = ()
