"""Which printer prints cards, and a page to try it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.screens.event.notice import notice
from station_app.screens.settings.device_list import DeviceList
from station_app.screens.settings.section_view import SectionView
from station_app.screens.settings.state import PrintJob, SettingsState
from station_app.texts import Speaker
from station_app.theme import Role, Tone
from station_app.widgets.plain import button, column, label, row

_TONES = {
    PrintJob.QUEUED: Tone.INFO,
    PrintJob.SENT: Tone.INFO,
    PrintJob.PRINTED: Tone.GOOD,
    PrintJob.FAILED: Tone.BAD,
    PrintJob.UNKNOWN: Tone.WARN,
}
_UNDER_WAY = (PrintJob.QUEUED, PrintJob.SENT)


class PrinterSection(SectionView):
    printer_chosen = Signal(str)
    search_wanted = Signal()
    test_page_wanted = Signal()

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(speaker, parent)
        self._note, self._none = label(Role.MUTED, wrap=True), label(Role.BODY, wrap=True)
        self._trouble, self._job, self.devices = notice(), notice(), DeviceList()
        self.again, self.test = button(Role.SECONDARY, "search"), button(Role.SECONDARY, "printer")
        buttons = row([self.test, self.again, None])
        self.setLayout(column([self._note, self._trouble, self.devices, self._none, 8, buttons, self._job, None]))
        self.devices.chosen.connect(self.printer_chosen)
        self.again.clicked.connect(self.search_wanted)
        self.test.clicked.connect(self.test_page_wanted)

    def show_state(self, state: SettingsState) -> None:
        say, printers = self._speaker.say, state.printers
        self._note.setText(say("settings.printer.note"))
        self._none.setText(say("settings.printer.none"))
        self._none.setVisible(not printers.found)
        self.again.setText(say("settings.printer.again"))
        self.test.setText(say("settings.printer.test"))
        self.test.setEnabled(printers.chosen is not None and printers.test_page not in _UNDER_WAY)
        self.devices.show_devices(printers.found, printers.chosen)
        self._trouble.setVisible(printers.trouble is not None)
        if printers.trouble is not None:
            self._trouble.show_words(Tone.BAD, self._speaker.word(printers.trouble))
        job = printers.test_page
        self._job.setVisible(job in _TONES)
        if job in _TONES:
            self._job.show_words(_TONES[job], say(f"settings.job.{job.value}"))
