"""What an exchange did, for the one who asked for it and for the store's notes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from station_core.ids import WriterId
from station_core.journal.receipt import Outcome
from sync.errors import SyncError


class Phase(StrEnum):
    CONNECTING = "connecting"
    SENDING = "sending"
    RECEIVING = "receiving"
    WRITING = "writing"
    CHECKING = "checking"
    TAKING = "taking"


class Progress(NamedTuple):
    """`done` entries of `total`; of what is still to be received nobody knows the total."""

    phase: Phase
    done: int = 0
    total: int | None = None


Tell = Callable[[Progress], None]


class Aside(NamedTuple):
    """An entry that is held but does not count where it arrived; `reason` as in `sync.aside.<reason>`."""

    writer: WriterId
    seq: int
    reason: str


class NotTaken(NamedTuple):
    """A batch that the receiving side refused; what it is part of waits, and held up nothing else."""

    writer: WriterId
    outcome: Outcome


class Fork(NamedTuple):
    """Both sides hold entry `seq` of the journal, or could, and theirs is another than ours."""

    writer: WriterId
    seq: int


@dataclass
class Half:
    """One direction of an exchange while it goes on. What is counted stays true when `error` ends it early."""

    entries: int = 0
    aside: list[Aside] = field(default_factory=list)
    not_taken: list[NotTaken] = field(default_factory=list)
    forks: set[Fork] = field(default_factory=set)
    error: SyncError | None = None

    def then(self, later: "Half") -> "Half":
        """Both one after the other, for one to tell of."""
        return Half(
            self.entries + later.entries,
            self.aside + later.aside,
            self.not_taken + later.not_taken,
            self.forks | later.forks,
            later.error,
        )


@dataclass(frozen=True, slots=True)
class Report:
    """`pushed` and `pulled` stand side by side because neither depends on the other.

    `peer_heads`: the last entry of each journal that the other side has acknowledged to hold.
    `clock_offset_ms`: how far the other side's clock is ahead of ours; None where no answer came.
    """

    pushed: Half
    pulled: Half
    peer_heads: Mapping[WriterId, int]
    clock_offset_ms: int | None

    def then(self, later: "Report") -> "Report":
        """This exchange and the one after it."""
        return Report(
            self.pushed.then(later.pushed),
            self.pulled.then(later.pulled),
            {**self.peer_heads, **later.peer_heads},
            self.clock_offset_ms if later.clock_offset_ms is None else later.clock_offset_ms,
        )

    @property
    def pushed_entries(self) -> int:
        return self.pushed.entries

    @property
    def pulled_entries(self) -> int:
        return self.pulled.entries

    @property
    def forks(self) -> frozenset[Fork]:
        return frozenset(self.pushed.forks | self.pulled.forks)

    @property
    def error(self) -> SyncError | None:
        """What to tell a person: the push's trouble first, since it holds back what only this device has."""
        return self.pushed.error or self.pulled.error
