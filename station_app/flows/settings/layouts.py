"""What cards are printed on, shown as it is now: a layout file of the station's own is watched."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from station_app.flows.settings.page import SettingsPage
from station_app.flows.troubles import words_for
from station_app.screens.settings.state import Device, Layouts
from station_app.station.layouts import choose_layout, chosen_layout, copy_to_change, layouts_of, picture_of
from station_app.station.settings import OWN_LAYOUTS
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner

_SETTLES_MS = 200
"""An editor writes a file in several steps."""


class LayoutChoice(QObject):
    def __init__(self, page: SettingsPage, home: Path, city_title: str, tasks: TaskRunner) -> None:
        super().__init__(page.screen)
        self._page, self._home, self._city_title, self._tasks = page, home, city_title, tasks
        self._watcher = QFileSystemWatcher(self)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLES_MS)
        self._settling.timeout.connect(self.refresh)
        self._watcher.fileChanged.connect(lambda _: self._settling.start())
        self._watcher.directoryChanged.connect(lambda _: self._settling.start())
        page.screen.layout_chosen.connect(self._choose)
        page.screen.layout_copy_wanted.connect(self._copy)

    def refresh(self) -> None:
        self._watch()
        self._tasks.in_background(lambda: layouts_of(self._home), self._show_names)
        self._tasks.on_store(chosen_layout, self._show_chosen)

    def _watch(self) -> None:
        """A file that an editor replaces is no longer watched: all are named again each time."""
        folder = self._home / OWN_LAYOUTS
        places = [folder, folder / "sheets", *folder.glob("*.toml"), *folder.glob("sheets/*.toml")]
        there = [str(place) for place in places if place.exists()]
        if there:
            self._watcher.addPaths(there)

    def _show_names(self, names: tuple[str, ...]) -> None:
        self._show(found=tuple(Device(name, name) for name in names))

    def _show_chosen(self, chosen: str) -> None:
        self._show(chosen=chosen)
        language = self._page.state.language
        self._tasks.in_background(
            lambda: picture_of(self._home, chosen, self._city_title, language),
            lambda picture: self._show(picture=picture, trouble=None),
            self._failed,
        )

    def _choose(self, name: str) -> None:
        self._tasks.on_store(lambda station: choose_layout(station, name), lambda _: self._show_chosen(name))

    def _copy(self) -> None:
        chosen = self._page.state.layouts.chosen
        if chosen:
            self._tasks.in_background(lambda: copy_to_change(self._home, chosen), self._copied, self._failed)

    def _copied(self, file: Path) -> None:
        self._show(own_file=str(file))
        self.refresh()

    def _failed(self, error: Exception) -> bool:
        words = words_for(error)
        if isinstance(error, OSError):
            self._show(trouble=Phrase("printing.reason.folder_not_writable"))
            return True
        if words is not None:
            self._show(trouble=words[1], picture=None)
        return words is not None

    def _show(self, **changes: object) -> None:
        layouts: Layouts = replace(self._page.state.layouts, **changes)  # type: ignore[arg-type]
        self._page.show(layouts=layouts)
