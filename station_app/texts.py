"""The language that the window speaks just now, and who is told when it changes."""

from typing import Protocol

from PySide6.QtCore import QObject, Signal

from resources.texts import Language
from resources.texts import say as say_in
from station_app.words import Name, Phrase, spoken


class Translated(Protocol):
    def set_language(self, language: Language, /) -> None:
        """Say everything that is shown in `language`, from now on and at once."""


class Speaker(QObject):
    """Holds a language and says texts in it.

    One for the window; each screen keeps its own in step through `set_language`.
    """

    language_changed = Signal(object)
    """The new Language."""

    def __init__(self, language: Language = Language.CHINESE, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language = language

    @property
    def language(self) -> Language:
        return self._language

    def set_language(self, language: Language) -> None:
        if language is not self._language:
            self._language = language
            self.language_changed.emit(language)

    def toggle(self) -> None:
        self.set_language(self._language.other)

    def lead(self, screen: Translated) -> None:
        """Keep `screen` in this speaker's language, beginning now."""
        screen.set_language(self._language)
        self.language_changed.connect(screen.set_language)

    def say(self, key: str, /, **params: object) -> str:
        """The text of `key`; names, phrases and dates among `params` are said in the same language."""
        return say_in(self._language, key, **{name: spoken(value, self._language) for name, value in params.items()})

    def word(self, value: Name | Phrase | str) -> str:
        return value if isinstance(value, str) else value.said(self._language)
