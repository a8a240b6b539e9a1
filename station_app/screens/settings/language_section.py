"""The language of the window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from resources.texts import Language
from station_app.screens.settings.section_view import SectionView
from station_app.screens.settings.state import SettingsState
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.plain import column, label


class LanguageSection(SectionView):
    language_chosen = Signal(object)
    """The Language."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(speaker, parent)
        self._note = label(Role.MUTED, wrap=True)
        self.choices = {language: QRadioButton() for language in Language}
        group = QButtonGroup(self)
        for language, choice in self.choices.items():
            group.addButton(choice)
            choice.clicked.connect(lambda _=False, chosen=language: self.language_chosen.emit(chosen))
        self.setLayout(column([self._note, *self.choices.values(), None]))

    def show_state(self, state: SettingsState) -> None:
        self._note.setText(self._speaker.say("settings.language.note"))
        for language, choice in self.choices.items():
            choice.setText(self._speaker.say(f"settings.language.{language.value}"))
            choice.setChecked(language is state.language)
