"""How far a member's card has come, for whichever page shows that member."""

from dataclasses import dataclass

from station_app.words import Phrase
from station_core.ids import PersonId


@dataclass(frozen=True, slots=True)
class CardState:
    """`problem`: why no card of this person can be printed at all. A printer's trouble is told above the page, and can
    be tried again."""

    person: PersonId
    printing: bool = False
    problem: Phrase | None = None
