"""The services in as many columns as the width allows."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from station_app.screens.counter.service_tile import ServiceTile
from station_app.screens.counter.state import Tile
from station_app.texts import Speaker
from station_app.theme import px
from station_app.widgets.plain import clear
from station_app.widgets.scrolled import Scrolled
from station_core.ids import ServiceCode

_GAP_PX = 10
_NARROWEST_PX = 208


class TileGrid(QWidget):
    wanted = Signal(object)
    undo_wanted = Signal(object)

    def __init__(self, speaker: Speaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speaker = speaker
        self._columns = 0
        self.tiles: dict[ServiceCode, ServiceTile] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(_GAP_PX)
        self._scrolled = Scrolled()
        self._scrolled.box.addLayout(self._grid)
        self._scrolled.box.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self._scrolled)

    def show_tiles(self, tiles: tuple[Tile, ...]) -> None:
        """The same services are brought up to date where they stand, so that the focus and a finger on them
        stay."""
        codes = [tile.service for tile in tiles]
        if codes != list(self.tiles):
            self._build(codes)
        for tile in tiles:
            self.tiles[tile.service].show_tile(tile)

    def show_top(self) -> None:
        """For the next person the list begins at its beginning."""
        self._scrolled.verticalScrollBar().setValue(0)

    def _build(self, codes: list[ServiceCode]) -> None:
        clear(self._grid)
        self.tiles = {}
        for code in codes:
            made = ServiceTile(self._speaker)
            made.wanted.connect(self.wanted)
            made.undo_wanted.connect(self.undo_wanted)
            self.tiles[code] = made
        self._columns = 0
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, (self.width() + _GAP_PX) // (px(_NARROWEST_PX) + _GAP_PX))
        if columns == self._columns:
            return
        for at in range(self._columns):
            self._grid.setColumnStretch(at, 0)
        self._columns = columns
        for at, tile in enumerate(self.tiles.values()):
            self._grid.addWidget(tile, at // columns, at % columns)
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
