"""Trying a scanner: what it types or sends is shown as it arrived; and the port that it is on, if it has one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.screens.event.notice import notice
from station_app.screens.settings.device_list import DeviceList
from station_app.screens.settings.section_view import SectionView
from station_app.screens.settings.state import Device, SettingsState
from station_app.texts import Speaker
from station_app.theme import Role, Tone
from station_app.widgets.plain import button, column, frame, label, row
from station_app.widgets.qr_picture import QrPicture


class ScannerSection(SectionView):
    test_started = Signal()
    test_stopped = Signal()
    port_chosen = Signal(str)
    """The port's device; "" for none."""

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(speaker, parent)
        self._listening = False
        self._note, self._caption = label(Role.MUTED, wrap=True), label(Role.MUTED)
        self.heard = label(Role.HEADING, wrap=True)
        self._warning, self._result = notice(), notice()
        self.code = QrPicture()
        self.test = button(Role.PRIMARY, "scanner", "on-strong")
        shown = frame(Role.CARD)
        words = column([self._caption, self.heard, 8, self._result, self._warning, None], 4)
        inside = row([words, self.code], 16, (16, 12, 16, 16))
        inside.setStretch(0, 1)
        shown.setLayout(inside)
        self._ports, self._ports_note = label(Role.HEADING), label(Role.MUTED, wrap=True)
        self._port_trouble, self.ports = notice(), DeviceList()
        port = column([self._ports, self._ports_note, self._port_trouble, self.ports])
        self.setLayout(column([self._note, row([self.test, None]), 8, shown, 20, port, None]))
        self.ports.chosen.connect(self.port_chosen)
        self.test.clicked.connect(self._turn)

    def show_state(self, state: SettingsState) -> None:
        say, test = self._speaker.say, state.scanner
        self._listening = test.listening
        self._note.setText(say("settings.scanner.note"))
        self._caption.setText(say("settings.scanner.heard"))
        empty = "listening" if test.listening else "nothing"
        self.heard.setText(test.heard or say(f"settings.scanner.{empty}"))
        self.test.setText(say("settings.scanner.stop" if test.listening else "settings.scanner.start"))
        self.code.setVisible(bool(test.code))
        self.code.show_text(test.code)
        self._result.setVisible(test.result is not None)
        if test.result is not None:
            self._result.show_words(Tone.GOOD if test.is_right else Tone.WARN, self._speaker.word(test.result))
        self._warning.setVisible(test.warning is not None)
        if test.warning is not None:
            self._warning.show_words(Tone.WARN, self._speaker.word(test.warning))
        self._show_ports(state)

    def _show_ports(self, state: SettingsState) -> None:
        say, ports = self._speaker.say, state.ports
        self._ports.setText(say("settings.scanner.ports"))
        self._ports_note.setText(say("settings.scanner.ports_note"))
        known = {port.device_id for port in ports.found} | {""}
        gone = (Device(ports.chosen, ports.chosen),) if ports.chosen not in known else ()
        self.ports.show_devices((Device("", say("settings.scanner.no_port")), *ports.found, *gone), ports.chosen)
        self._port_trouble.setVisible(ports.trouble is not None)
        if ports.trouble is not None:
            self._port_trouble.show_words(Tone.BAD, self._speaker.word(ports.trouble))

    def _turn(self) -> None:
        (self.test_stopped if self._listening else self.test_started).emit()
