"""How one Han character is read: Mandarin syllables without tones, from pypinyin's table of characters."""

import os
import unicodedata
from functools import cache

from station_core.people.han import unified

_DIAERESIS = "\u0308"


class _CharacterReadings(dict[str, tuple[str, ...]]):
    """Readings by character, worked out when it is first met: names use some 5,000 of 42,000."""

    def __missing__(self, character: str) -> tuple[str, ...]:
        toned = _dictionary().get(ord(unified(character)), "")
        self[character] = tuple(dict.fromkeys(toneless(one) for one in toned.split(",") if one))
        return self[character]


READINGS = _CharacterReadings()
"""``READINGS["单"] == ("dan", "chan", "shan")``, the most usual first; empty where no reading is known."""


def toneless(syllable: str) -> str:
    """``lǜ`` → ``lv``: without the tone mark, ü as v."""
    decomposed = unicodedata.normalize("NFD", syllable).replace("u" + _DIAERESIS, "v")
    return "".join(one for one in decomposed if not unicodedata.combining(one))


@cache
def _dictionary() -> dict[int, str]:
    """pypinyin's readings by code point, such as ``dān,chán,shàn``, loaded when first needed.

    Its table of phrases, which nothing here uses, is left out by the library's own switches: with it the
    import takes four times as long and 44 MB more.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin.pinyin_dict import pinyin_dict

    readings: dict[int, str] = pinyin_dict
    return readings
