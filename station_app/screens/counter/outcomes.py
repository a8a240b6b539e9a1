"""How each outcome looks, sounds and reads: tone, sound and the texts' keys, in one table."""

from dataclasses import dataclass

from station_app.screens.counter.state import Happened, Outcome
from station_app.theme.roles import Tone
from station_app.widgets.beeper import Sound
from station_app.words import Phrase


@dataclass(frozen=True, slots=True)
class Look:
    tone: Tone
    sound: Sound | None = None


LOOKS: dict[Happened, Look] = {
    Happened.VALID: Look(Tone.GOOD),
    Happened.JOINED: Look(Tone.GOOD),
    Happened.PENDING: Look(Tone.WARN, Sound.ATTENTION),
    Happened.EXPIRED: Look(Tone.WARN, Sound.ATTENTION),
    Happened.REVOKED: Look(Tone.BAD, Sound.REFUSED),
    Happened.NOT_MEMBER: Look(Tone.WARN, Sound.ATTENTION),
    Happened.RECORDED: Look(Tone.GOOD, Sound.RECORDED),
    Happened.UNDONE: Look(Tone.INFO),
    Happened.NOT_RECORDED: Look(Tone.BAD, Sound.REFUSED),
    Happened.CODE_UNKNOWN: Look(Tone.WARN, Sound.ATTENTION),
    Happened.CODE_FORGED: Look(Tone.BAD, Sound.REFUSED),
    Happened.CODE_ISSUER_UNKNOWN: Look(Tone.WARN, Sound.ATTENTION),
    Happened.CODE_EXPIRED: Look(Tone.WARN, Sound.ATTENTION),
    Happened.CODE_REVOKED: Look(Tone.BAD, Sound.REFUSED),
    Happened.CODE_NOT_YET_VALID: Look(Tone.WARN, Sound.ATTENTION),
    Happened.CODE_ISSUER_REVOKED: Look(Tone.BAD, Sound.REFUSED),
    Happened.CODE_DAMAGED: Look(Tone.WARN, Sound.ATTENTION),
    Happened.CODE_FOREIGN: Look(Tone.WARN, Sound.ATTENTION),
    Happened.SEVERAL_CODES: Look(Tone.INFO, Sound.ATTENTION),
    Happened.SEVERAL_PEOPLE: Look(Tone.INFO),
    Happened.NOBODY_FOUND: Look(Tone.INFO),
}
"""RECORDED is the only one that sounds like success: that sound means the record is on disk."""


def title(outcome: Outcome) -> Phrase:
    return Phrase(f"counter.outcome.{outcome.happened.value}.title", outcome.params)


def advice(outcome: Outcome) -> Phrase:
    return Phrase(f"counter.outcome.{outcome.happened.value}.advice", outcome.params)
