"""How a person is written into the search index, and how a question is put to it.

No database's own idea of a word matters: an ideograph stands by its code point (``u738b``), and other tokens are
letters and digits alone.
A whole name is ``x`` and its characters; a number stands as it is and, for its last digits, backwards after ``r``.
"""

import re
from typing import NamedTuple

from station_core.people import names
from station_core.people.han import HAN_CLASS, is_han
from station_core.people.pinyin import search_tokens
from station_core.people.pinyin_query import query_spellings

MAX_QUERY_CHARS = 64
MAX_NAME_CHARS = 100
_WORDS = re.compile(rf"{HAN_CLASS}+|(?:(?!{HAN_CLASS})[^\W_][\u0300-\u036f]*)+")


class Query(NamedTuple):
    """A person must have all of the tokens `whole`, and for each group one token that begins with one of its members.

    The index knows no order of characters: `contains` are runs of ideographs to look for in the name itself.
    """

    whole: tuple[str, ...]
    beginnings: tuple[tuple[str, ...], ...]
    contains: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.whole or self.beginnings)


def character_token(character: str) -> str:
    return f"u{ord(character):x}"


def exact_token(name: str) -> str:
    """The token that only people with exactly this name have."""
    return "x" + "".join(f"{ord(character):x}" for character in name)


def person_tokens(values: dict[str, str]) -> set[str]:
    """Every token of a person with these fields (names as in `db.fold.registers`)."""
    tokens = name_tokens(values.get("name", ""))
    for field in ("member_no", "phone", "id_number"):
        if number := values.get(field, "").lower():
            tokens.add("r" + number[::-1])
    if number := values.get("member_no", "").lower():
        tokens.add(number)
    return tokens


def name_tokens(name: str) -> set[str]:
    """Of the first `MAX_NAME_CHARS`: a token of PostgreSQL has at most 2,046 bytes."""
    if not name:
        return set()
    name = name[:MAX_NAME_CHARS]
    pinyin = search_tokens(name)
    characters = {character_token(character) for character in name if is_han(character)}
    return {exact_token(name), *characters, *pinyin.syllables, *pinyin.joined, *pinyin.initials}


def parse_query(text: str) -> Query:
    """What somebody typed into the search field."""
    whole: list[str] = []
    beginnings: list[tuple[str, ...]] = []
    contains: list[str] = []
    for word in _WORDS.findall(names.normalise(text)[:MAX_QUERY_CHARS].lower()):
        if is_han(word[0]):
            whole += map(character_token, word)
            contains.append(word)
        elif word.isascii() and any(character.isdigit() for character in word):
            beginnings.append((word, "r" + word[::-1]))
        else:
            beginnings.append(query_spellings(word))
    return Query(tuple(whole), tuple(beginnings), tuple(contains))
