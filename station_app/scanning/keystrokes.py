"""One keystroke, as a keyboard or an input method gave it, without Qt."""

from dataclasses import dataclass
from enum import StrEnum


class Key(StrEnum):
    """What the key means to the scanner's reader; most keys only have text."""

    TEXT = "text"
    ENTER = "enter"
    TAB = "tab"
    SHIFT = "shift"
    """Shift, Caps Lock and the like: they make no text and end nothing."""
    ALT_DIGIT = "alt_digit"
    """A digit of the number pad while Alt is held; `text` is the digit."""
    ALT_RELEASED = "alt_released"
    """Alt was let go: the digits before it are one character."""
    PREEDIT = "preedit"
    """An input method shows what it is composing; `text` is all of it so far."""
    COMMIT = "commit"
    """An input method committed `text`."""


@dataclass(frozen=True, slots=True)
class Keystroke:
    """`at_ms` is when it arrived, on any clock that only grows. `shift` is None where nobody knows (input
    methods).
    """

    key: Key
    text: str
    at_ms: int
    shift: bool | None = None
