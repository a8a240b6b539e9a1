"""The photograph of who is being registered: looking through the camera, taking a picture."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from station_app.flows.camera_flow import CameraFlow
from station_app.flows.portrait import portrait_jpeg
from station_app.scanning.scan_worker import SourceState, StateReport
from station_app.screens.registration.state import Photo, PhotoStage
from station_app.workers.tasks import TaskRunner


class PhotoFlow(QObject):
    """Keeps the photograph of one form. A picture that is ready only after it was given up is dropped."""

    changed = Signal(object)
    """The Photo."""

    def __init__(
        self, camera: CameraFlow, tasks: TaskRunner, show_frame: Callable[[QImage], None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._camera, self._tasks, self._show_frame = camera, tasks, show_frame
        self._is_live = False
        self._turn = 0
        self._photo = Photo()
        camera.seen.connect(self._seen)
        camera.state_changed.connect(self._camera_changed)

    @property
    def image(self) -> bytes | None:
        """The photograph as JPEG, None where none was taken."""
        return self._photo.image or None

    @property
    def is_looking(self) -> bool:
        """Whether somebody sits for a photograph: the camera's picture is shown to take one of them."""
        return self._photo.stage is PhotoStage.LIVE

    def preview(self) -> None:
        self._show(Photo(PhotoStage.LIVE if self._is_live else PhotoStage.NO_CAMERA))

    def take(self) -> None:
        picture, turn = self._camera.last_picture, self._turn
        if picture is None or self._photo.stage is not PhotoStage.LIVE:
            return

        def taken(image: bytes) -> None:
            if turn == self._turn:
                self._show(Photo(PhotoStage.TAKEN, image))

        self._tasks.in_background(lambda: portrait_jpeg(picture), taken)

    def remove(self) -> None:
        self._show(Photo())

    def _show(self, photo: Photo) -> None:
        self._turn += 1
        self._photo = photo
        self.changed.emit(photo)

    def _seen(self, image: QImage, _outlines: object) -> None:
        if self._photo.stage is PhotoStage.LIVE:
            self._show_frame(image)

    def _camera_changed(self, report: StateReport) -> None:
        self._is_live = report.state is SourceState.LIVE
        if self._photo.stage is PhotoStage.LIVE and not self._is_live:
            self._show(Photo(PhotoStage.NO_CAMERA))
        elif self._photo.stage is PhotoStage.NO_CAMERA and self._is_live:
            self._show(Photo())
