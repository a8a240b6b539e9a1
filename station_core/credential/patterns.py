"""Codes of other systems that carry a member number in the open: a number, a barcode, a web address.

Which ones a city has is data: resources/codes/patterns.toml. Such a code proves nothing; it saves typing.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from resources import path
from station_core.ids import MemberNo

MAX_TEXT = 512
"""Longer texts are not looked at: with MAX_LONG_REPEATS it bounds the time that any pattern can take."""
MAX_LONG_REPEATS = 3
_LONG = 32


class BadPattern(ValueError):
    """A pattern in the configuration is not usable; the message names it and says why."""


class Identifier(StrEnum):
    """What a code carries, and the name of the group in a pattern that catches it."""

    MEMBER_NO = "member_no"
    """Our own member number, or the city's older one."""
    ID = "id"
    """Another system's identifier of a person, which the caller has to look up."""


@dataclass(frozen=True, slots=True)
class CodePattern:
    name: str
    regex: re.Pattern[str]
    identifier: Identifier


@dataclass(frozen=True, slots=True)
class PlainCode:
    """`value` is what the pattern `pattern` caught."""

    pattern: str
    identifier: Identifier
    value: str

    @property
    def member_no(self) -> MemberNo | None:
        return MemberNo(self.value) if self.identifier is Identifier.MEMBER_NO else None


def shipped_patterns() -> tuple[CodePattern, ...]:
    """Those that come with the product."""
    return parse_patterns(path("codes", "patterns.toml").read_text(encoding="utf-8"))


def parse_patterns(toml: str) -> tuple[CodePattern, ...]:
    """The patterns of a configuration text, in its order. Raises BadPattern."""
    try:
        entries = tomllib.loads(toml).get("pattern", [])
    except tomllib.TOMLDecodeError as error:
        raise BadPattern(f"not a TOML file: {error}") from error
    if not (isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)):
        raise BadPattern("patterns are written as [[pattern]] tables")
    return tuple(code_pattern(str(entry.get("name", "")), str(entry.get("regex", ""))) for entry in entries)


def code_pattern(name: str, regex: str) -> CodePattern:
    """A pattern that catches an identifier and cannot run away. Raises BadPattern."""
    if not name:
        raise BadPattern("a pattern has no name")
    try:
        compiled = re.compile(regex, re.ASCII)
    except re.error as error:
        raise BadPattern(f"pattern {name}: {error}") from error
    _refuse_runaway(name, regex)
    identifiers = [identifier for identifier in Identifier if identifier in compiled.groupindex]
    if len(identifiers) != 1:
        raise BadPattern(f"pattern {name}: it needs one group, named member_no or id")
    return CodePattern(name, compiled, identifiers[0])


def recognise(text: str, patterns: Sequence[CodePattern]) -> PlainCode | None:
    """What the first pattern that matches the whole of `text` finds, or None: another system's code."""
    if len(text) > MAX_TEXT:
        return None
    for pattern in patterns:
        found = pattern.regex.fullmatch(text)
        if found and found[pattern.identifier]:
            return PlainCode(pattern.name, pattern.identifier, found[pattern.identifier])
    return None


_ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


_REPEAT = re.compile(r"[*+]|\{\d*,(\d*)\}")


def _refuse_runaway(name: str, regex: str) -> None:
    """No repeated group, no back reference, few long repeats: at most about MAX_TEXT³ steps are left."""
    bare = _ATOM.sub("_", regex)
    if re.search(r"\)[*+{]", bare) or "(?P=" in bare or re.search(r"\\[1-9]", regex):
        raise BadPattern(f"pattern {name}: a repeated group or a back reference can take for ever")
    long_repeats = [repeat for repeat in _REPEAT.finditer(bare) if int(repeat[1] or MAX_TEXT) > _LONG]
    if len(long_repeats) > MAX_LONG_REPEATS:
        raise BadPattern(f"pattern {name}: more than {MAX_LONG_REPEATS} long repeats")
