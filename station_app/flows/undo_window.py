"""For how long what was just recorded can be taken back, counted down on its tile."""

import dataclasses

from PySide6.QtCore import QObject, QTimer, Signal

from station_app.screens.counter.state import PersonShown, Tile, Verdict
from station_core.desk.giving import UNDO_WINDOW_MS
from station_core.ids import RecordId, ServiceCode


class UndoWindow(QObject):
    """The records of the person at the counter that can still be undone, by service."""

    ticked = Signal()
    """A second has gone by: the tiles show another number, or none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._records: dict[ServiceCode, RecordId] = {}
        self._seconds: dict[ServiceCode, int] = {}
        self._timer = QTimer(self, interval=1_000)
        self._timer.timeout.connect(self._tick)

    def open(self, service: ServiceCode, record: RecordId) -> None:
        """`record` was made just now."""
        self._records[service] = record
        self._seconds[service] = UNDO_WINDOW_MS // 1_000
        self._timer.start()

    def record_of(self, service: ServiceCode) -> RecordId | None:
        return self._records.get(service)

    def close(self, service: ServiceCode) -> None:
        self._records.pop(service, None)
        self._seconds.pop(service, None)

    def clear(self) -> None:
        """Somebody else is at the counter."""
        self._records.clear()
        self._seconds.clear()
        self._timer.stop()

    def marked(self, shown: PersonShown) -> PersonShown:
        """`shown` with what can be undone on its tiles."""
        return dataclasses.replace(shown, tiles=tuple(self._marked(tile) for tile in shown.tiles))

    def _marked(self, tile: Tile) -> Tile:
        seconds = self._seconds.get(tile.service)
        return tile if seconds is None else dataclasses.replace(tile, verdict=Verdict.RECORDED, undo_seconds=seconds)

    def _tick(self) -> None:
        for service in list(self._seconds):
            self._seconds[service] -= 1
            if self._seconds[service] <= 0:
                self.close(service)
        if not self._seconds:
            self._timer.stop()
        self.ticked.emit()
