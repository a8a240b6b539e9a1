"""How a person is written into the search index, and how a question is put to it.

No database's own idea of a word matters: tokens are letters, digits and ideographs alone, save for a mark that is no
letter at the beginning of some: ``§`` before a whole name, ``¬`` before a number that stands backwards, so that its
last digits are a beginning. Ideographs stand one by one and in pairs of neighbours: 王, 小, 明, 王小 and 小明.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from station_core.people import names
from station_core.people.han import HAN_CLASS, is_han
from station_core.people.pinyin import search_tokens
from station_core.people.pinyin_query import query_spellings

MAX_QUERY_CHARS = 64
MAX_NAME_CHARS = 100
LISTED_BEGINNINGS = range(6, 21)
"""Of how many characters a number's beginnings stand in the index: a city's numbers may all begin alike, and gathering
whoever is under a beginning takes long. Shorter ones the index lists itself (its `prefix` option).
"""

_WORDS = re.compile(rf"{HAN_CLASS}+|(?:(?!{HAN_CLASS})[^\W_][\u0300-\u036f]*)+")
_HAN_RUNS = re.compile(f"{HAN_CLASS}+")
_RUNS = re.compile(r"[^\W_]+")
_ASCII_PUNCTUATION = re.compile(r"[\x00-/:-@\[-`{-\x7f]+")
_WHOLE, _BACKWARDS = "§", "¬"


class Token(NamedTuple):
    text: str
    is_beginning: bool = False
    """Whether tokens that go on after `text` are meant as well."""


class Query(NamedTuple):
    """A person must have one token of each of `groups`.

    The index knows the order of no more than two characters: `contains` are longer runs of ideographs to look for in
    the name itself.
    """

    groups: tuple[tuple[Token, ...], ...]
    contains: tuple[str, ...] = ()


def document(name: str | None, member_no: str | None, phone: str | None, id_number: str | None) -> str:
    """Every token of a person with these fields, between blanks."""
    parts = [_name_document(name[:MAX_NAME_CHARS])] if name else []
    if member_no:
        parts += _beginnings(member_no.lower())
    parts += [backwards(number) for number in (member_no, phone, id_number) if number]
    return " ".join(parts)


def backwards(number: str) -> str:
    """The token by which the last digits of `number` are found: of 辽A-2041 those after the hyphen."""
    last = number if number.isalnum() else (_RUNS.findall(number) or [""])[-1]
    return _BACKWARDS + last[::-1].lower()


def exact_token(name: str) -> str:
    """The token that only people with this name have; ASCII punctuation and case do not count."""
    return _WHOLE + (name if name.isalpha() else _ASCII_PUNCTUATION.sub("", name)).lower()


@lru_cache(maxsize=16_384)
def _name_document(name: str) -> str:
    """Of at most `MAX_NAME_CHARS`: a token of PostgreSQL has at most 2,046 bytes."""
    pinyin = search_tokens(name)
    characters = [part for run in _HAN_RUNS.findall(name.replace(names.DOT, "")) for part in (*run, *_pairs(run))]
    return " ".join((exact_token(name), *characters, *pinyin.syllables, *pinyin.joined, *pinyin.initials))


def _pairs(run: str) -> Iterator[str]:
    return (run[at : at + 2] for at in range(len(run) - 1))


def _beginnings(number: str) -> list[str]:
    runs = [number] if number.isalnum() else _RUNS.findall(number)
    return [run[:length] for run in runs for length in _listed_lengths(len(run))]


@cache
def _listed_lengths(characters: int) -> tuple[int, ...]:
    """How long the beginnings are with which a number of so many `characters` stands; the last is the number itself."""
    return (*(length for length in LISTED_BEGINNINGS if length < characters), characters)


def parse_query(text: str) -> Query:
    """What somebody typed into the search field."""
    groups: list[tuple[Token, ...]] = []
    contains: list[str] = []
    for word in _WORDS.findall(names.normalise(text)[:MAX_QUERY_CHARS].lower()):
        if is_han(word[0]):
            groups += [(Token(part),) for part in dict.fromkeys(_pairs(word) if len(word) > 1 else word)]
            contains += [word] if len(word) > 2 else []
        elif word.isascii() and any(character.isdigit() for character in word):
            beginning = Token(word, is_beginning=len(word) not in LISTED_BEGINNINGS)
            groups.append((beginning, Token(_BACKWARDS + word[::-1], is_beginning=True)))
        else:
            groups.append(tuple(Token(spelling, is_beginning=True) for spelling in query_spellings(word)))
    return Query(tuple(groups), tuple(contains))
