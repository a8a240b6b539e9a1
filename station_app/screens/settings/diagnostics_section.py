"""Looking at camera, printer, store and exchange, with what to do about each."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.screens.settings.section_view import SectionView
from station_app.screens.settings.state import Finding, Health, SettingsState
from station_app.texts import Speaker
from station_app.theme import Role, Tone
from station_app.widgets.banner import SYMBOLS
from station_app.widgets.chip import Chip
from station_app.widgets.plain import button, clear, column, frame, label, row

_TONES = {Health.GOOD: Tone.GOOD, Health.WARN: Tone.WARN, Health.BAD: Tone.BAD}


class DiagnosticsSection(SectionView):
    diagnostics_wanted = Signal()
    report_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(speaker, parent)
        self._shown: object = None
        self._note, self._at = label(Role.MUTED, wrap=True), label(Role.MUTED)
        self.start, self.save = button(Role.PRIMARY), button(Role.SECONDARY)
        self._rows: QVBoxLayout = column([])
        buttons = row([self.start, self.save, None, self._at])
        self.setLayout(column([self._note, buttons, 8, self._rows, None]))
        self.start.clicked.connect(self.diagnostics_wanted)
        self.save.clicked.connect(self.report_wanted)

    def show_state(self, state: SettingsState) -> None:
        say, found = self._speaker.say, state.diagnostics
        self._note.setText(say("settings.diagnostics.note"))
        self.start.setText(say("settings.diagnostics.running" if found.running else "settings.diagnostics.start"))
        self.start.setEnabled(not found.running)
        self.save.setText(say("settings.diagnostics.save"))
        self.save.setVisible(found.at is not None)
        never = say("settings.diagnostics.never")
        self._at.setText(say("settings.diagnostics.at", at=found.at) if found.at else never)
        if (shown := (found.findings, self._speaker.language)) == self._shown:
            return
        self._shown = shown
        clear(self._rows)
        for each in found.findings:
            self._rows.addWidget(self._line(each))

    def _line(self, finding: Finding) -> QWidget:
        tone, chip, card = _TONES[finding.health], Chip(), frame(Role.CARD)
        chip.show_words(SYMBOLS[tone], self._speaker.say(f"settings.health.{finding.health.value}"), tone)
        subject = label(Role.BODY, self._speaker.word(finding.subject), wrap=True)
        detail = label(Role.MUTED, self._speaker.word(finding.detail), wrap=True)
        line = row([column([subject, detail], spacing=0), column([None, chip, None])], 16, (16, 8, 12, 8))
        line.setStretch(0, 1)
        card.setLayout(line)
        return card
