"""Scanners on a serial port: RS-232, or USB ones that show as a port (CDC)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic_ns

import serial
from serial.tools import list_ports

from station_app.scanning.backoff import Backoff
from station_app.scanning.deduplication import Deduplicator
from station_app.scanning.keystroke_repair import repaired
from station_app.scanning.payloads import text_of
from station_app.scanning.problems import ProblemCode, ScanningError
from station_app.scanning.readings import EngineName, Reading, Symbology
from station_app.scanning.scan_worker import SourceState, StateReport
from station_app.scanning.serial_lines import SerialLines

_log = logging.getLogger(__name__)
BAUD = 9_600
"""What serial scanners come with; a USB one takes any."""
_LISTEN_S = 0.05
_TWICE_S = 0.6
"""The same code sooner than this after the last is the scanner's doing."""


@dataclass(frozen=True, slots=True)
class FoundPort:
    """`device` is what the system calls it (/dev/ttyACM0, COM3), `name` what the device calls itself."""

    device: str
    name: str


def ports_of_this_machine() -> tuple[FoundPort, ...]:
    """Ports with a device on them; a bare port of the mainboard says nothing of itself and is left out on Linux."""
    ports = sorted(list_ports.comports(), key=lambda port: port.device)
    return tuple(
        FoundPort(port.device, port.description if port.description not in ("", "n/a") else port.device)
        for port in ports
        if port.vid is not None or not port.device.startswith("/dev/ttyS")
    )


class SerialScanner:
    """Reads one port for as long as it runs, in a thread of its own.

    - Wakes: with what the scanner sends, and twenty times a second to see whether it is to stop.
    - Stops: by `stop`, which waits for the thread. It is not started again.
    - Drops: a code that comes twice at once, and noise without a line end beyond the size of any code.
    - Loses its port: says LOST and tries to open it again after pauses of the `backoff`, without end.

    `on_read` and `on_state` are called in its thread and must return soon.
    """

    def __init__(
        self,
        device: str,
        on_read: Callable[[Reading], None],
        on_state: Callable[[StateReport], None],
        *,
        baud: int = BAUD,
        backoff: Backoff | None = None,
    ) -> None:
        self._device, self._baud = device, baud
        self._on_read, self._on_state = on_read, on_state
        self._backoff = backoff or Backoff()
        self._deduplicator = Deduplicator(_TWICE_S)
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="serial-scanner", daemon=True)

    def start(self) -> None:
        """Begins to listen; once."""
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        self._stopping.set()
        self._thread.join(timeout_s)

    def _run(self) -> None:
        self._tell(SourceState.OPENING)
        while not self._stopping.is_set():
            try:
                self._listen()
            except (serial.SerialException, OSError) as error:
                _log.info("serial port lost: %s", type(error).__name__)
                self._tell(SourceState.LOST, ScanningError(ProblemCode.PORT_ABSENT, self._device))
                self._stopping.wait(self._backoff.next_s())
        self._tell(SourceState.STOPPED)

    def _listen(self) -> None:
        with serial.Serial(self._device, self._baud, timeout=_LISTEN_S) as port:
            self._backoff.reset()
            self._tell(SourceState.LIVE)
            lines = SerialLines()
            while not self._stopping.is_set():
                data = port.read(max(1, port.in_waiting))
                at_ms = monotonic_ns() // 1_000_000
                for line in lines.feed(data, at_ms) if data else lines.pause(at_ms):
                    self._hand_over(line)

    def _hand_over(self, line: bytes) -> None:
        text = repaired(text_of(line, line.decode("latin-1"), declared=False))
        reading = Reading(text, Symbology.TYPED, EngineName.SERIAL)
        if text and self._deduplicator.fresh((reading,)):
            self._on_read(reading)

    def _tell(self, state: SourceState, problem: ScanningError | None = None) -> None:
        self._on_state(StateReport(state, self._device, problem))
