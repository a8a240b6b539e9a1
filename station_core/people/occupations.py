"""Occupation groups: what the registration form offers and what a programme's audience is told by."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from resources import path
from resources.texts import Language


@dataclass(frozen=True, slots=True)
class Occupation:
    """One group. `new_employment`: counted among workers in new forms of employment (新就业形态劳动者)."""

    code: str
    names: Mapping[Language, str]
    new_employment: bool = False

    def name(self, language: Language) -> str:
        return self.names[language]


def occupations() -> tuple[Occupation, ...]:
    """All groups in the order in which a form offers them."""
    return tuple(_by_code().values())


def occupation(code: str) -> Occupation | None:
    return _by_code().get(code)


@cache
def _by_code() -> dict[str, Occupation]:
    table = tomllib.loads(path("people", "occupations.toml").read_text(encoding="utf-8"))
    return {
        row["code"]: Occupation(
            row["code"],
            MappingProxyType({language: row[language.value] for language in Language}),
            row.get("new_employment", False),
        )
        for row in table["occupation"]
    }
