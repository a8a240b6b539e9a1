"""Texts that travel inside a pack, in both languages."""

from dataclasses import dataclass
from typing import Self

from resources.texts import Language
from station_core.catalogue.reading import Table


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text of a pack in Chinese and in English."""

    zh: str
    en: str

    def text(self, language: Language) -> str:
        return self.zh if language is Language.CHINESE else self.en

    @classmethod
    def read(cls, table: Table) -> Self:
        """Raises MalformedPack."""
        words = cls(zh=table.text("zh"), en=table.text("en"))
        table.finish()
        return words

    def to_dict(self) -> dict[str, object]:
        return {"zh": self.zh, "en": self.en}


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a key for machines and a name for people: a group of services, a choice of a form."""

    key: str
    name: Bilingual

    @classmethod
    def read(cls, table: Table) -> Self:
        """Raises MalformedPack."""
        named = cls(key=table.name("key"), name=Bilingual.read(table.table("name")))
        table.finish()
        return named

    def to_dict(self) -> dict[str, object]:
        return {"key": self.key, "name": self.name.to_dict()}
