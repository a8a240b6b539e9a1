"""One light for everything that reads codes: the camera, a scanner on a port, one that types."""

from collections.abc import Callable

from station_app.scanning.readings import EngineName, Reading
from station_app.scanning.scan_worker import SourceState
from station_app.screens.shell.state import Device, ScannerKind

_OF_STATE = {
    SourceState.OPENING: Device.BUSY,
    SourceState.LIVE: Device.READY,
    SourceState.LOST: Device.MISSING,
    SourceState.ENDED: Device.OFF,
    SourceState.STOPPED: Device.OFF,
}


class ScannerLight:
    """`show` gets how scanning stands, and by what. A scanner that types is known by its first code: to the system it
    is a keyboard."""

    def __init__(self, show: Callable[[Device, tuple[ScannerKind, ...]], None]) -> None:
        self._show = show
        self._states = {ScannerKind.CAMERA: Device.OFF}
        self._is_paused = False

    def camera_is(self, state: SourceState) -> None:
        self._set(ScannerKind.CAMERA, _OF_STATE[state])

    def port_is(self, state: SourceState | None) -> None:
        """None where no port is chosen."""
        if state is not None:
            self._set(ScannerKind.PORT, _OF_STATE[state])
        elif self._states.pop(ScannerKind.PORT, None) is not None:
            self._tell()

    def heard(self, reading: Reading) -> None:
        if reading.engine is EngineName.WEDGE:
            self._set(ScannerKind.TYPED, Device.READY)

    def pause_is(self, holds: bool) -> None:
        """While it holds nothing else is told: whatever is ready, a code calls nobody."""
        self._is_paused = holds
        self._tell()

    def _set(self, kind: ScannerKind, device: Device) -> None:
        if self._states.get(kind) is not device:
            self._states[kind] = device
            self._tell()

    def _tell(self) -> None:
        if self._is_paused:
            self._show(Device.PAUSED, ())
            return
        ready = tuple(kind for kind in ScannerKind if self._states.get(kind) is Device.READY)
        missing = Device.MISSING in (self._states.get(ScannerKind.PORT), None if ready else self._camera)
        if missing:
            self._show(Device.MISSING, tuple(kind for kind, is_so in self._states.items() if is_so is Device.MISSING))
        else:
            self._show(Device.READY if ready else self._camera, ready)

    @property
    def _camera(self) -> Device:
        return self._states[ScannerKind.CAMERA]
