"""Which camera the station looks through, and which codes it reads there. How it takes pictures: `picturing`."""

from dataclasses import replace

from PySide6.QtCore import QObject

from station_app.flows.camera_flow import CameraFlow
from station_app.flows.settings.other_codes import chosen_symbologies, code_kinds, switch_code
from station_app.flows.settings.page import SettingsPage
from station_app.flows.settings.picturing import CameraPicturing, kept_settings
from station_app.scanning.camera_list import FoundCamera, cameras_of_this_machine
from station_app.scanning.camera_settings import CameraSettings
from station_app.scanning.frame_source import frame_source
from station_app.scanning.readings import Symbology
from station_app.scanning.scan_worker import SourceState, StateReport
from station_app.screens.settings.state import Cameras, Device
from station_app.station.settings import CAMERA_SETTING
from station_app.station.station import Station
from station_app.words import Phrase
from station_app.workers.tasks import TaskRunner

USUAL_CAMERA = "0"


class CameraChoice(QObject):
    """At the start what somebody asked for on the command line counts, then what was chosen here, then camera 0."""

    def __init__(self, page: SettingsPage, tasks: TaskRunner, camera: CameraFlow, asked: str | None) -> None:
        super().__init__(page.screen)
        self._page, self._tasks, self._camera = page, tasks, camera
        self.picturing = CameraPicturing(page, tasks, camera)
        page.screen.camera_chosen.connect(self._choose)
        page.screen.cameras_wanted.connect(self.search)
        page.screen.code_switched.connect(self._switch)
        camera.state_changed.connect(self._camera_changed)
        tasks.on_store(chosen_symbologies, self._read)
        if asked is not None:
            self._look_through(asked)
        else:
            tasks.on_store(chosen_camera, self._look_through)

    def search(self) -> None:
        self._tasks.in_background(cameras_of_this_machine, self._found)

    def _found(self, cameras: tuple[FoundCamera, ...]) -> None:
        self._show(found=tuple(Device(str(camera.number), camera.name) for camera in cameras))

    def _choose(self, camera: str) -> None:
        self._tasks.on_store(lambda station: choose_camera(station, camera), lambda _: self._look_through(camera))

    def _switch(self, kind: str, is_read: bool) -> None:
        self._tasks.on_store(lambda station: switch_code(station, kind, is_read), self._read)

    def _read(self, symbologies: frozenset[Symbology]) -> None:
        """A camera that runs begins anew: its reader knows the codes from its start."""
        self._show(codes=code_kinds(symbologies))
        if symbologies != self._camera.symbologies:
            self._camera.symbologies = symbologies
            if self._shown.chosen is not None:
                self._look_through(self._shown.chosen)

    def _look_through(self, camera: str) -> None:
        self._show(chosen=camera, trouble=None)
        self._tasks.on_store(
            lambda station: kept_settings(station, camera), lambda settings: self._begin(camera, settings)
        )

    def _begin(self, camera: str, settings: CameraSettings) -> None:
        """Unless another was chosen while the store was asked."""
        if camera == self._shown.chosen:
            self.picturing.begin(camera, settings)
            tell = self._tasks.on_window
            source = frame_source(camera, settings, lambda taken: tell(lambda: self.picturing.taken(camera, taken)))
            self._camera.start(source)

    def _camera_changed(self, report: StateReport) -> None:
        if report.state is SourceState.LIVE:
            self._show(trouble=None)
        elif report.problem is not None:
            self._show(trouble=Phrase(report.problem.text_key, {"name": report.problem.name}))
        elif report.state is SourceState.LOST:
            self._show(trouble=Phrase("scanning.state.lost"))

    @property
    def _shown(self) -> Cameras:
        return self._page.state.cameras

    def _show(self, **changes: object) -> None:
        self._page.show(cameras=replace(self._shown, **changes))  # type: ignore[arg-type]


def chosen_camera(station: Station) -> str:
    with station.store.reading() as view:
        return view.local.setting(CAMERA_SETTING, USUAL_CAMERA)


def choose_camera(station: Station, camera: str) -> None:
    with station.store.writing() as tx:
        tx.local.set_setting(CAMERA_SETTING, camera)
