"""The characters of a burst of keystrokes, before any repair."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from station_app.scanning.alt_codes import character_of
from station_app.scanning.keystroke_repair import has_ideograph, without_caps_lock
from station_app.scanning.keystrokes import Key, Keystroke


@dataclass(slots=True)
class _AltSequence:
    """Digits of the number pad typed so far with Alt held, and the character that the last sequence made."""

    digits: str = ""
    made: str = field(default="", init=False)

    def finish(self) -> str:
        self.made = character_of(self.digits) if self.digits else ""
        self.digits = ""
        return self.made


def typed_text(burst: Iterable[Keystroke]) -> str:
    """What was typed: Alt sequences put together, Caps Lock undone where Shift gives it away."""
    return without_caps_lock(list(_characters(burst)))


def _characters(burst: Iterable[Keystroke]) -> Iterator[tuple[str, bool | None]]:
    alt = _AltSequence()
    for stroke in burst:
        if stroke.key is Key.ALT_DIGIT:
            alt.digits += stroke.text
        elif stroke.key is Key.ALT_RELEASED:
            yield from ((character, None) for character in alt.finish())
        elif stroke.key in (Key.TEXT, Key.COMMIT):
            is_echo = stroke.text == alt.made  # Windows delivers the character of a sequence as well
            alt.made = ""
            if not is_echo:
                yield from ((character, stroke.shift) for character in stroke.text)


def is_spoilt(burst: Iterable[Keystroke]) -> bool:
    """Whether Latin letters were being composed and ideographs came of them: the digits between chose
    candidates and are lost.
    """
    composing = ""
    for stroke in burst:
        if stroke.key is Key.PREEDIT:
            composing = stroke.text or composing
        elif stroke.key is Key.COMMIT:
            if has_ideograph(stroke.text) and any(letter.isascii() and letter.isalpha() for letter in composing):
                return True
            composing = ""
    return False
