"""How the chosen camera takes pictures: kept in the store for each camera, since each has numbers of its own."""

from dataclasses import replace

from PySide6.QtCore import QObject

from station_app.flows.camera_flow import CameraFlow
from station_app.flows.settings.page import SettingsPage
from station_app.scanning.camera_settings import (
    RESOLUTIONS,
    CameraSettings,
    Resolution,
    TakenSettings,
    exposed,
    focused,
    from_text,
    to_text,
)
from station_app.screens.settings.state import Device, Dial, Picturing
from station_app.station.settings import CAMERA_SETTINGS_OF
from station_app.station.station import Station
from station_app.workers.tasks import TaskRunner


class CameraPicturing(QObject):
    """Turns at one camera, and shows what its driver makes of that."""

    def __init__(self, page: SettingsPage, tasks: TaskRunner, camera: CameraFlow) -> None:
        super().__init__(page.screen)
        self._page, self._tasks, self._camera = page, tasks, camera
        self._of = ""
        self._settings = CameraSettings()
        self._taken: TakenSettings | None = None
        panel = page.screen.camera.picturing
        panel.mirror_switched.connect(lambda is_so: self._change(is_mirrored=is_so))
        panel.resolution_chosen.connect(lambda chosen: self._change(resolution=_resolutions()[chosen]))
        panel.exposure_automatic.connect(lambda is_so: self._change(exposure=self._by_hand("exposure", is_so)))
        panel.focus_automatic.connect(lambda is_so: self._change(focus=self._by_hand("focus", is_so)))
        panel.exposure_turned.connect(lambda up: self._change(exposure=exposed(self._value("exposure"), longer=up)))
        panel.focus_turned.connect(lambda up: self._change(focus=focused(self._value("focus"), nearer=up)))

    def begin(self, camera: str, settings: CameraSettings) -> None:
        """`camera` is looked through from now on; what it takes is known with its first picture."""
        self._of, self._settings, self._taken = camera, settings, None
        self._camera.adjust(settings)
        self._show()

    def taken(self, camera: str, taken: TakenSettings) -> None:
        """What the driver of `camera` gives; of one that is looked through no longer, nothing."""
        if camera == self._of:
            self._taken = taken
            self._show()

    def _by_hand(self, name: str, is_automatic: bool) -> float | None:
        """Turning begins where the camera stands by itself."""
        return None if is_automatic else self._value(name)

    def _value(self, name: str) -> float:
        return float(getattr(self._taken, name, None) or 0.0)

    def _change(self, **changes: object) -> None:
        self._settings = settings = replace(self._settings, **changes)  # type: ignore[arg-type]
        camera = self._of
        self._camera.adjust(settings)
        self._show()
        self._tasks.on_store(lambda station: keep_settings(station, camera, settings), lambda _: None)

    def _show(self) -> None:
        settings, taken = self._settings, self._taken
        picturing = Picturing(settings.is_mirrored)
        if taken is not None:
            names = _resolutions()
            picturing = Picturing(
                settings.is_mirrored,
                tuple(Device(name, name) for name in names),
                str(taken.resolution) if taken.resolution in RESOLUTIONS else None,
                _dial(taken.exposure, settings.exposure),
                _dial(taken.focus, settings.focus),
            )
        self._page.show(cameras=replace(self._page.state.cameras, picturing=picturing))


def _resolutions() -> dict[str, Resolution]:
    return {str(each): each for each in RESOLUTIONS}


def _dial(value: float | None, wanted: float | None) -> Dial | None:
    return None if value is None else Dial(round(value), is_automatic=wanted is None)


def kept_settings(station: Station, camera: str) -> CameraSettings:
    with station.store.reading() as view:
        return from_text(view.local.setting(CAMERA_SETTINGS_OF + camera))


def keep_settings(station: Station, camera: str, settings: CameraSettings) -> None:
    with station.store.writing() as tx:
        tx.local.set_setting(CAMERA_SETTINGS_OF + camera, to_text(settings))
