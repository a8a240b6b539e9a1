"""Names as on the ID card: put into one form, checked, and masked for screens that others see.

A person's characters are theirs: nothing is transliterated, simplified or replaced by a look-alike. What is
put right is what keyboards and input methods vary in: widths, blanks, kinds of the middle dot, order of
combining marks.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from station_core.people.han import HAN_CLASS, is_compatibility, is_han
from station_core.people.surnames import surname_length
from station_core.people.typed import INVISIBLE, half_width

DOT = "·"
MAX_CHARACTERS = 50
"""The longest names on ID cards have about 30 characters."""

_DOTS = re.compile(r" *[·•・‧･∙⋅⸱﹒ꞏ᛫●] *")
_BLANKS = re.compile(r"\s+")
_BLANK_BETWEEN_HAN = re.compile(rf"(?<={HAN_CLASS}) (?={HAN_CLASS})")
_STOP_BETWEEN_HAN = re.compile(rf"(?<={HAN_CLASS}) ?\. ?(?={HAN_CLASS})")
_LATIN_PUNCTUATION_AT_HAN = re.compile(rf"{HAN_CLASS}[-'.,]|[-'.,]{HAN_CLASS}")
_TYPOGRAPHIC = str.maketrans({"’": "'", "‘": "'", "`": "'", "‐": "-", "‑": "-"})
_MASKED = "***"
_JOINERS = frozenset("\u200c\u200d\u180e")
_PUNCTUATION = frozenset(" ·'-,.")


class NameProblem(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    CHARACTER = "character"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class InvalidName:
    """Why a text is no name. `character` is the first that no name has, for problem CHARACTER."""

    problem: NameProblem
    character: str = ""


def parse(text: str) -> str | InvalidName:
    """The name that `text` holds, normalised, or why it holds none."""
    name = normalise(text)
    if not name:
        return InvalidName(NameProblem.EMPTY)
    if len(name) > MAX_CHARACTERS:
        return InvalidName(NameProblem.TOO_LONG)
    for character in name:
        if not _belongs_into_a_name(character):
            return InvalidName(NameProblem.CHARACTER, character)
    return name if _has_the_shape_of_a_name(name) else InvalidName(NameProblem.SHAPE)


def normalise(text: str) -> str:
    """`text` in the one form in which names are kept and compared. Normalising twice changes nothing more.

    NFC, save for compatibility ideographs, which stay as they are on the card; half-width Latin; every kind
    of middle dot as ·, and a full stop between ideographs too; one blank between words and none between
    ideographs, around a dot or at the ends.
    """
    visible = "".join(one for one in half_width(text) if one not in INVISIBLE).translate(_TYPOGRAPHIC)
    name = _BLANKS.sub(" ", _composed(visible)).strip()
    name = _STOP_BETWEEN_HAN.sub(DOT, _DOTS.sub(DOT, name))
    return _BLANK_BETWEEN_HAN.sub("", name)


def search_form(name: str) -> str:
    """What two ways of typing `name` have in common: for finding it by its characters, not for showing.

    Without dots, blanks and punctuation, compatibility ideographs unified, letters in lower case.
    """
    return "".join(one for one in unicodedata.normalize("NFKC", name).casefold() if one not in _PUNCTUATION)


def mask(name: str) -> str:
    """`name` so that its bearer recognises it and others do not: 张*, 李*明, 欧阳*明, 买买提·***, Nguyễn
    ***.

    Of several parts the first is shown; of an undivided Han name the surname and, where there are three or
    more characters, the last; of a single word its first letter. Something is always hidden.
    """
    first, *further = re.split(r"([ ·])", name.strip(" ·"), maxsplit=1)
    if further:
        return first.rstrip(",") + further[0] + _MASKED
    return _masked_word(_graphemes(first))


def _composed(text: str) -> str:
    pieces = re.split(r"([\uf900-\ufaff\U0002f800-\U0002fa1f])", text)
    return "".join(
        piece if piece and is_compatibility(piece[0]) else unicodedata.normalize("NFC", piece) for piece in pieces
    )


def _belongs_into_a_name(character: str) -> bool:
    if is_han(character) or character in _PUNCTUATION or character in _JOINERS:
        return True
    return unicodedata.category(character)[0] in "LM"


def _has_the_shape_of_a_name(name: str) -> bool:
    """From letter to letter (or the point of Jr.), no two dots in a row, no Latin punctuation in Chinese."""
    first, last = name[0], name[-1]
    if not is_han(first) and unicodedata.category(first)[0] != "L":
        return False
    ends_well = last == "." or last not in _PUNCTUATION
    return ends_well and DOT * 2 not in name and not _LATIN_PUNCTUATION_AT_HAN.search(name)


def _masked_word(letters: list[str]) -> str:
    if not letters or not is_han(letters[0][0]):
        return "".join(letters[:1]) + _MASKED if len(letters) > 1 else _MASKED
    shown = surname_length("".join(letters)) if len(letters) > 1 else 0
    given = letters[shown:]
    last = given.pop() if len(given) > 1 else ""
    return "".join(letters[:shown]) + "*" * len(given) + last


def _graphemes(text: str) -> list[str]:
    """Letters with the marks and joiners that follow them."""
    letters: list[str] = []
    for one in text:
        if letters and (unicodedata.category(one)[0] == "M" or one in _JOINERS):
            letters[-1] += one
        else:
            letters.append(one)
    return letters
