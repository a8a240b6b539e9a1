"""Backing up when somebody asks for it."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject

from db.errors import DiskFull, StoreError
from station_app.flows.settings.page import SettingsPage
from station_app.home.errors import HomeError
from station_app.station.backup import BackupMade, back_up, last_backup
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner


class BackupKeeping(QObject):
    def __init__(self, page: SettingsPage, home: Path, store_key: bytes, tasks: TaskRunner) -> None:
        super().__init__(page.screen)
        self._page, self._home, self._store_key, self._tasks = page, home, store_key, tasks
        page.screen.backup_wanted.connect(self._back_up)

    def refresh(self) -> None:
        self._tasks.in_background(lambda: last_backup(self._home), self._show_last)

    def _back_up(self) -> None:
        if self._page.state.backup.running:
            return
        self._show(running=True, trouble=None)
        self._tasks.in_background(lambda: back_up(self._home, self._store_key), self._made, self._failed)

    def _made(self, made: BackupMade) -> None:
        self._show(running=False)
        self._show_last(made)

    def _show_last(self, last: BackupMade | None) -> None:
        if last is not None:
            self._show(last_at=last.at, last_place=str(last.place))

    def _failed(self, error: Exception) -> bool:
        trouble = None
        if isinstance(error, DiskFull):
            trouble = Phrase("settings.trouble.no_space")
        elif isinstance(error, StoreError):
            trouble = Phrase(f"store.{error.code}")
        elif isinstance(error, HomeError):
            trouble = Phrase(f"home.{error.code}", error.params)
        self._show(running=False, trouble=trouble)
        return trouble is not None

    def _show(self, **changes: object) -> None:
        self._page.show(backup=replace(self._page.state.backup, **changes))  # type: ignore[arg-type]
