"""From a scanner on a serial port to the counter."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from station_app.scanning.readings import Reading
from station_app.scanning.scan_worker import StateReport
from station_app.workers.tasks import TaskRunner

if TYPE_CHECKING:
    from station_app.scanning.serial_scanner import SerialScanner


class PortFlow(QObject):
    """Runs the port's worker; nothing while no port is chosen."""

    read = Signal(object)
    """A Reading."""
    state_changed = Signal(object)
    """A StateReport, or None where no port is chosen."""

    def __init__(self, tasks: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._worker: SerialScanner | None = None

    def listen(self, device: str) -> None:
        """Hear the port `device` instead of whatever was heard before; "" for none."""
        from station_app.scanning.serial_scanner import SerialScanner

        self.stop()
        if not device:
            self.state_changed.emit(None)
            return
        worker = SerialScanner(
            device,
            lambda reading: self._tasks.on_window(lambda: self._heard(worker, reading)),
            lambda report: self._tasks.on_window(lambda: self._changed(worker, report)),
        )
        self._worker = worker
        worker.start()

    def stop(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()

    def _heard(self, worker: "SerialScanner", reading: Reading) -> None:
        if worker is self._worker:
            self.read.emit(reading)

    def _changed(self, worker: "SerialScanner", report: StateReport) -> None:
        if worker is self._worker:
            self.state_changed.emit(report)
