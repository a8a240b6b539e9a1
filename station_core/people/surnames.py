"""Surnames: which are of two characters, and how they are read where dictionaries would mislead."""

import tomllib
from functools import cache
from typing import Any

from resources import path

Reading = tuple[str, ...]
"""Syllables without tones, ü as v: one for each character of the surname."""


def surname_length(name: str) -> int:
    """How many characters of an undivided Han name are its surname: 1 or 2.

    A name of two characters is taken for surname and given name, also where both together are a compound
    surname.
    """
    return 2 if len(name) > 2 and name[:2] in _special() else 1


def special_readings(surname: str) -> tuple[Reading, ...]:
    """How `surname` is read, the most usual first; empty where it is read as a dictionary has it."""
    return _special().get(surname, ())


def has_one_reading(surname: str) -> bool:
    """Whether no family uses the further readings that dictionaries give this character."""
    return surname in _with_one_reading()


@cache
def _special() -> dict[str, tuple[Reading, ...]]:
    table = _table()
    rows = {**table["readings"], **table["compound"]}
    return {surname: tuple(tuple(reading.split()) for reading in readings) for surname, readings in rows.items()}


@cache
def _with_one_reading() -> frozenset[str]:
    return frozenset("".join(_table()["one_reading"].split()))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(path("people", "surnames.toml").read_text(encoding="utf-8"))
