"""Values that a screen's state can carry and say in either language.

Free of Qt, so that states can be made and tested anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from resources.texts import Language, say


@dataclass(frozen=True, slots=True)
class Name:
    """What a catalogue calls a thing: Chinese always, English where the catalogue has it."""

    zh: str
    en: str = ""

    def said(self, language: Language) -> str:
        return self.en or self.zh if language is Language.ENGLISH else self.zh


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text of resources/texts by its key, with its placeholders' values (which may be names, dates or
    phrases)."""

    key: str
    params: Mapping[str, object] = field(default_factory=dict, hash=False)

    def said(self, language: Language) -> str:
        """The sentence. Raises MissingText for an unknown key, KeyError for a placeholder without a value."""
        return say(language, self.key, **{name: spoken(value, language) for name, value in self.params.items()})


def spoken(value: object, language: Language) -> object:
    """`value` as it is said in `language`; numbers and strings stay what they are."""
    match value:
        case Name() | Phrase():
            return value.said(language)
        case datetime():
            return say(language, "common.moment", month=value.month, day=value.day, time=f"{value:%H:%M}")
        case date():
            month = say(language, f"common.month.{value.month}")
            return say(language, "common.date", year=value.year, month=month, day=value.day)
    return value


def clock(moment: datetime) -> str:
    """The hour and minute on the wall: ``09:05``."""
    return f"{moment:%H:%M}"


def initials(name: str) -> str:
    """What stands for a person without a photo: the end of a Chinese name, Latin initials, or a masked name's
    first character."""
    words = name.split()
    if not words:
        return "?"
    if "*" in name:
        return name[0]
    if name.isascii():
        return "".join(word[0] for word in words[:2]).upper()
    plain = "".join(words).replace("·", "")
    return plain[-2:] if len(plain) > 2 else plain[-1]


def mask_name(name: str) -> str:
    """What bystanders may read of a name, first character and last: ``王*明``, ``李*``."""
    if len(name) <= 1:
        return name
    if len(name) == 2:
        return f"{name[0]}*"
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"
