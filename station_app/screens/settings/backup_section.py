"""Keeping a copy of the store."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from station_app.screens.event.notice import notice
from station_app.screens.settings.section_view import SectionView
from station_app.screens.settings.state import SettingsState
from station_app.texts import Speaker
from station_app.theme import Role, Tone
from station_app.widgets.plain import Item, button, column, label, row


class BackupSection(SectionView):
    backup_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(speaker, parent)
        self._note, self._last = label(Role.MUTED, wrap=True), label(Role.BODY, wrap=True)
        self._place, self._trouble = label(Role.MUTED, wrap=True), notice()
        self.start, self._bar = button(Role.PRIMARY), QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        items: list[Item] = [self._note, self._trouble, self._last, self._place, 8, row([self.start, None]), self._bar]
        self.setLayout(column([*items, None]))
        self.start.clicked.connect(self.backup_wanted)

    def show_state(self, state: SettingsState) -> None:
        say, backup = self._speaker.say, state.backup
        self._note.setText(say("settings.backup.note"))
        last = backup.last_at
        self._last.setText(say("settings.backup.last", at=last) if last else say("settings.backup.never"))
        self._place.setText(say("settings.backup.place", place=backup.last_place))
        self._place.setVisible(last is not None)
        self.start.setText(say("settings.backup.running" if backup.running else "settings.backup.start"))
        self.start.setEnabled(not backup.running)
        self._bar.setVisible(backup.running)
        self._bar.setAccessibleName(self.start.text())
        self._trouble.setVisible(backup.trouble is not None)
        if backup.trouble is not None:
            self._trouble.show_words(Tone.BAD, self._speaker.word(backup.trouble))
