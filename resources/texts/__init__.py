"""Every sentence that a person reads, in Chinese and English, found by a key such as ``counter.title``.

The part before the first dot names the file: ``counter.title`` stands as ``title`` in ``zh/counter.toml`` and
``en/counter.toml``. Placeholders are those of `str.format`: ``已用完，{date} 起可再用``.
"""

import tomllib
from enum import StrEnum
from functools import cache

from resources import path


class Language(StrEnum):
    CHINESE = "zh"
    ENGLISH = "en"

    @property
    def other(self) -> "Language":
        return Language.ENGLISH if self is Language.CHINESE else Language.CHINESE


class MissingText(KeyError):
    """A key that no text file has: our mistake, found by the tests and never by a person at a counter."""


def catalogue(language: Language) -> dict[str, str]:
    """All texts of one language, by key."""
    files = sorted(path("texts", language.value).glob("*.toml"))
    return {key: text for file in files for key, text in _texts_of(language, file.stem).items()}


@cache
def _texts_of(language: Language, name: str) -> dict[str, str]:
    """The texts of one file, read when the first of them is said; none where there is no such file."""
    file = path("texts", language.value) / f"{name}.toml"
    texts: dict[str, str] = {}
    if file.is_file():
        _flatten(name, tomllib.loads(file.read_text(encoding="utf-8")), texts)
    return texts


def _flatten(prefix: str, table: dict[str, object], into: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{prefix}.{name}"
        if isinstance(value, dict):
            _flatten(key, value, into)
        else:
            into[key] = str(value)


def say(language: Language, key: str, /, **params: object) -> str:
    """The text of `key` with its placeholders filled.

    Raises MissingText where the key is unknown; a placeholder without a value is a KeyError likewise.
    """
    try:
        template = _texts_of(language, key.partition(".")[0])[key]
    except KeyError:
        raise MissingText(key) from None
    return template.format(**params) if params else template
