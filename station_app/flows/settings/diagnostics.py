"""Looking the kiosk over, and a report for those who help from afar."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from resources.texts import Language, say
from station_app.flows.camera_flow import CameraFlow
from station_app.flows.settings.page import SettingsPage
from station_app.home.files import write_private
from station_app.scanning.scan_worker import SourceState
from station_app.screens.settings.state import Diagnostics, Finding, Health
from station_app.screens.shell.state import Message, Notice
from station_app.station import doctor
from station_app.station.clock import local_time, now_ms
from station_app.version import version
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner

FOLDER = "reports"
_TO_LOOK_AT = frozenset({"camera", "printer", "engines", "clock", "exchange"})
"""What serves on without it, if worse."""
_CAMERA_FINDINGS = {SourceState.LIVE: doctor.OK, SourceState.OPENING: "missing", SourceState.LOST: "missing"}


class LookingOver(QObject):
    def __init__(
        self,
        page: SettingsPage,
        home: Path,
        tasks: TaskRunner,
        camera: CameraFlow,
        tell: Callable[[Message], None],
    ) -> None:
        super().__init__(page.screen)
        self._page, self._home, self._tasks, self._camera, self._tell = page, home, tasks, camera, tell
        self._findings: tuple[doctor.Finding, ...] = ()
        page.screen.diagnostics_wanted.connect(self._look)
        page.screen.report_wanted.connect(self._save)

    def _look(self) -> None:
        if self._page.state.diagnostics.running:
            return
        self._page.show(diagnostics=Diagnostics(running=True))
        self._tasks.in_background(lambda: doctor.examine_computer(self._home), self._look_at_store, self._failed)

    def _look_at_store(self, computer: list[doctor.Finding]) -> None:
        self._tasks.on_store(
            doctor.examine_station,
            lambda station: self._show([self._look_at_camera(), *computer, *station]),
            self._failed,
        )

    def _look_at_camera(self) -> doctor.Finding:
        return doctor.Finding("camera", _CAMERA_FINDINGS.get(self._camera.state, "off"))

    def _show(self, findings: list[doctor.Finding]) -> None:
        self._findings = tuple(findings)
        shown = tuple(shown_finding(finding) for finding in findings)
        self._page.show(diagnostics=Diagnostics(at=local_time(now_ms()), findings=shown))

    def _failed(self, _error: Exception) -> bool:
        """The window tells of it; the button must not go on saying that it looks."""
        self._page.show(diagnostics=Diagnostics())
        return False

    def _save(self) -> None:
        at = self._page.state.diagnostics.at
        if at is None:
            return
        place = self._home / FOLDER / f"{at:%Y-%m-%d-%H%M%S}.txt"
        text = report_text(self._findings, f"{at:%Y-%m-%d %H:%M:%S %z}", self._page.state.language)
        self._tasks.in_background(lambda: _write(place, text), lambda _: self._saved(place))

    def _saved(self, place: Path) -> None:
        self._tell(Notice(Phrase("settings.diagnostics.saved", {"place": place})))


def shown_finding(finding: doctor.Finding) -> Finding:
    health = Health.GOOD if finding.is_well else Health.WARN if _is_bearable(finding) else Health.BAD
    detail = Phrase(f"doctor.{finding.what}.{finding.state}", finding.params)
    return Finding(Phrase(f"doctor.{finding.what}.name"), health, detail)


def _is_bearable(finding: doctor.Finding) -> bool:
    return finding.what in _TO_LOOK_AT or (finding.what, finding.state) == ("certificate", "expired")


def report_text(findings: tuple[doctor.Finding, ...], at: str, language: Language) -> str:
    """Findings name no people, so the report does not either."""
    head = f"{say(language, 'common.product')} {version()}  {at}"
    lines = (f"{'ok' if finding.is_well else '!!'}  {finding.in_words(language)}" for finding in findings)
    return "\n".join((head, "", *lines, ""))


def _write(place: Path, text: str) -> None:
    place.parent.mkdir(mode=0o700, exist_ok=True)
    write_private(place, text.encode())
