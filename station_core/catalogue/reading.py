"""Strict reading of a pack's plain dicts and lists; a fault is named by its place: ``services[2].rules[0].limit``.

A pack comes out of a journal or a hand-written file, so nothing in it is believed: types, sizes and names are checked,
and a key that nobody asked for is a fault too, because it is most often a misspelt one.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

Enumerated = TypeVar("Enumerated", bound=StrEnum)
Value = TypeVar("Value")

MAX_TEXT = 2_000
MAX_ITEMS = 500
MAX_INTEGER = 2**53

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""What a key, a pack or a state may be called."""


class MalformedPack(ValueError):
    """A catalogue pack that this version cannot use: `path` says where, `why` says what is wrong there."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path or 'pack'}: {why}")
        self.path = path
        self.why = why


class Table:
    """One dict of a pack with its place in it. Take each key once, then `finish`."""

    def __init__(self, value: object, path: str) -> None:
        if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
            raise MalformedPack(path, "must be a table with text keys")
        if len(value) > MAX_ITEMS:
            raise MalformedPack(path, f"has more than {MAX_ITEMS} keys")
        self._left: dict[str, object] = dict(value)
        self.path = path

    def fault(self, key: str, why: str) -> MalformedPack:
        return MalformedPack(self.place(key), why)

    def place(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        return key in self._left

    def take(self, key: str) -> object:
        if key not in self._left:
            raise self.fault(key, "is missing")
        return self._left.pop(key)

    def text(self, key: str, *, longest: int = MAX_TEXT) -> str:
        value = self.take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(key, "must be text that is not blank")
        if len(value) > longest:
            raise self.fault(key, f"is longer than {longest} characters")
        return value

    def name(self, key: str) -> str:
        return checked_name(self.take(key), self.place(key))

    def boolean(self, key: str, default: bool) -> bool:
        value = self._left.pop(key, default)
        if not isinstance(value, bool):
            raise self.fault(key, "must be true or false")
        return value

    def integer(self, key: str, *, least: int, most: int = MAX_INTEGER) -> int:
        value = self.take(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(key, "must be a whole number")
        if not least <= value <= most:
            raise self.fault(key, f"must be between {least} and {most}")
        return value

    def number(self, key: str) -> int | float:
        """A finite number, as an integer where it is whole, so that equal packs have equal bytes."""
        value = self.take(key)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.fault(key, "must be a number")
        if not abs(value) <= MAX_INTEGER:  # NaN compares false with everything
            raise self.fault(key, "is not finite or too large")
        return int(value) if value == int(value) else value

    def one_of(self, key: str, kinds: type[Enumerated]) -> Enumerated:
        value = self.take(key)
        try:
            return kinds(value)  # type: ignore[arg-type]  # whatever it is, the enumeration is what judges it
        except ValueError:
            raise self.fault(key, f"must be one of {', '.join(kinds)}") from None

    def table(self, key: str) -> "Table":
        return Table(self.take(key), self.place(key))

    def items(self, key: str) -> Iterator[tuple[str, object]]:
        """The places and values of a list; nothing where the key is absent."""
        values = self._left.pop(key, [])
        if not isinstance(values, list):
            raise self.fault(key, "must be a list")
        if len(values) > MAX_ITEMS:
            raise self.fault(key, f"has more than {MAX_ITEMS} items")
        for index, value in enumerate(values):
            yield f"{self.place(key)}[{index}]", value

    def tables(self, key: str, read: Callable[["Table"], Value]) -> tuple[Value, ...]:
        return tuple(read(Table(value, place)) for place, value in self.items(key))

    def names(self, key: str, pattern: re.Pattern[str] = NAME) -> tuple[str, ...]:
        found = tuple(checked_name(value, place, pattern) for place, value in self.items(key))
        if len(set(found)) != len(found):
            raise self.fault(key, "names something twice")
        return found

    def untaken(self) -> tuple[str, ...]:
        """The keys that were not taken yet, in order of the alphabet."""
        return tuple(sorted(self._left))

    def finish(self) -> None:
        """Raise MalformedPack where a key is left that nobody took."""
        for key in self.untaken():
            raise self.fault(key, "is not known to this version")


def checked_name(value: object, place: str, pattern: re.Pattern[str] = NAME) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise MalformedPack(place, f"must match {pattern.pattern}")
    return value


def refuse_twice(keys: tuple[str, ...], path: str, what: str) -> None:
    """Raise MalformedPack where one of `keys` occurs twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise MalformedPack(path, f"has the {what} {key} twice")
        seen.add(key)
