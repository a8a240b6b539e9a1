"""What a name is found by when its sound is typed: syllables, whole spelling and initials.

Readings are looked up character by character. Segmenting phrases would take longer by far, and names are no
phrases.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, groupby, product
from typing import NamedTuple

from station_core.people.han import is_han
from station_core.people.latin import words
from station_core.people.surnames import Reading, has_one_reading, special_readings, surname_length
from station_core.people.syllables import READINGS

MAX_SPELLINGS = 12
FURTHER_READINGS = 2
"""By how many readings a character after the first is found: further ones are mostly archaic."""


class PinyinTokens(NamedTuple):
    """Lower-case, without tones and accents, ü as v; the likeliest spelling first.

    单雪梅: syllables (shan, dan, chan, xue, mei), joined (shanxuemei, danxuemei, chanxuemei), initials (sxm,
    dxm, cxm).
    """

    syllables: tuple[str, ...]
    joined: tuple[str, ...]
    initials: tuple[str, ...]


class _Part(NamedTuple):
    """A part of a name: its spellings, the initials of each, and every syllable among them.

    The first `sure` spellings are as likely as each other.
    """

    joined: tuple[str, ...]
    initials: tuple[str, ...]
    syllables: tuple[str, ...]
    sure: int


def search_tokens(name: str) -> PinyinTokens:
    """What the normalised `name` is found by.

    The surname is spelled by its own readings first, then by its characters' others (单: shan, dan, chan);
    each further character by its two most usual ones. At most one place of a spelling is not the likeliest
    there, so that long names do not multiply. Words in other scripts stand for themselves, without accents.
    A character that no dictionary has a reading for is left out.
    """
    length = surname_length(name)
    first = _first_part(name[:length])
    if first is None:
        first, length = _NOTHING, 0
    joined, initials, syllables, sure = first
    given = _further_part(name[length:])
    if len(joined) == 1 == len(given.joined):
        return PinyinTokens(
            syllables + given.syllables, (joined[0] + given.joined[0],), (initials[0] + given.initials[0],)
        )
    return PinyinTokens(
        syllables + given.syllables,
        _crossed(joined, given.joined, sure),
        _crossed(initials, given.initials, sure),
    )


def _crossed(first: tuple[str, ...], further: tuple[str, ...], sure: int) -> tuple[str, ...]:
    """Each spelling of the surname first, so that the limit never hides one."""
    spelled = [before + further[0] for before in first]
    spelled += [before + after for before in first[:sure] for after in further[1:]]
    return tuple(dict.fromkeys(spelled))[:MAX_SPELLINGS]


@lru_cache(maxsize=8192)
def _first_part(surname: str) -> _Part | None:
    """The surname's part; None where `surname` is not Han."""
    if not surname or not all(is_han(one) for one in surname):
        return None
    special = special_readings(surname)
    others = product(READINGS[surname[0]], *(READINGS[one][:FURTHER_READINGS] for one in surname[1:]))
    readings = tuple(dict.fromkeys((*special, *others))) or ((),)
    if has_one_reading(surname):
        readings = readings[:1]
    return _part(readings, sure=max(1, len(special)))


@lru_cache(maxsize=16_384)
def _further_part(text: str) -> _Part:
    places = [_USUAL[one] for one in text]
    if () in places:
        places = _places(text)
    likeliest = tuple([readings[0] for readings in places])
    spellings: list[Reading] = [likeliest]
    for at, readings in enumerate(places):
        if len(readings) > 1:
            spellings += [(*likeliest[:at], other, *likeliest[at + 1 :]) for other in readings[1:]]
    return _part(spellings, sure=1)


class _UsualReadings(dict[str, tuple[str, ...]]):
    """The readings that a Han character after the first is found by; empty for all other characters."""

    def __missing__(self, character: str) -> tuple[str, ...]:
        self[character] = READINGS[character][:FURTHER_READINGS] if is_han(character) else ()
        return self[character]


_USUAL = _UsualReadings()


def _places(text: str) -> list[tuple[str, ...]]:
    """The readings at each place of `text`: of a Han character its own, of a word in another script the
    word.
    """
    places: list[tuple[str, ...]] = []
    for han, run in groupby(text, is_han):
        if han:
            places += [_USUAL[one] for one in run if _USUAL[one]]
        else:
            places += [(word,) for word in words("".join(run))]
    return places


def _part(spellings: Sequence[Reading], sure: int) -> _Part:
    joined = tuple(["".join(one) for one in spellings])
    initials = tuple(["".join([syllable[0] for syllable in one]) for one in spellings])
    syllables = spellings[0] if len(spellings) == 1 else tuple(dict.fromkeys(chain.from_iterable(spellings)))
    return _Part(joined, initials, syllables, sure)


_NOTHING = _part(((),), sure=1)
