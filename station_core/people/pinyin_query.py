"""What staff type when they search by sound, as the beginnings of the tokens that pinyin.py gives."""

import re
from itertools import islice, product

from station_core.people.latin import words
from station_core.people.syllables import toneless

MAX_SPELLINGS = 8

_AFTER_L_OR_N = re.compile(r"(?<=[ln])(yu|u)")


def query_spellings(typed: str) -> tuple[str, ...]:
    """What `joined` or `initials` may begin with when `typed` was typed; empty where it has no letters.

    Tones, blanks and apostrophes do not matter. ü is found however it is typed: ``lü``, ``lv``, ``lyu`` (as
    passports have it) and ``lu`` all find 吕. ``lu`` finds 卢 too, so that several spellings come back, the
    one closest to what was typed first.
    """
    plain = "".join(words(toneless(typed.casefold())))
    if not plain:
        return ()
    pieces = _AFTER_L_OR_N.split(plain)
    choices = [(piece, "v") if at % 2 else (piece,) for at, piece in enumerate(pieces)]
    spellings = ["".join(one) for one in islice(product(*choices), MAX_SPELLINGS - 1)]
    without_umlaut = "".join(words(typed))
    return tuple(dict.fromkeys((*spellings, without_umlaut)))
