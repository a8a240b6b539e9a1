"""A running exchange: what it is doing and how far it is."""

from PySide6.QtWidgets import QProgressBar, QWidget

from station_app.screens.sync.state import Phase, Progress
from station_app.texts import Speaker
from station_app.theme import Role
from station_app.widgets.plain import column, label


class ProgressLine(QWidget):
    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._words, self.bar = label(Role.BODY), QProgressBar()
        self.bar.setTextVisible(False)
        self.setLayout(column([self._words, self.bar], spacing=4))

    def show_progress(self, progress: Progress | None) -> None:
        self.setVisible(progress is not None)
        if progress is None:
            return
        self._words.setText(self._said(progress))
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        self.bar.setAccessibleName(self._words.text())

    def _said(self, progress: Progress) -> str:
        if progress.phase is Phase.CONNECTING:
            return self._speaker.say("sync.phase.connecting")
        key = f"sync.phase.{progress.phase.value}{'' if progress.total else '_unknown'}"
        return self._speaker.say(key, done=progress.done, total=progress.total)
