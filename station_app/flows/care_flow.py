"""What happens at every unlocking for the station's own sake: cautions in words, and the day's backup."""

from pathlib import Path

from PySide6.QtCore import QObject

from db.errors import StoreError
from station_app.flows.session import Session
from station_app.flows.shell_flow import ShellFlow
from station_app.flows.troubles import words_for
from station_app.home.errors import HomeError
from station_app.screens.shell.state import Trouble
from station_app.station.backup import BackupMade, back_up, is_due
from station_app.station.healing import Healed
from station_app.station.notices import Caution, cautions
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner


class CareFlow(QObject):
    def __init__(self, home: Path, store_key: bytes, tasks: TaskRunner, session: Session, shell: ShellFlow) -> None:
        super().__init__(shell)
        self._home, self._store_key = home, store_key
        self._tasks, self._session, self._shell = tasks, session, shell
        session.changed.connect(self._look)

    def tell_healed(self, healed: Healed) -> None:
        params = {"number": healed.number, "entries": healed.entries}
        self._shell.tell(Trouble(Phrase("repairs.healed.what", params), Phrase("repairs.healed.do", params)))

    def _look(self) -> None:
        if self._session.staff is None:
            return
        self._tasks.on_store(cautions, self._tell)
        self._tasks.in_background(self._back_up_if_due, None, self._not_backed_up)

    def _tell(self, found: list[Caution]) -> None:
        if found:
            first = found[0]
            key = f"repairs.{first.what}"
            self._shell.tell(Trouble(Phrase(f"{key}.what", first.params), Phrase(f"{key}.do", first.params)))

    def _back_up_if_due(self) -> BackupMade | None:
        return back_up(self._home, self._store_key) if is_due(self._home) else None

    def _not_backed_up(self, error: Exception) -> bool:
        """A store that cannot be copied whole is damaged: staff hear of it on the day, not when they need the copy."""
        words = words_for(error) if isinstance(error, StoreError | HomeError) else None
        if words is None:
            return False
        self._shell.tell(Trouble(Phrase("repairs.no_backup.what"), words[1]))
        return True
