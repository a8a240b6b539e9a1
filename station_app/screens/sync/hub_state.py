"""What the panel of the hub shows, already decided: whether this station is the hub, or which it uses."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station_app.words import Phrase


class HubMode(StrEnum):
    SEARCHING = "searching"
    LINKED = "linked"
    SERVING = "serving"


@dataclass(frozen=True, slots=True)
class Guest:
    label: str
    heard: datetime


@dataclass(frozen=True, slots=True)
class HubState:
    """`label` and `address` are of the hub in use, or `address` is this station's own while it serves.

    `chosen` is the address that somebody chose; `busy` while becoming or ceasing to be the hub is under way.
    """

    mode: HubMode = HubMode.SEARCHING
    label: str = ""
    address: str = ""
    chosen: str = ""
    guests: tuple[Guest, ...] = ()
    trouble: Phrase | None = None
    busy: bool = False
    takes_over: bool = True
    """Whether this station takes the place of a hub that has gone."""
    has_taken_over: bool = False
    """It serves because it did."""
