"""Trying a scanner: while this listens, codes call nobody."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from station_app.flows.port_flow import PortFlow
from station_app.flows.settings.page import SettingsPage
from station_app.scanning.readings import Reading
from station_app.scanning.scanner_test import TEST_TEXT, ScannerResult, judged
from station_app.scanning.wedge_filter import WedgeFilter
from station_app.screens.settings.state import ScannerTest
from station_app.words import Phrase


class ScannerTrial(QObject):
    changed = Signal()
    """It began or ended to listen, or heard something."""

    def __init__(self, page: SettingsPage, wedge: WedgeFilter, port: PortFlow) -> None:
        super().__init__(page.screen)
        self._page = page
        page.screen.scanner_test_started.connect(lambda: self._show(ScannerTest(listening=True, code=TEST_TEXT)))
        page.screen.scanner_test_stopped.connect(self.stop)
        wedge.scanned.connect(self._heard)
        port.read.connect(self._heard)
        wedge.spoilt.connect(self._spoilt)

    @property
    def is_listening(self) -> bool:
        return self._page.state.scanner.listening

    def stop(self) -> None:
        """What was heard stays to be read; it goes with the page."""
        if self.is_listening:
            self._show(replace(self._page.state.scanner, listening=False, code=""))

    def forget(self) -> None:
        """A code may be somebody's: it does not stay on a page that nobody looks at."""
        self._show(ScannerTest())

    def _heard(self, reading: Reading) -> None:
        if self.is_listening:
            result = judged(reading.text)
            self._show(
                ScannerTest(
                    listening=True,
                    code=TEST_TEXT,
                    heard=reading.text,
                    result=Phrase(f"settings.scanner.result.{result.value}"),
                    is_right=result is ScannerResult.RIGHT,
                )
            )

    def _spoilt(self) -> None:
        if self.is_listening:
            self._show(ScannerTest(listening=True, code=TEST_TEXT, warning=Phrase("scanning.wedge.spoilt")))

    def _show(self, test: ScannerTest) -> None:
        self._page.show(scanner=test)
        self.changed.emit()
