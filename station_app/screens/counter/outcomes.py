"""How each outcome looks, sounds and reads: its kind, and the texts' keys, in one table."""

from dataclasses import dataclass
from enum import StrEnum

from station_app.screens.counter.state import Happened, Outcome
from station_app.theme.roles import Tone
from station_app.widgets.beeper import Sound
from station_app.words import Phrase


class Kind(StrEnum):
    """What staff must tell apart at a glance, or by ear with their eyes on the person."""

    RECORDED = "recorded"
    WELCOME = "welcome"
    """Good, but nothing is recorded yet."""
    CAUTION = "caution"
    """Something is to be done first, or looked at."""
    REFUSED = "refused"
    FOREIGN = "foreign"
    """A code of somebody else's: nothing is wrong with it, nor with the person."""
    CHOICE = "choice"
    """The camera saw more than one: it is for staff to say which."""
    ANSWER = "answer"
    """What staff themselves have just asked for: they look already, so nothing sounds."""


@dataclass(frozen=True, slots=True)
class Look:
    """The tone's colour tells least: symbol and sound are there for those who do not see it."""

    tone: Tone
    symbol: str
    sound: Sound | None = None


LOOKS: dict[Kind, Look] = {
    Kind.RECORDED: Look(Tone.GOOD, "check_circle", Sound.RECORDED),
    Kind.WELCOME: Look(Tone.GOOD, "check_circle", Sound.READ),
    Kind.CAUTION: Look(Tone.WARN, "warn_triangle", Sound.ATTENTION),
    Kind.REFUSED: Look(Tone.BAD, "cross_octagon", Sound.REFUSED),
    Kind.FOREIGN: Look(Tone.INFO, "question", Sound.FOREIGN),
    Kind.CHOICE: Look(Tone.INFO, "info_square", Sound.ATTENTION),
    Kind.ANSWER: Look(Tone.INFO, "info_square"),
}

KINDS: dict[Happened, Kind] = {
    Happened.VALID: Kind.WELCOME,
    Happened.JOINED: Kind.WELCOME,
    Happened.PENDING: Kind.CAUTION,
    Happened.EXPIRED: Kind.CAUTION,
    Happened.REVOKED: Kind.REFUSED,
    Happened.NOT_MEMBER: Kind.CAUTION,
    Happened.RECORDED: Kind.RECORDED,
    Happened.UNDONE: Kind.ANSWER,
    Happened.NOT_RECORDED: Kind.REFUSED,
    Happened.CODE_UNKNOWN: Kind.CAUTION,
    Happened.CODE_FORGED: Kind.REFUSED,
    Happened.CODE_ISSUER_UNKNOWN: Kind.CAUTION,
    Happened.CODE_EXPIRED: Kind.CAUTION,
    Happened.CODE_REVOKED: Kind.REFUSED,
    Happened.CODE_NOT_YET_VALID: Kind.CAUTION,
    Happened.CODE_ISSUER_REVOKED: Kind.REFUSED,
    Happened.CODE_DAMAGED: Kind.CAUTION,
    Happened.CODE_FOREIGN: Kind.FOREIGN,
    Happened.SEVERAL_CODES: Kind.CHOICE,
    Happened.SEVERAL_PEOPLE: Kind.ANSWER,
    Happened.NOBODY_FOUND: Kind.ANSWER,
}
"""RECORDED is the only one that sounds like success: that sound means the record is on disk."""


def look_of(happened: Happened) -> Look:
    return LOOKS[KINDS[happened]]


def title(outcome: Outcome) -> Phrase:
    return Phrase(f"counter.outcome.{outcome.happened.value}.title", outcome.params)


def advice(outcome: Outcome) -> Phrase:
    return Phrase(f"counter.outcome.{outcome.happened.value}.advice", outcome.params)
