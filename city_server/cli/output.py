"""What commands print: words in the language of the terminal, or JSON."""

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from resources.texts import Language, say

if TYPE_CHECKING:
    from city_server.errors import CityError
    from db.errors import StoreError
    from sync.errors import SyncError


def language() -> Language:
    """Chinese where the terminal's locale is, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return Language.CHINESE if value.startswith("zh") else Language.ENGLISH
    return Language.ENGLISH


def words(key: str, **params: object) -> str:
    """The text of `key` in the terminal's language."""
    return say(language(), key, **params)


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def trouble_words(error: "CityError | StoreError | SyncError") -> str:
    from city_server.errors import CityError
    from sync.errors import SyncError

    if isinstance(error, SyncError):
        return " ".join(words(f"sync_errors.{part}.{error.code}", **error.params) for part in ("what", "do"))
    if isinstance(error, CityError):
        return words(f"city.trouble.{error.code}", **error.params)
    return words(f"city.store.{error.code}")
