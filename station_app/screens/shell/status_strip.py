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
        for chip, what, device in (
            (self.scanner, "scanner", state.scanner),
            (self.printer, "printer", state.printer),
        ):
            words = self._speaker.say(f"shell.{what}.{device.value}")
            chip.show_words(what, words, _DEVICE_TONE[device])

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
