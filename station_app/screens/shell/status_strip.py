"""How the exchange, the scanner and the printer stand, in one line at the foot of the window."""

from PySide6.QtWidgets import QFrame, QWidget

from station_app.screens.shell.state import Device, Exchange, ExchangeState, ShellState
from station_app.texts import Speaker
from station_app.theme import Role, Tone, set_role
from station_app.widgets.chip import Chip
from station_app.widgets.plain import row
from station_app.words import clock

_DEVICE_TONE: dict[Device, Tone | None] = {
    Device.READY: Tone.GOOD,
    Device.BUSY: Tone.INFO,
    Device.MISSING: Tone.WARN,
    Device.OFF: None,
    Device.PAUSED: Tone.INFO,
}


class StatusStrip(QFrame):
    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        set_role(self, Role.STRIP)
        self.exchange, self.scanner, self.printer = Chip(), Chip(), Chip()
        self.setLayout(row([self.exchange, None, self.scanner, self.printer], spacing=10, margins=(16, 6, 16, 6)))

    def show_state(self, state: ShellState) -> None:
        self._show_exchange(state.exchange)
        say = self._speaker.say
        self.scanner.show_words("scanner", self._scanner_words(state), _DEVICE_TONE[state.scanner])
        self.printer.show_words("printer", say(f"shell.printer.{state.printer.value}"), _DEVICE_TONE[state.printer])

    def _scanner_words(self, state: ShellState) -> str:
        say = self._speaker.say
        by_what = say("common.and_list").join(say(f"shell.scanner.kind.{kind.value}") for kind in state.scanners)
        if state.scanner is Device.MISSING:
            return say("shell.scanner.missing", what=by_what or say("shell.scanner.kind.camera"))
        words = say(f"shell.scanner.{state.scanner.value}")
        return f"{words} · {by_what}" if by_what else words

    def _show_exchange(self, exchange: ExchangeState) -> None:
        say = self._speaker.say
        key = "idle_waiting" if exchange.status is Exchange.IDLE and exchange.waiting else exchange.status.value
        parts = [say(f"shell.exchange.{key}")]
        if exchange.waiting:
            parts.append(say("shell.waiting", count=exchange.waiting))
        if exchange.last_success is not None:
            parts.append(say("shell.last_success", time=clock(exchange.last_success)))
        offline = exchange.status is Exchange.NO_NETWORK
        self.exchange.show_words("network_off" if offline else "sync", " · ".join(parts), _tone(exchange))


def _tone(exchange: ExchangeState) -> Tone | None:
    match exchange.status:
        case Exchange.FAILED:
            return Tone.WARN
        case Exchange.NO_NETWORK:
            return None
        case Exchange.RUNNING:
            return Tone.INFO
        case Exchange.IDLE:
            return Tone.INFO if exchange.waiting else Tone.GOOD
