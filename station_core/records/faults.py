"""What keeps a record out of a table: PostgreSQL's texts hold no NUL, its integers 64 bits, its indexes no long texts.

Which fields of a kind of record can have such a fault at all follows from their types, and is found out once.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

import msgspec
from msgspec import inspect

MAX_TEXT_CHARS = 400
"""Of a field's text; some are keys of database indexes, which hold no longer ones. Texts in maps may be longer."""
LONGEST_INTEGER = (1 << 63) - 1

_Look = Callable[[Any], str | None]
_HARMLESS = (
    inspect.NoneType,
    inspect.BoolType,
    inspect.BytesType,
    inspect.DateType,
    inspect.EnumType,
    inspect.FloatType,
)


def fault_of(record: msgspec.Struct) -> tuple[str, str] | None:
    """The name of the first field with a fault, and what is wrong with it; never its value."""
    for name, look in _looks(type(record)):
        fault = look(getattr(record, name))
        if fault:
            return name, fault
    return None


@cache
def _looks(struct: type[msgspec.Struct]) -> tuple[tuple[str, _Look], ...]:
    """How to look at those fields of `struct` that may hold what no table can."""
    info = inspect.type_info(struct)
    fields = info.fields if isinstance(info, inspect.StructType) else ()
    looks = ((field.name, _look_for(field.type)) for field in fields)
    return tuple((name, look) for name, look in looks if look is not None)


def _look_for(kind: inspect.Type) -> _Look | None:
    parts = kind.types if isinstance(kind, inspect.UnionType) else (kind,)
    serious = [part for part in parts if not _is_harmless(part)]
    if not serious:
        return None
    return _fault_of_optional_text if all(isinstance(part, inspect.StrType) for part in serious) else _fault


def _is_harmless(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.IntType):
        return (
            kind.ge is not None and kind.ge >= -LONGEST_INTEGER and kind.le is not None and kind.le <= LONGEST_INTEGER
        )
    return isinstance(kind, _HARMLESS)


def _fault_of_optional_text(value: str | None) -> str | None:
    if value is None:
        return None
    return _fault_of_text(value) or ("Too long a text" if len(value) > MAX_TEXT_CHARS else None)


def _fault(value: Any) -> str | None:
    match value:
        case str():
            return _fault_of_optional_text(value)
        case None | bytes() | date():
            return None
        case msgspec.Struct():
            found = fault_of(value)
            return found[1] if found else None
        case tuple():
            return _fault_of_tuple(value)
    return _fault_in_map(value)


def _fault_of_tuple(value: tuple[Any, ...]) -> str | None:
    """Texts are looked at together: a roster has many."""
    texts = [part for part in value if type(part) is str]
    joined = "".join(texts)
    if "\0" in joined or (len(joined) > MAX_TEXT_CHARS and max(map(len, texts)) > MAX_TEXT_CHARS):
        return _first_fault(map(_fault, texts))
    return _first_fault(_fault(part) for part in value if type(part) is not str and part is not None)


def _fault_in_map(value: Any) -> str | None:
    match value:
        case str():
            return _fault_of_text(value)
        case None | bytes() | float():
            return None
        case int():
            return None if -LONGEST_INTEGER <= value <= LONGEST_INTEGER else "Too large an integer"
        case dict():
            return _first_fault(_fault_in_map(part) for pair in value.items() for part in pair) if value else None
        case list():
            return _first_fault(map(_fault_in_map, value))
    return "A value of a type that records do not have"


def _fault_of_text(value: str) -> str | None:
    return "A text with a NUL character" if "\0" in value else None


def _first_fault(faults: Iterable[str | None]) -> str | None:
    return next(filter(None, faults), None)
