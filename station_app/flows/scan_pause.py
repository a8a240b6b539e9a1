"""When codes call nobody to the counter: a photograph is being taken, a scanner is being tried."""

from PySide6.QtCore import QObject, Signal

from station_app.flows.photo_flow import PhotoFlow
from station_app.flows.settings.scanner import ScannerTrial
from station_app.flows.shell_flow import ShellFlow
from station_app.screens.shell.state import Page


class ScanPause(QObject):
    """Holds while the page with the reason for it is shown: who leaves a form with its preview open scans again.

    A code that is in view all the while does not count when the pause ends, since it was never out of sight.
    """

    changed = Signal(bool)
    """Whether it holds from now on."""

    def __init__(self, shell: ShellFlow, photo: PhotoFlow, trial: ScannerTrial, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._photo, self._trial = photo, trial
        self._page = Page.COUNTER
        self.holds = False
        shell.page_shown.connect(self._page_shown)
        photo.changed.connect(lambda _: self._look())
        trial.changed.connect(self._look)

    def _page_shown(self, page: Page) -> None:
        self._page = page
        self._look()

    def _look(self) -> None:
        is_photographing = self._page is Page.REGISTRATION and self._photo.is_looking
        holds = is_photographing or self._trial.is_listening
        if holds != self.holds:
            self.holds = holds
            self.changed.emit(holds)
